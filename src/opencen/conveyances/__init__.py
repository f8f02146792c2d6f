"""Conveyances: means of transport of interest."""
