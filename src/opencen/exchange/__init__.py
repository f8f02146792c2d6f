"""Nodes, packets, carriers and the hub."""
