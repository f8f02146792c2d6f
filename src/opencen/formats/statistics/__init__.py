"""Statistics that others publish: sums by period, kept as a source of their own and never counted among cases."""
