"""A list as it is shown: its columns, its rows in the reader's words, and files of exactly these."""
