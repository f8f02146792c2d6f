"""The append-only log, its sealer and the service decorator."""
