"""Which runs this process has published; imported by every command, so without DuckDB."""

from warehouse.home import Home
from warehouse.release import published_here as _record


def published_here() -> list[str]:
    """Numbers of runs, the newest last."""
    return list(_record.published_here)


def has_release(home: Home) -> bool:
    """Whether a release file is there; whether it can be read is not asked."""
    try:
        return any((home.root / "releases").glob("*.duckdb"))
    except OSError:
        return False
