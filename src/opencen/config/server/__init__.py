"""The web server: requests are read and answers written by an event loop, pages made by a few threads."""
