"""Watchlists that others publish: one file per format reads them, one service keeps them as sources of their own."""
