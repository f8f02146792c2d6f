"""The typed API under /api/v1."""
