"""The published releases of a home: which there are, earlier ones, and what is kept of their answers."""
