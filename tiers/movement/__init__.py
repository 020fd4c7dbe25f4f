"""Limits and words of what is said about movement: data in ``limits.yml``, each with its reason."""
