"""Companies: business entities of interest."""
