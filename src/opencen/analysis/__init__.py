"""Measures over dimensions, computed on Ibis and DuckDB."""
