"""The releases of a home: what each came to, what changed against the one before, and which are held and why."""

from service.queries.release.records import Listed, Slice
from service.queries.release.releases import held_with_figures
from warehouse.home import Home
from warehouse.release import releases
from warehouse.release.summaries import summary
from warehouse.release.vintages import vintages
from warehouse.rows import Row


def published(home: Home, part: Slice) -> Listed:
    """One row a release, newest first: ``summary`` of it, ``is_current``, and the months it is frozen as."""
    run_ids = releases.runs(home)
    newest = releases.newest(home)
    months: dict[str, list[str]] = {}
    for vintage in vintages(home):
        months.setdefault(vintage.run_id, []).append(vintage.month)
    rows = []
    for run_id in run_ids[part.offset : part.offset + part.limit]:
        path = releases.path_of(home, run_id)
        row = summary(path)
        rows.append({
            "run_id": run_id, "is_readable": row is not None, **(row or {}), "is_current": path == newest,
            "frozen": sorted(months.get(run_id, [])),
        })  # fmt: skip
    return Listed(rows, len(run_ids))


def held(home: Home) -> list[Row]:
    """See ``queries.releases.held_with_figures``."""
    return held_with_figures(home) if any(home.held.glob("*.duckdb")) else []
