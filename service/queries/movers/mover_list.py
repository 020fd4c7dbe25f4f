"""The list of movers as a page shows it, a row a firm or a row a firm and title: rows, totals, and facets that agree.

A facet counts under the other filters, so each number is what its link will show; what counts nothing is listed too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from service.queries.movers.mover_filters import Filters, Rows
from service.queries.movers.mover_values import DUE_ON, FACETS, FIRST_SIGNAL, KEY, MANY, RELATION
from service.queries.movers.movers import SORTABLE, signals_of
from service.queries.release.records import Slice
from warehouse.definition import read_yaml
from warehouse.release.releases import Reader
from warehouse.rows import Row

FILE_ROWS = 20_000
"""A file is read in parts of so many rows, so that memory stays flat."""
_SIGNALLED: Mapping[Rows, str] = {
    "firms": (
        "select given.signal as value, count(distinct given.firm_id) as rows from desk_movers__signals as given"
        " inner join passing on given.firm_id = passing.firm_id"
        " where {designation} = '' or given.designation = {designation} group by 1"
    ),
    "titles": (
        "select given.signal as value, count(*) as rows from desk_movers__signals as given inner join passing"
        " on given.firm_id = passing.firm_id and given.designation = passing.title group by 1"
    ),
}
_ABOUT: Mapping[Rows, str] = {
    "firms": (
        "select designation as value, count(*) as rows from (select firm_id, designation from desk_movers__signals"
        " where firm_id in (select firm_id from passing)"
        " and ({signal} = '' or list_contains(string_split({signal}, ','), signal))"
        " union select firm_id, unnest(titles) from passing where {signal} = ''"
        " union select firm_id, next_designation from passing where {signal} = '') group by 1"
    ),
    "titles": "select title as value, count(*) as rows from passing group by 1",
}
_DUE_WITHIN = (
    "select value, count(firm_id) as rows from (select unnest({days}::varchar[]) as value) left join passing"
    " on {due_on} <= (select day from desk_parameter) + value::integer group by 1"
)
_SORTED: Mapping[Rows, Mapping[str, str]] = {"firms": SORTABLE, "titles": {**SORTABLE, "due_on": "valid_to"}}
FIELDS = (
    "change",
    "signal",
    "held",
    "met",
    "judged",
    "designation",
    "due_within",
    "owner",
    "incubator",
    "park",
    "sector",
)
"""The facets in the order of display."""


@dataclass(frozen=True)
class Choice:
    """A value of a facet: its words, which are None where it names itself, and how many rows it will show."""

    value: str
    zh: str | None
    en: str | None
    rows: int


class MoverList:
    """The movers of a release, a row a firm or a row a firm and title."""

    def __init__(self, release: Reader, rows: Rows) -> None:
        self._release, self._rows = release, rows

    def count(self, filters: Filters) -> int:
        """The number of rows that pass the filters."""
        where, values = filters.where(self._rows)
        sql = f"select count(*) as rows from {RELATION[self._rows]} where {where}"  # noqa: S608 - our names
        return int(self._release.rows(sql, values)[0]["rows"])

    def page(self, filters: Filters, sort: str, part: Slice) -> list[Row]:
        """Rows in a complete order, each with its ``signals``, those of the filter and of its title first.

        ``sort`` is a column of ``SORTABLE``, with - before it for falling values. By any other text the most urgent
        come first: of each kind of signal in turn the row whose title ends first, so that no kind hides the others.
        """
        where, values = filters.where(self._rows)
        matching = self._release.rows(
            self._page_sql(where, sort).format(limit=f"${len(values) + 1}", offset=f"${len(values) + 2}"),
            [*values, part.limit, part.offset],
        )
        signals = signals_of(self._release, sorted({row["firm_id"] for row in matching}))
        return [{**row, "signals": in_order(signals.get(row["firm_id"], []), row, filters)} for row in matching]

    def _page_sql(self, where: str, sort: str) -> str:
        """The query of a page: rows are put in order by a few narrow columns, then read whole."""
        relation, key = RELATION[self._rows], ", ".join(KEY[self._rows])
        column = _SORTED[self._rows].get(sort.removeprefix("-"))
        if column is None:
            order = f"seq is null, turn, seq, {key}"
            ranked = (
                f"with listed as (select {key}, {DUE_ON[self._rows]} as due, held_rank"  # noqa: S608 - our names
                f" from {relation} where {where}),"
                f" first_signal as ({FIRST_SIGNAL[self._rows]}),"
                f" ranked as (select {key}, seq, row_number() over (partition by seq order by due nulls last,"
                f" held_rank desc, {key}) as turn from listed left join first_signal using ({key}))"
            )
        else:
            order = f"sorted_by {'desc' if sort.startswith('-') else 'asc'} nulls last, {key}"
            ranked = f"with ranked as (select {key}, {column} as sorted_by from {relation} where {where})"  # noqa: S608 - our names
        return (
            f"{ranked}, top as (select * from ranked order by {order} limit {{limit}} offset {{offset}})"  # noqa: S608 - our names
            f" select * from top inner join {relation} as mover using ({key}) order by {order}"
        )

    def every(self, filters: Filters, sort: str) -> Iterator[Row]:
        """Every row, as ``page`` has them: the list as a file."""
        start = 0
        while rows := self.page(filters, sort, Slice(FILE_ROWS, start)):
            yield from rows
            start += FILE_ROWS

    def facets(self, filters: Filters) -> dict[str, list[Choice]]:
        """The choices of each facet, those that count nothing included."""
        words = self._words()
        counted = {field: self._counted(field, filters.with_(**{field: ""})) for field in FIELDS}
        return {field: _choices(field, words[field], counted[field]) for field in FIELDS}

    def _counted(self, field: str, others: Filters) -> dict[str, int]:
        """Rows by value of a facet under the other filters; what is in the scope at all is there, with 0 if need be."""
        where, values = others.where(self._rows)
        value = FACETS[self._rows].get(field)
        if value is not None:
            value = f"unnest({value})" if field in MANY[self._rows] else value
            sql = (
                f"select value, count(*) filter (where passes) as rows from (select {value} as value, {where} as passes"  # noqa: S608 - our names
                f" from {RELATION[self._rows]}) where value is not null group by 1"
            )
            return self._as_counts(sql, values)
        counting, more = self._counting(field, others, f"${len(values) + 1}")
        sql = f"with passing as (select * from {RELATION[self._rows]} where {where}) {counting}"  # noqa: S608 - our names
        return self._as_counts(sql, [*values, *more])

    def _counting(self, field: str, others: Filters, place: str) -> tuple[str, list[Any]]:
        """The query of a facet that needs another table, over the rows that pass, and its own bound values."""
        if field == "due_within":
            return _DUE_WITHIN.format(days=place, due_on=DUE_ON[self._rows]), [list(map(str, days_offered()))]
        if field == "signal":
            sql, bound = _SIGNALLED[self._rows].format(designation=place), others.designation
        else:
            sql, bound = _ABOUT[self._rows].format(signal=place), others.signal
        return sql, [bound] if place in sql else []

    def _as_counts(self, sql: str, values: Sequence[Any]) -> dict[str, int]:
        return {row["value"]: row["rows"] for row in self._release.rows(sql, values) if row["value"]}

    def _words(self) -> dict[str, list[Row]]:
        """The words of the values that have some, by facet in the order of display; the other facets have none."""
        changes = self._release.rows(
            "select change as value, zh, en, true as is_listed from desk_ref_changes order by seq"
        )
        signals = self._release.rows(
            "select signal as value, zh, en, true as is_listed from desk_ref_signals order by seq"
        )
        titles = self._release.rows(
            "select designation as value, zh, en, rank > 0 as is_listed from desk_ref_designations"
            " order by rank nulls last, designation"
        )
        none: list[Row] = []
        return {
            **dict.fromkeys(FIELDS, none), "change": changes, "signal": signals,
            "held": titles, "met": titles, "judged": titles, "designation": titles,
        }  # fmt: skip


def _choices(field: str, words: Sequence[Row], counted: Mapping[str, int]) -> list[Choice]:
    """Values with words in their order, those of an enumeration even where nothing has them; then the others."""
    worded = [
        Choice(row["value"], row["zh"], row["en"], counted.get(row["value"], 0))
        for row in words
        if row["is_listed"] or row["value"] in counted
    ]
    known = {choice.value for choice in worded}
    others = [Choice(value, None, None, rows) for value, rows in counted.items() if value not in known]
    by_number = field == "due_within"
    return worded + sorted(
        others, key=lambda choice: (int(choice.value),) if by_number else (-choice.rows, choice.value)
    )


def in_order(signals: Sequence[Row], row: Row, filters: Filters) -> list[Row]:
    """The signals of a row: those of the filter first, and among them those of its title."""
    wanted, title = filters.signal.split(","), row.get("title")
    return sorted(signals, key=lambda signal: (signal["signal"] not in wanted, signal["designation"] != title))


def sortable() -> frozenset[str]:
    """The columns that a list can be sorted by."""
    return frozenset(SORTABLE)


@cache
def days_offered() -> tuple[int, ...]:
    """The numbers of days of the facet of what is due."""
    content, _ = read_yaml(Path(__file__).with_suffix(".yml"))
    return tuple(content["due_within"]["days"])
