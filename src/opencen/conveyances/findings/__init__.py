"""Plausibility rules of this room: one function a file."""
