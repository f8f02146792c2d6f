"""Tests of the legal follow-up."""
