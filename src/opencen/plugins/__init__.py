"""Discovery of country packages."""
