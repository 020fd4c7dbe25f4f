"""Queries and decisions that the command line, the pages and HTTP share; answers are data, never text to print."""
