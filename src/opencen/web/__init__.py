"""Server pages."""
