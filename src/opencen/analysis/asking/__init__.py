"""Asking the facts: in this process, or in the figures process beside the web, behind one interface."""
