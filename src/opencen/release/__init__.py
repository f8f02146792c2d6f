"""The one door out: profiles, de-identification and preview."""
