"""Plain Python that everything stands on; no Django."""
