"""The tables of what analysts keep."""
