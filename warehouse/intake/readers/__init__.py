"""Readers: a delivered file becomes a grid of texts, whatever its format."""
