"""What the courts make of a case: proceedings with deadlines, decisions, appeals; the case stays validated."""
