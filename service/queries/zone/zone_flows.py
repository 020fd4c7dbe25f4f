"""What the page of flows asks of a release, within a scope: the matrix, its firms, groups side by side, curves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from service.queries.release.records import Listed, Slice
from service.queries.release.release_summary import rungs
from service.queries.release.tables import require
from service.queries.zone.flow_cells import with_shares, without_small
from service.queries.zone.time_in_rung import cohorts_in, fewest_firms, survival_in
from tiers.movement.time_in_rung import features_of
from warehouse.errors import BadInput
from warehouse.release.releases import Reader
from warehouse.rows import Row

GROUPS = {"sector": "left(firm.industry_code, 2)", "park": "firm.division_code"}
"""What firms can be put side by side by, and the column of it."""

_MOVES = """
    select before.firm_id, before.state as from_state, now.state as to_state
    from desk_flows__states as now
    inner join desk_flows__states as before using (firm_id)
    where before.day = $1 and now.day = $2 and before.state <> 'gone' and now.state <> 'absent'
        and not (before.state = 'absent' and now.state = 'gone')
"""
"""Firms that were there on neither day are left out, as in ``mart_zone__transitions``."""
_CELLS = f"""
with moves as (select from_state, to_state, count(*) as firms from ({_MOVES}) as moved group by all)
select
    before.state as from_state, before.seq as from_seq, before.zh as from_zh, before.en as from_en,
    now.state as to_state, now.seq as to_seq, now.zh as to_zh, now.en as to_en,
    coalesce(moves.firms, 0) as firms,
    sum(coalesce(moves.firms, 0)) over (partition by before.state)::bigint as from_firms,
    sum(coalesce(moves.firms, 0)) over (partition by now.state)::bigint as to_firms
from desk_ref_states as before
cross join desk_ref_states as now
left join moves on before.state = moves.from_state and now.state = moves.to_state
where before.state <> 'gone' and now.state <> 'absent' and not (before.state = 'absent' and now.state = 'gone')
order by from_seq, to_seq
"""  # noqa: S608 - our names
_RANKED = f"""
    select moves.firm_id, from_rung.rank as from_rank, to_rung.rank as to_rank, to_state, from_state
    from ({_MOVES}) as moves
    left join desk_ref_designations as from_rung on moves.from_state = from_rung.designation
    left join desk_ref_designations as to_rung on moves.to_state = to_rung.designation
    where from_state not in ('absent', 'gone')
