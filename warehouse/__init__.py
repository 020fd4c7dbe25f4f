"""Feeds, landing, loading, SQL models, checks, releases and extracts."""
