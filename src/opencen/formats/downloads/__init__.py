"""Downloads: large exports that the worker writes, with progress, for the one who asked."""
