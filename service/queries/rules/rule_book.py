"""The rule book as pages read it: its editions and conditions as rows, what differs between two editions."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from service.queries.rules.draft_editions import MARK
from tiers import Edition, load_rulebook
from tiers.places import places
from tiers.rulebook import Rulebook
from tiers.schema.ladder import ladder
from warehouse.rows import Row

PREMISE = "firm_exists"
"""The condition of every edition, which makes none different from another."""
ENDED, IN_FORCE, FUTURE, DRAFT = "ended", "in_force", "future", "draft"
STATES = (IN_FORCE, FUTURE, DRAFT, ENDED)
_COMPARED = ("zh", "en", "required_zh", "required_en", "clause", "since", "until", "route")


@cache
def book() -> Rulebook:
    """The rule book of ``tiers/editions``, parsed once a process."""
    return load_rulebook()


@cache
def editions() -> tuple[Row, ...]:
    """Every edition as ``ref_editions`` has it with the names of its title, the ladder first."""
    ranked = {name: number for number, name in enumerate(ladder())}
    rows = named(book().tables()["ref_editions"].to_dicts())
    return tuple(sorted(rows, key=lambda row: (ranked[row["designation"]], row["place"], row["edition_id"])))


def named(rows: Iterable[Row]) -> list[Row]:
    """Editions with the names of their titles."""
    titles = ladder()
    return [
        {**row, "designation_zh": titles[row["designation"]].zh, "designation_en": titles[row["designation"]].en}
        for row in rows
    ]


@cache
def conditions() -> dict[str, list[Row]]:
    """The conditions as ``ref_conditions`` has them, by edition."""
    by_edition: dict[str, list[Row]] = {}
    for row in book().tables()["ref_conditions"].to_dicts():
        by_edition.setdefault(row["edition_id"], []).append(row)
    return by_edition


@cache
def place_words(code: str) -> dict[str, str]:
    """The names of a place in both languages; the Chinese one where it has no other."""
    return {"zh": places().name(code), "en": places().english_name(code)}


def state_on(row: Row, day: date) -> str:
    """``DRAFT``, ``FUTURE``, ``IN_FORCE`` or ``ENDED``, by the dates of the edition."""
    if row["edition_id"].startswith(MARK):
        return DRAFT
    if day < row["in_force_from"]:
        return FUTURE
    return ENDED if row["in_force_to"] is not None and day > row["in_force_to"] else IN_FORCE


def text_of(row: Row) -> str:
    """What a search is made in."""
    names = ("edition_id", "title_zh", "title_en", "document", "number", "issuer", "designation_zh", "designation_en")
    return " ".join(str(row[name] or "") for name in names).casefold()


def with_routes(edition: Edition, rows: list[Row]) -> list[Row]:
    """Conditions with the words of their routes, ``route_zh`` and ``route_en``; None where they belong to none."""
    routes, none = edition.conditions.routes(), {"zh": None, "en": None}
    words = [routes.get(row["route"] or "", none) for row in rows]
    return [{**row, "route_zh": text["zh"], "route_en": text["en"]} for row, text in zip(rows, words, strict=True)]


def edition_before(row: Row) -> Row | None:
    """The edition of the same designation and place that was in force before."""
    earlier = [
        other
        for other in editions()
        if (other["designation"], other["place"]) == (row["designation"], row["place"])
        if other["in_force_from"] < row["in_force_from"]
    ]
    return max(earlier, key=lambda other: other["in_force_from"], default=None)


def differences(first: list[Row], second: list[Row]) -> list[Row]:
    """One row a condition that was added, dropped or worded or required otherwise."""
    before, after = ({row["condition_id"]: row for row in rows} for rows in (first, second))
    rows = [{"change": "dropped", "before": row, "after": None} for name, row in before.items() if name not in after]
    for name, row in after.items():
        earlier = before.get(name)
        if earlier is None:
            rows.append({"change": "added", "before": None, "after": row})
        elif name != PREMISE and any(earlier[part] != row[part] for part in _COMPARED):
            rows.append({"change": "changed", "before": earlier, "after": row})
    return rows
