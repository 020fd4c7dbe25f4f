"""The runs this process has published; read after a failure, so it is importable without DuckDB."""

published_here: list[str] = []
"""Numbers of runs, the newest last."""
