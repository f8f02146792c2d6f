"""Formats: one file each, found by scan."""
