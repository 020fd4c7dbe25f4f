"""Delivered files: feeds, what a run would do with one, rows in quarantine, and names that match no firm."""
