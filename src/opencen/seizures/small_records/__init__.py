"""Small records that point to a case: acts that are only ever added, each of a kind that says what it holds."""
