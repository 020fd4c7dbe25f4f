"""The warehouse as it was known on a moment or by a past run: built beside the releases, which stay as they are."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from flows import guards, isolation, steps
from flows.plan import Plan, same_date_last_year
from warehouse.database.build import Build
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release import knowledge, releases
from warehouse.release.lock import writer


def rebuild(
    home: Home, words: str, out: Path, place: str | None, now: datetime, days: tuple[date | None, date | None]
) -> Path:
    """Write ``out`` from the knowledge of ``words`` (a moment or a run); ``days`` replace that run's own days.

    Raises ``BadInput`` where the file is already there or nothing was known; never moves ``CURRENT``.
    """
    if out.exists():
        raise BadInput(f"{out} 已存在，不覆盖", f"{out} is there already and is not overwritten")
    point = knowledge.resolve(home, words)
    day = days[0] or point.day
    plan = Plan(
        run_id=f"rebuilt-{now:%Y%m%d-%H%M%S}",
        root=home.root,
        inbox=home.root,
        day=day,
        previous_day=days[1] or (not days[0] and point.previous_day) or same_date_last_year(day),
        place=point.place or guards.place_of_current(home) or guards.place_of_run(home, place),
        started_at=now,
        known=point.known,
        follows=point.follows,
    )
    isolation.run_isolated(plan, steps.BUILD_STEPS)
    with Build.open(plan.build) as build:
        build.checkpoint()
    out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_name(f".{out.name}.part")
    shutil.move(plan.build, part)
    return part.replace(out)


@contextmanager
def known_on(home: Home, words: str, now: datetime) -> Iterator[Path]:
    """The warehouse as known by a run, which is its release, or on a moment: rebuilt aside and removed afterwards."""
    if knowledge.moment_of(words) is None:
        yield releases.of_run(home, words)
        return
    with writer(home):
        path = rebuild(home, words, home.builds / f"known-{now:%Y%m%d-%H%M%S}.duckdb", None, now, (None, None))
        try:
            yield path
        finally:
            path.unlink()
