"""A month of what is due, of days to start, of visits and tasks, and of filing windows, for the firms of a scope."""

import calendar as months
from collections import Counter
from collections.abc import Collection
from datetime import date

from service.casework.day import Day
from service.display import display
from service.queries.cases.due import DueFilters, dated
from warehouse.errors import BadInput
from warehouse.release.releases import Reader
from warehouse.rows import Row

AT_MOST = 300
"""Rows of the table beneath a month; the grid counts all."""
KINDS = ("due", "start", "window", "visit", "task")
"""What a day has, in the order in which it is shown."""

_COUNTED = """
    with chosen as (
        select due_on, start_by, if(kind = 'window', 'window', 'due') as part from desk_firm__due
        where state = 'open' and ($3::varchar[] is null or list_contains($3::varchar[], firm_id))
    ),
    dated as (
        select due_on as falls_on, part as kind from chosen
        union all
        select start_by as falls_on, 'start' as kind from chosen
    )
    select falls_on, kind, count(*) as n from dated where falls_on between $1 and $2 group by all
"""
_LISTED = """
    with chosen as (
        select firm_id, name, designation_zh, designation_en, duty_zh, duty_en, kind_zh, kind_en, acting, due_on,
            start_by, if(kind = 'window', 'window', 'due') as part
        from desk_firm__due
        where state = 'open' and ($3::varchar[] is null or list_contains($3::varchar[], firm_id))
    ),
    dated as (
        select *, due_on as falls_on, part as kind from chosen
        union all
        select *, start_by as falls_on, 'start' as kind from chosen
    )
    select * from dated where falls_on between $1 and $2 order by falls_on, kind, firm_id, duty_zh limit $4
"""


def month_of(text: str, today: date) -> date:
    """The first day of a month written as 2026-12; the present one where nothing is written. Raises ``BadInput``."""
    try:
        return date.fromisoformat(f"{text}-01") if text else today.replace(day=1)
    except ValueError as error:
        raise BadInput(f"月份应写作 2026-12：{text}", f"write a month as 2026-12, not {text}") from error


def last_of(first: date) -> date:
    """The last day of the month that a day begins."""
    return first.replace(day=months.monthrange(first.year, first.month)[1])


def weeks(first: date) -> list[list[date]]:
    """The weeks of a month from Monday to Sunday, with the days of other months that fill them."""
    return months.Calendar(firstweekday=months.MONDAY).monthdatescalendar(first.year, first.month)


class Month:
    """What lies on which day, for the firms of a reader."""

    def __init__(self, reader: Reader, day: Day) -> None:
        self._reader, self._day = reader, day

    def counts(self, first: date, firms: Collection[str] | None) -> dict[date, Counter[str]]:
        """How much of each kind lies on each day of the weeks of a month."""
        shown = weeks(first)
        matching: dict[date, Counter[str]] = {}
        for row in self._reader.rows(_COUNTED, [shown[0][0], shown[-1][-1], _listed(firms)]):
            matching.setdefault(row["falls_on"], Counter())[row["kind"]] += row["n"]
        for row in _of_people(self._day, shown[0][0], shown[-1][-1], firms):
            matching.setdefault(row["falls_on"], Counter())[row["kind"]] += 1
        return matching

    def rows(self, span: tuple[date, date], firms: Collection[str] | None, at_most: int = AT_MOST) -> list[Row]:
        """What lies on the days of a span, by day, at most so many rows."""
        rows = self._reader.rows(_LISTED, [*span, _listed(firms), at_most])
        both = [*rows, *_of_people(self._day, *span, firms)]
        return sorted(both, key=lambda row: (row["falls_on"], KINDS.index(row["kind"]), row["firm_id"]))[:at_most]

    def file(self, firms: Collection[str] | None) -> bytes:
        """What is due of firms and what people planned for them, as an iCalendar file with alarms."""
        from warehouse.outputs.calendar_file import calendar_bytes, starts  # of which no other question has need

        rows = dated(self._reader, DueFilters(display().ahead_days["calendar"]))
        published_at = self._reader.rows("select published_at from desk_run__summary")[0]["published_at"]
        plans = [
            {
                "uid": f"{row['thing']}-{row['firm_id']}-{row.get('number') or row['by_on']}-{row.get('place') or 0}",
                "on": date.fromisoformat(row["by_on"]),
                "name": row["name"],
                "what": row["what"],
            }
            for row in self._day.planned(firms)
            if row["by_on"]
        ]
        chosen = [row for row in rows if firms is None or row["firm_id"] in firms]
        return calendar_bytes(chosen, published_at, [*starts(chosen), *plans])


def _of_people(day: Day, first: date, last: date, firms: Collection[str] | None) -> list[Row]:
    rows = [
        {
            "falls_on": date.fromisoformat(row["by_on"]),
            "kind": "task" if row["thing"] == "task" else "visit",
            "firm_id": row["firm_id"],
            "name": row["name"],
            "what": row["what"],
            "acting": row.get("acting"),
        }
        for row in day.planned(firms)
        if row["by_on"]
    ]
    return [row for row in rows if first <= row["falls_on"] <= last]


def _listed(firms: Collection[str] | None) -> list[str] | None:
    return None if firms is None else sorted(firms)
