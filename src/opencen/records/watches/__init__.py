"""Watch entries: what is wanted of whoever meets a person, company or means of transport, from when until when."""
