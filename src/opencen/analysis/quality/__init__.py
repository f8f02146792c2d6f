"""Quality of what offices report: completeness, timeliness, unknown answers, and what would help most."""