"""  # noqa: S608 - our names


@dataclass(frozen=True)
class Between:
    """Two days of ``ZoneFlows.days``."""

    since: date
    until: date


class ZoneFlows:
    """The questions of the page of flows; each is about the firms of the scope of its reader."""

    def __init__(self, release: Reader) -> None:
        self._release = release

    def days(self) -> list[Row]:
        """The days that can be compared, the newest first: ``day``, ``is_covered``."""
        require(self._release, "desk_flows__days")
        return self._release.rows("from desk_flows__days where listed_rungs > 0 order by day desc")

    def between(self, since: str, until: str) -> Between:
        """The days as they stand in an address, those of the release where empty; raises ``BadInput`` for others."""
        (own,) = self._release.rows("select day, previous_day from desk_parameter")
        known = [row["day"] for row in self.days()]
        first, second = _known_day(since, own["previous_day"], known), _known_day(until, own["day"], known)
        if first >= second:
            raise BadInput(f"{first} 不早于 {second}", f"{first} is not before {second}")
        return Between(first, second)

    def matrix(self, days: Between, *, outside: bool = False) -> list[Row]:
        """One row a pair of states, zero included, as of ``tidu flows``; with ``outside`` small cells are None."""
        z = self._release.rows("select z from desk_ref_time_limits")[0]["z"]
        rows = with_shares(self._release.rows(_CELLS, [days.since, days.until]), z)
        return without_small(rows, fewest_firms(self._release)) if outside else rows

    def firms(self, days: Between, from_state: str, to_state: str, part: Slice) -> Listed:
        """The firms of a cell by name; of a whole row or column where the other state is empty.

        Several states, with commas between them, are those of a band of the diagram that pools cells.
        """
        self._require_states(*from_state.split(","), *to_state.split(","))
        where = (
            f"from ({_MOVES}) as moved inner join desk_firm as firm using (firm_id)"
            " where ($3 = '' or list_contains(string_split($3, ','), from_state))"
            " and ($4 = '' or list_contains(string_split($4, ','), to_state))"
        )
        values = [days.since, days.until, from_state, to_state]
        rows = self._release.rows(
            f"select moved.*, firm.name, firm.industry_code, firm.division_code {where}"
            " order by firm.name, firm_id limit $5 offset $6",
            [*values, part.limit, part.offset],
        )
        total = self._release.rows(f"select count(*) as firms {where}", values)[0]["firms"]
        return Listed(rows, int(total))

    def by_group(self, days: Between, group: str) -> list[Row]:
        """Each sector or park with how many firms were there, rose, fell and left; the largest share risen first."""
        if group not in GROUPS:
            raise BadInput(
                f"没有这种分组：{group}；有 {'、'.join(GROUPS)}",
                f"there is no grouping {group}: {', '.join(GROUPS)}",
            )
        return self._release.rows(
            f"select coalesce({GROUPS[group]}, '-') as stratum, count(*) as firms,"  # noqa: S608 - our names
            " count(*) filter (coalesce(to_rank, 0) > coalesce(from_rank, 0)) as risen,"
            " count(*) filter (coalesce(to_rank, 0) < coalesce(from_rank, 0) and to_state <> 'gone') as fallen,"
            " count(*) filter (to_state = 'gone') as gone"
            f" from ({_RANKED}) as ranked inner join desk_firm as firm using (firm_id)"
            " group by all order by risen / count(*) desc, stratum",
            [days.since, days.until],
        )

    def states(self) -> list[Row]:
        """The states that firms can be in, with their words."""
        return self._release.rows("select state, zh, en from desk_ref_states order by seq")

    def levels(self) -> list[Row]:
        """The levels of likeness by which stays are compared, with their words."""
        return self._release.rows("select level, zh, en from desk_ref_levels order by level_seq desc")

    def titles(self) -> list[Row]:
        """The rungs of the ladder, the lowest first: ``designation``, ``zh``, ``en``."""
        return rungs(self._release)

    def strata(self, lang: str) -> dict[str, dict[str, str]]:
        """The parts of the name of every group of like firms with their words, empty for a sector, by the name."""
        bands = {row["band"]: row[lang] for row in self._release.rows("from desk_ref_bands")}
        words = {**bands, **{row["level"]: row[lang] for row in self.levels()}}
        named = self._release.rows("select distinct stratum, sector, age_band, size_band from desk_rung__groups")
        return {row["stratum"]: {part: words.get(part, "") for part in features_of(row)} for row in named}

    def group_firms_min(self) -> int:
        """The fewest firms of a group that is compared with others."""
        return int(self._release.rows("select cohort_firms_min from desk_ref_time_limits")[0]["cohort_firms_min"])

    def survival(self, designation: str, level: str, *, outside: bool = False) -> Row:
        """See ``time_in_rung.survival_in``; in a scope narrower than the zone there are no curves."""
        return survival_in(self._release, designation, level, outside=outside)

    def cohorts(self, kind: str, designation: str, *, outside: bool = False) -> list[Row]:
        """See ``time_in_rung.cohorts_in``; in a scope narrower than the zone there are none."""
        return cohorts_in(self._release, kind, designation, outside=outside)

    def stays(self, designation: str, part: Slice) -> Listed:
        """Firms in a rung, those that stay longest of all against like firms first; ``is_plateau`` as the signal."""
        values = [designation]
        where = (
            "from desk_firm__time_in_rung as stay inner join desk_firm as firm using (firm_id) where designation = $1"
        )
        rows = self._release.rows(
            f"select stay.* exclude (firm_key), firm.name {where}"
            " order by is_plateau desc nulls last, days desc, firm_id limit $2 offset $3",
            [*values, part.limit, part.offset],
        )
        total = self._release.rows(f"select count(*) as firms {where}", values)[0]["firms"]
        return Listed(rows, int(total))

    def _require_states(self, *asked: str) -> None:
        known = [row["state"] for row in self._release.rows("select state from desk_ref_states order by seq")]
        for state in asked:
            if state and state not in known:
                listed = ", ".join(known)
                raise BadInput(f"没有状态 {state}；有 {listed}", f"there is no state {state}; there are {listed}")


def _known_day(words: str, otherwise: date, known: Sequence[date]) -> date:
    for day in known:
        if day == otherwise if not words else str(day) == words:
            return day
    listed = "、".join(map(str, known))
    raise BadInput(
        f"页面上不能比较 {words or otherwise}；可选 {listed}；其他日子用 tidu flows --since --until",
        f"the page cannot compare {words or otherwise}: choose from {', '.join(map(str, known))};"
        " tidu flows --since --until takes any day",
    )
