"""Migrations of the casebook, run by Alembic: ``env.py`` takes the connection of ``migrate``."""
