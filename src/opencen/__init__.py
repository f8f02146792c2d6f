"""OpenCEN, the open national customs enforcement network."""

__version__ = "0.1.0"
