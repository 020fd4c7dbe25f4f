"""How long firms stay in a rung, and what share of a cohort reaches the next titles: curves of the release."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter

from service.queries.rules.designations import designation_of
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release.disclosure.cells import coarsened
from warehouse.release.releases import Published, Reader
from warehouse.rows import Row

OUTSIDE = ("all", "sector", "age", "size")
"""Levels that may leave the zone: groups by two features would give away small groups by subtraction."""
KINDS = ("founded", "first_title")
CAUSES = ("risen", "lost", "dissolved")


def survival(home: Home, designation: str, level: str, *, outside: bool = False) -> Row:
    """See ``survival_in``, of the zone."""
    with Published(home).at_once() as release:
        return survival_in(release, designation, level, outside=outside)


def survival_in(release: Reader, designation: str, level: str, *, outside: bool = False) -> Row:
    """``curves``: rows of ``mart_zone__survival``; ``groups``: every group with its size and quartile.

    Raises ``BadInput`` for an unknown designation or level. With ``outside`` a curve keeps only the full years by which
    no number of firms has changed by a few, and groups of a few firms are left out.
    """
    name = designation_of(designation)
    _require_level(release, level, outside)
    limits = release.rows("from desk_ref_time_limits")[0]
    groups = release.rows(_GROUPS, [name, level])
    (named,) = release.rows(_NAMED, [name, level])
    curves = release.rows(
        "from desk_zone__survival where designation = $1 and level = $2 order by stratum, days", [name, level]
    )
    fewest = fewest_firms(release)
    day = release.rows("select day from desk_parameter")[0]["day"]
    if outside:
        groups = _large(groups, fewest)
        curves = _outside(curves, {row["stratum"] for row in groups}, fewest)
    words = {f"{of}_{lang}": named[f"{of}_{lang}"] for of in ("title", "level") for lang in ("zh", "en")}
    asked = {"designation": name, "level": level, **words, "day": day}
    return {**asked, "limits": limits, "groups": groups, "curves": curves}


_GROUPS = """
select groups.stratum, groups.sector, groups.age_band, groups.size_band, groups.firms,
    groups.stays, groups.stays_may_have_begun_earlier, groups.is_large_enough,
    case when quartile.used_level = groups.level then quartile.q75_days end as q75_days
from desk_rung__groups as groups
left join desk_rung__quartiles as quartile using (designation, level, stratum)
where groups.designation = $1 and groups.level = $2
order by groups.firms desc, groups.stratum
"""


_NAMED = """
select title.zh as title_zh, title.en as title_en, level.zh as level_zh, level.en as level_en
from desk_ref_designations as title cross join desk_ref_levels as level
where title.designation = $1 and level.level = $2
"""


def _require_level(release: Reader, level: str, outside: bool) -> None:
    known = [row["level"] for row in release.rows("select level from desk_ref_levels order by level_seq")]
    if level not in known:
        listed = ", ".join(known)
        raise BadInput(f"没有粒度 {level}；有 {listed}", f"there is no level {level}; there are {listed}")
    if outside and level not in OUTSIDE:
        listed = ", ".join(OUTSIDE)
        raise BadInput(
            f"粒度 {level} 不得提供区外：小组可由相减得出；可用 {listed}",
            f"the level {level} may not leave the zone, small groups follow by subtraction; use {listed}",
        )


def _large(groups: Sequence[Row], fewest: int) -> list[Row]:
    """Groups of a few firms, and as many more, the smallest first, as make those left out no few."""
    kept = [row for row in groups if row["firms"] >= fewest]
    left_out = sum(row["firms"] for row in groups) - sum(row["firms"] for row in kept)
    while 0 < left_out < fewest and kept:
        left_out += kept.pop()["firms"]
    return kept


def _outside(curves: Sequence[Row], strata: set[str], fewest: int) -> list[Row]:
    """Full years of the curves of these groups, with the totals up to each instead of the exits of a day."""
    kept: list[Row] = []
    for stratum, rows in groupby(curves, itemgetter("stratum")):
        if stratum in strata:
            kept += coarsened(_years(rows), (*CAUSES, "unobserved"), fewest)
    return kept


def _years(rows: Iterable[Row]) -> list[Row]:
    """The rows of full years, with the exits of all the time before; ``unobserved``: stays not observed for so long."""
    exits = dict.fromkeys(("exits", *CAUSES), 0)
    years: list[Row] = []
    for row in rows:
        unobserved = row["stays"] - exits["exits"] - row["at_risk"]
        exits = {name: count + row[name] for name, count in exits.items()}
        if row["years"] is not None:
            years.append({**row, **exits, "unobserved": unobserved})
    return years


def fewest_firms(release: Reader) -> int:
    """The fewest firms of a cell that may leave the zone."""
    return int(release.rows("select fewest_firms from desk_ref_disclosure")[0]["fewest_firms"])


def cohorts(home: Home, kind: str, designation: str | None = None, *, outside: bool = False) -> list[Row]:
    """See ``cohorts_in``, of the zone."""
    with Published(home).at_once() as release:
        return cohorts_in(release, kind, designation, outside=outside)


def cohorts_in(release: Reader, kind: str, designation: str | None = None, *, outside: bool = False) -> list[Row]:
    """Rows of ``mart_zone__cohorts`` of one kind (``KINDS``), of one title to reach where it is given.

    Raises ``BadInput`` for an unknown kind or designation. With ``outside`` a cohort keeps only the years by which no
    number of firms has changed by a few.
    """
    if kind not in KINDS:
        raise BadInput(
            f"没有 {kind} 这种同批；有 {', '.join(KINDS)}", f"there is no cohort {kind}; there are {', '.join(KINDS)}"
        )
    name = designation_of(designation) if designation else None
    rows = release.rows(
        "from desk_zone__cohorts where level = $1 and ($2 is null or designation = $2)"
        " order by rank nulls last, designation, stratum, years",
        [kind, name],
    )
    fewest = fewest_firms(release)
    if not outside:
        return rows
    kept = []
    for _, curve in groupby(rows, itemgetter("designation", "stratum")):
        kept += coarsened(list(curve), ("reached", "at_risk"), fewest)
    return [row for row in kept if row["firms"] >= fewest]
