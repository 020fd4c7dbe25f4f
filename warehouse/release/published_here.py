"""Which runs this process has published: asked after a failure, so imported without DuckDB."""

published_here: list[str] = []
"""Numbers of runs, the newest last."""
