"""A release as pages and HTTP routes read it: views with the rows of a scope."""
