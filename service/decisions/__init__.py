"""Decisions of people, checked against the release and kept in the casebook."""
