"""The server side of the entry application."""
