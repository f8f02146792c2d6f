"""Seizures, offences and controls."""
