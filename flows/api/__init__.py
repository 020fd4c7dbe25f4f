"""Prefect's API as Tidu serves it: on loopback, with a secret, for no foreign page."""
