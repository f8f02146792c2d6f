"""The facts: what figures are computed from, a derived store of Parquet parts without one nominal value."""
