"""The warehouse as it was known on a moment or by a past run: built beside the releases, which stay as they are."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from flows import isolation, steps
from flows.plan import Plan, same_date_last_year
from warehouse.database import Build
from warehouse.errors import BadInput, NoRelease
from warehouse.home import Home
from warehouse.lock import writer
from warehouse.release import knowledge, releases


def rebuild(
    home: Home, words: str, out: Path, place: str, now: datetime, days: tuple[date | None, date | None]
) -> Path:
    """Write ``out`` with what ``words`` (a moment or a run) knew; ``days`` stand in for that run's own days.

    Raises ``BadInput`` where the file is already there or nothing was known; never moves ``CURRENT``.
    """
    if out.exists():
        raise BadInput(f"{out} 已存在，不覆盖", f"{out} is there already and is not overwritten")
    knowledge_then = knowledge.asked_for(home, words)
    day = days[0] or knowledge_then.day
    plan = Plan(
        run_id=f"rebuilt-{now:%Y%m%d-%H%M%S}",
        root=home.root,
        inbox=home.root,
        day=day,
        previous_day=days[1] or (not days[0] and knowledge_then.previous_day) or same_date_last_year(day),
        place=knowledge_then.place or _place_of_current(home) or place,
        started_at=now,
        known=knowledge_then.known,
        follows=knowledge_then.follows,
    )
    isolation.run_isolated(plan, steps.BUILD_STEPS)
    with Build.open(plan.build) as build:
        build.checkpoint()
    out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_name(f".{out.name}.part")
    shutil.move(plan.build, part)
    return part.replace(out)


@contextmanager
def known_on(home: Home, words: str, place: str, now: datetime) -> Iterator[Path]:
    """The warehouse as known by a run, which is its release, or on a moment: rebuilt aside and removed afterwards."""
    if knowledge.moment_of(words) is None:
        yield releases.of_run(home, words)
        return
    with writer(home):
        path = rebuild(home, words, home.builds / f"known-{now:%Y%m%d-%H%M%S}.duckdb", place, now, (None, None))
        try:
            yield path
        finally:
            path.unlink()


def _place_of_current(home: Home) -> str | None:
    try:
        return releases.place_of(releases.current(home))
    except NoRelease:
        return None
