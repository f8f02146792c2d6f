"""Dated, translated code lists as data files, with national extensions."""
