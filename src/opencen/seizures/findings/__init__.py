"""Plausibility rules of a case: one function each, found by scan."""
