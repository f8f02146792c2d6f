"""Custody: exhibits of a case from their seal to their end, every movement an act that is only ever added."""
