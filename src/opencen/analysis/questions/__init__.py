"""The figures: one question, one file."""
