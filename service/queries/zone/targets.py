"""Targets of the plan: the bridge to each, the firms behind its bars, and the monitoring of every year."""

from collections.abc import Iterator
from contextlib import contextmanager

from service.queries.zone import plan
from service.queries.zone.entered_targets import checked_measure, checked_year, enter, history
from tiers.messages.wording import POSITIONS
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release.releases import Published, Reader
from warehouse.rows import Row

BARS = {
    "held": {"zh": POSITIONS["held"].zh, "en": POSITIONS["held"].en},
    "granted": {"zh": "本年已认定", "en": "granted this year"},
    "ending": {"zh": "期前到期", "en": "ending before"},
    "applied": {"zh": "已申报", "en": "applied"},
    "eligible": {"zh": "已达条件", "en": "eligible"},
    "near_miss": {"zh": "可冲刺", "en": "near miss"},
    "total": {"zh": "合计", "en": "total"},
}
"""The bars of a bridge in their order."""


@contextmanager
def _with_entered(home: Home) -> Iterator[Reader]:
    """The zone of the current release, with the targets that were entered since its run."""
    with Published(home).desk("zone") as desk:
        enter(desk, home)
        yield desk


def zone_of(home: Home) -> str:
    """See ``plan.zone_of``, of the current release."""
    with _with_entered(home) as release:
        return plan.zone_of(release)


def revisions(home: Home, year: str, measure: str) -> list[Row]:
    """See ``entered_targets.history``; raises ``BadInput`` for what is no year or measure."""
    return history(home, zone_of(home), checked_year(year), checked_measure(measure))


def bridge(home: Home) -> list[Row]:
    """See ``bridge_in``, of the zone."""
    with _with_entered(home) as release:
        return bridge_in(release)


def bridge_in(release: Reader) -> list[Row]:
    """By target not yet due and bar: firms and how many are expected to count, from low to high; the total last."""
    rows = release.rows("from desk_zone__bridge order by due_on, zone, measure, year")
    order = list(BARS)
    return sorted(
        map(_with_bar, rows), key=lambda row: (row["due_on"], row["zone"], row["measure"], order.index(row["bar"]))
    )


def _with_bar(row: Row) -> Row:
    return {**row, "bar_zh": BARS[row["bar"]]["zh"], "bar_en": BARS[row["bar"]]["en"]}


def firms(home: Home, bar: str | None = None, measure: str | None = None, year: int | None = None) -> list[Row]:
    """See ``firms_in``, of the zone."""
    with _with_entered(home) as release:
        return firms_in(release, bar, measure, year)


def firms_in(release: Reader, bar: str | None = None, measure: str | None = None, year: int | None = None) -> list[Row]:
    """The firms behind the bars of targets, those most likely to count first, of equal ones the nearest to the line.

    Without ``bar``, those that can still close the gap. Raises ``BadInput`` for an unknown bar.
    """
    if bar is not None and bar not in BARS:
        known = "、".join(name for name in BARS if name != "total")
        raise BadInput(f"没有“{bar}”这一项；可选：{known}", f"there is no bar {bar!r}; choose from {known}")
    rows = release.rows(
        "select firm.*, measure.zh as measure_zh, measure.en as measure_en from desk_zone__bridge_firms as firm"
        " inner join desk_ref_measures as measure using (measure)"
        " where case when $1 is null then bar not in ('held', 'granted') else $1 in ('total', bar) end"
        " and measure = coalesce($2, measure) and year = coalesce($3, year)"
        " order by year, measure, expected desc nulls last, deciding_gap nulls last, firm_id",
        [bar, measure, year],
    )
    return [_with_bar(row) for row in rows]


def monitoring(home: Home) -> list[Row]:
    """See ``monitoring_in``, of the zone."""
    with _with_entered(home) as release:
        return monitoring_in(release)


def monitoring_in(release: Reader) -> list[Row]:
    """By measure and year of the plan: target, value, the value as a share of the target, and what the year is for."""
    return release.rows("from desk_zone__monitoring order by zone, measure_seq, year")


def monitored_firms(home: Home, measure: str, year: int) -> list[Row]:
    """See ``monitored_firms_in``, of the zone."""
    with _with_entered(home) as release:
        return monitored_firms_in(release, measure, year)


def monitored_firms_in(release: Reader, measure: str, year: int) -> list[Row]:
    """The firms behind one number of the monitoring; raises ``BadInput`` for an unknown measure."""
    known = release.rows("select measure from desk_ref_measures order by seq")
    if measure not in [row["measure"] for row in known]:
        names = "、".join(row["measure"] for row in known)
        raise BadInput(f"没有指标 {measure}；已知：{names}", f"there is no measure {measure}; known: {names}")
    return release.rows(
        "select counted.*, firm.name from desk_zone__monitoring_firms as counted inner join desk_firm as firm"
        " using (firm_id) where measure = $1 and year = $2 order by part desc, firm_id",
        [measure, year],
    )
