"""The address of the page of targets: which view, which target, which bar."""

from collections.abc import Sequence
from typing import Any

from dash_app.session import Session
from service.queries.release.records import Listed, Slice
from service.reader import ReleaseQueries

BRIDGE, MONITORING = "bridge", "monitoring"
VIEWS = (BRIDGE, MONITORING)
KINDS = ("stock", "new")
"""The kinds of measures that a bridge sums firms for."""


def view_of(session: Session) -> str:
    """The view that the address names, the first unless it names another."""
    view = session.address.get("view", "")
    return view if view in VIEWS else BRIDGE


def asked(session: Session) -> tuple[str, int]:
    """Measure and year of the address; empty and 0 where it names none."""
    year = session.address.get("year", "")
    return session.address.get("measure", ""), int(year[:4]) if year.isascii() and year.isdigit() else 0


def target_of(session: Session, targets: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The target of the address among these; else the first; None where there is none."""
    measure, year = asked(session)
    named = [row for row in targets if row["measure"] == measure and year in (0, row["year"])]
    return next(iter([*named, *targets]), None)


def open_targets(release: ReleaseQueries) -> list[dict[str, Any]]:
    """The targets for a stock or for new titles that are not yet due, the next one first."""
    day = release.run()["day"]
    return [row for row in release.targets().plan() if row["due_on"] >= day and row["kind"] in KINDS]


def bar_firms(release: ReleaseQueries, session: Session, part: Slice) -> Listed:
    """The firms of the bar of the address, of every bar that can close the gap where it names none."""
    target = target_of(session, open_targets(release))
    if target is None:
        return Listed([], 0)
    return release.targets().bar_firms(target["measure"], target["year"], session.address.get("bar", ""), part)


def monitored(release: ReleaseQueries, session: Session, part: Slice) -> Listed:
    """The firms behind the number of the address; none where it names none."""
    measure, year = asked(session)
    if not measure or not year:
        return Listed([], 0)
    return release.targets().monitored_firms(measure, year, part)
