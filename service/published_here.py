"""Which runs this process has published; imported by every command, so without DuckDB."""

from warehouse.release import published_here as _record


def published_here() -> list[str]:
    """Numbers of runs, the newest last."""
    return list(_record.published_here)
