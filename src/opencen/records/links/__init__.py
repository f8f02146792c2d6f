"""Links between any two records, and the graph that stands on them: who and what is connected, under the lock."""
