"""Suspects: persons of interest."""
