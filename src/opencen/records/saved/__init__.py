"""Saved searches: a list kept under a name, private or shared, with an alert when something new fits."""
