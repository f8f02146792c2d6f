"""Measures over dimensions, each defined once as an expression over the facts."""
