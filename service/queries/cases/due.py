"""What is due across the firms of a release: by when, by when to start, who owns it; and as a calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from service.queries.firm.firm_lookup import find_firm
from service.queries.release.records import Listed, Slice
from service.queries.release.tables import has_view
from tiers.messages.due_steps import with_steps
from warehouse.errors import BadInput, NoRelease
from warehouse.home import Home
from warehouse.release.releases import Published, Reader
from warehouse.rows import Row

MART = "desk_firm__due"
_CHOSEN = (
    " from desk_firm__due as due cross join desk_parameter as parameter"
    " where (state = 'open' and due_on <= parameter.day + $1::integer or is_overdue or $2 and state = 'undated')"
    " and (len($3) = 0 or list_contains($3, duty)) and ($4 is null or owner = $4) and ($5 is null or incubator = $5)"
    " and ($6 is null or firm_key = firm_key($6) and firm_id = $6)"
    " and ($7 is null or $7 in (officer, acting))"
)
_ORDER = " order by due_on nulls last, start_by, firm_id, duty, period"
_LISTED = f"select due.* exclude (firm_key){_CHOSEN}{_ORDER}"
_COLUMNS = (
    "firm_id", "name", "designation", "designation_zh", "designation_en", "duty", "kind", "kind_zh", "kind_en",
    "duty_zh", "duty_en", "period", "due_on", "or_due_on", "opens_on", "start_by", "last_working_on", "lead_days",
    "state", "state_zh", "state_en", "done_on", "is_start_past", "is_overdue", "owner", "owner_role_zh",
    "owner_role_en", "incubator", "officer", "acting", "ends_title", "window_status", "is_calendar_known",
    "note_zh", "note_en", "missed_zh", "missed_en", "missed_document", "steps_zh", "steps_en", "document",
    "clause", "confidence",
)  # fmt: skip
"""Of the HTTP interface, whose answers do not grow by themselves."""
_PART = f"{_LISTED} limit $8 offset $9"
_OFFICERS = "select owner from desk_case_owner union select acting from desk_case_owner order by 1"
_STEPS = " union all select duty, step, kind, null from desk_ref_pool_steps"
"""The steps of the pool, of a release that has them."""
_UNDATED = "select count(*) as n from desk_firm__duties where state = 'undated'"


@dataclass(frozen=True)
class Due:
    """What is due, the earliest first; how many windows without a day are left out; the run, its day and moment."""

    rows: list[Row]
    undated: int
    run_id: str
    day: date
    published_at: datetime

    @property
    def is_calendar_known(self) -> bool:
        """Whether the make-up working days of the year of every day are known."""
        return all(row["is_calendar_known"] for row in self.rows if row["due_on"] is not None)


def due(
    home: Home,
    within: int,
    *,
    owner: str | None = None,
    duty: str | None = None,
    firm: str | None = None,
    with_undated: bool = False,
) -> Due:
    """What is open up to so many days after the day of the release, and what was missed shortly before it.

    ``owner`` is a role, an incubator, or an officer who owns a firm or acts for it; ``duty`` a duty, its kind or its
    designation. Raises ``BadInput`` for a name that is none, ``NoRelease`` where the release was made before this
    question existed.
    """
    asked = DueFilters(within, owner, duty, firm, with_undated)
    with Published(home).at_once() as release:
        values = _values(release, asked)
        (run,) = release.rows("select run_id, day, published_at from desk_run__summary")
        undated = 0 if with_undated else int(release.rows(_UNDATED)[0]["n"])
        return Due(with_steps(release.rows(_LISTED, values)), undated, **run)


@dataclass(frozen=True)
class DueFilters:
    """What of the things that are due: see ``due``."""

    within: int
    owner: str | None = None
    duty: str | None = None
    firm: str | None = None
    with_undated: bool = False


def part_of_due(release: Reader, asked: DueFilters, part: Slice) -> Listed:
    """Some rows of what is due, and how many there are; raises as ``due``."""
    values = _values(release, asked)
    (counted,) = release.rows(f"select count(*) as total{_CHOSEN}", values)
    rows = with_steps(release.rows(_PART, [*values, part.limit, part.offset]))
    return Listed([{name: row[name] for name in _COLUMNS} for row in rows], int(counted["total"]))


def dated(release: Reader, asked: DueFilters) -> list[Row]:
    """What is due on a day; raises as ``due``."""
    return [row for row in with_steps(release.rows(_LISTED, _values(release, asked))) if row["due_on"] is not None]


def _values(release: Reader, asked: DueFilters) -> list[Any]:
    if not has_view(release, MART):
        raise NoRelease(
            "本期由较早版本生成，没有到期表；请重新运行 tidu run",
            "this release is older and has no table of what is due: run tidu run again",
        )
    role, incubator, officer = _owner(release, asked.owner)
    firm_id = find_firm(release, asked.firm)["firm_id"] if asked.firm else None
    return [asked.within, asked.with_undated, _duties(release, asked.duty), role, incubator, firm_id, officer]


def _owner(release: Reader, words: str | None) -> tuple[str | None, str | None, str | None]:
    """The role, the incubator or the officer that these words name."""
    if words is None:
        return None, None, None
    roles = release.rows("select owner, zh, en from desk_ref_due_owners order by owner")
    for role in roles:
        if words in role.values():  # its name, or its words in either language
            return role["owner"], None, None
    names = release.rows("select distinct incubator from desk_firm__incubator order by 1")
    if {"incubator": words} in names:
        return None, words, None
    officers = release.rows(_OFFICERS) if has_view(release, "desk_case_owner") else []
    if {"owner": words} in officers:
        return None, None, words
    raise _unknown("责任人", "owner", words, _known(roles, names, officers))


def _known(roles: Sequence[Row], incubators: Sequence[Row], officers: Sequence[Row]) -> list[str]:
    names = [row["owner"] for row in (*roles, *officers) if row["owner"]]
    return [*names, *(row["incubator"] for row in incubators)]


def _duties(release: Reader, words: str | None) -> Sequence[str]:
    """The duties that these words name: one, those of a kind, or those of a designation; empty for all."""
    if words is None:
        return []
    steps = _STEPS if has_view(release, "desk_ref_pool_steps") else ""
    known = release.rows(f"select duty, id, kind, designation from desk_ref_duties{steps} order by duty")  # noqa: S608
    chosen = [row["duty"] for row in known if words in row.values()]
    if not chosen:
        raise _unknown("事项", "duty", words, list(dict.fromkeys(row["kind"] for row in known)))
    return chosen


def _unknown(zh: str, en: str, words: str, known: Sequence[str]) -> BadInput:
    listed = "、".join(known)
    return BadInput(f"没有这样的{zh}：{words}；可选 {listed}", f"there is no {en} {words!r}; known: {listed}")


def write_calendar(path: Path, answer: Due) -> int:
    """Write what is due on a day as an iCalendar file; the number of its events."""
    from warehouse.outputs.calendar_file import calendar_bytes

    dated = [row for row in answer.rows if row["due_on"] is not None]
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(calendar_bytes(dated, answer.published_at))
    part.replace(path)
    return len(dated)
