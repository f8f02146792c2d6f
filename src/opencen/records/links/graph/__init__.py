"""The graph as a derived store: numbers only, in files that every process maps, walked under the lock."""
