"""A release as such: its days and files, what changed since another one, sources, lists by the page."""
