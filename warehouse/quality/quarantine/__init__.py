"""The quarantine as a workplace: what waits for a person, decisions taken about it, and what follows from them."""
