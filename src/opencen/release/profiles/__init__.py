"""Release profiles: one file each, found by scan."""
