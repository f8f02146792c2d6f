"""Offices, users, roles and permissions, made into actors."""
