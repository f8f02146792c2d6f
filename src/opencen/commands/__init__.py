"""The opencen command line."""
