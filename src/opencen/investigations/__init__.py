"""Investigations: the structured work around seizures, people, companies and conveyances, in closed teams."""
