"""The editions of the rules, clause by clause, and whom each is about in a scope."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from service.queries.places import place_of
from tiers import load_rulebook
from tiers.places import places
from tiers.rulebook import is_within
from tiers.schema.ladder import ladder
from tiers.schema.unseen import unseen
from warehouse.errors import BadInput
from warehouse.release.releases import Reader

Row = dict[str, Any]

PREMISE = "firm_exists"
"""The condition of every edition, which makes none different from another."""
ENDED, IN_FORCE, FUTURE = "ended", "in_force", "future"
NEAREST = 20
_NOTE = re.compile(r"(.*[^\x00-\x7f]\S*) ([\x20-\x7e]+)")
"""Chinese, a blank, and English to the end."""
_ANSWERS = ", ".join(
    f"count(*) filter (outcome = '{outcome}') as {outcome}" for outcome in ("met", "judgement", "unknown", "not_met")
)
_COMPARED = ("zh", "en", "required_zh", "required_en", "clause", "since", "until", "route")


@dataclass(frozen=True)
class Asked:
    """Which editions: of a designation, a place with those around it, a confidence, in force on a day; or any."""

    designation: str = ""
    place: str = ""
    confidence: str = ""
    on: str = ""
    q: str = ""

    @classmethod
    def of(cls, address: Mapping[str, str]) -> "Asked":
        """Those among the parameters of an address; values are cut at 100 signs."""
        return cls(**{name: address[name][:100] for name in cls.__dataclass_fields__ if address.get(name)})

    def parameters(self) -> dict[str, str]:
        """The parameters of an address that asks for these."""
        return {name: value for name, value in vars(self).items() if value}

    def day(self) -> date | None:
        """The day, None for any; raises ``BadInput``."""
        try:
            return date.fromisoformat(self.on) if self.on else None
        except ValueError as error:
            raise BadInput(f"日期应写作 2026-06-30：{self.on}", f"write a day as 2026-06-30, not {self.on}") from error


class RuleQueries:
    """The questions about editions to the rule book, and about their verdicts to a release in its scope."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def choices(self) -> dict[str, list[Row]]:
        """The designations and places that have editions, with their names."""
        names = ladder()
        designations = sorted({row["designation"] for row in _editions()}, key=list(names).index)
        codes = sorted({row["place"] for row in _editions()})
        return {
            "designation": [{"value": name, "zh": names[name].zh, "en": names[name].en} for name in designations],
            "place": [{"value": code, **_place_words(code)} for code in codes],
        }

    def editions(self, asked: Asked) -> list[Row]:
        """The editions asked for, the ladder first, with ``state`` on the release's day and the answers in the scope.

        Raises ``BadInput`` for a place or a day that cannot be understood.
        """
        code, on = place_of(asked.place) if asked.place else None, asked.day()
        day, counts = self._day(), self._counts()
        return [
            {
                **row,
                "state": _state(row, day),
                "place_words": _place_words(row["place"]),
                "counts": counts.get(row["edition_id"]),
            }
            for row in _editions()
            if asked.designation in ("", row["designation"]) and asked.confidence in ("", row["confidence"])
            if code is None or is_within(code, row["place"])
            if on is None or _state(row, on) == IN_FORCE
            if asked.q.casefold() in _text(row)
        ]

    def edition(self, edition_id: str) -> Row | None:
        """An edition with its conditions, notes, the one before it and what differs; None where there is none."""
        row = next((row for row in _editions() if row["edition_id"] == edition_id), None)
        if row is None:
            return None
        before = _before(row)
        return {
            **row,
            "state": _state(row, self._day()),
            "place_words": _place_words(row["place"]),
            "notes": [_in_both(note) for note in _book().edition(edition_id).head.notes],
            "conditions": _conditions()[edition_id],
            "before": before,
            "differences": _differences(before["edition_id"], edition_id) if before else [],
            "counts": self._counts(edition_id).get(edition_id),
            "answers": self._answers(edition_id),
        }

    def nearest(self, edition_id: str) -> list[Row]:
        """Firms of the scope that do not meet an edition for the fewest conditions, by the smallest gap of each."""
        return self._reader.rows(
            "select verdict.firm_id, firm.name, verdict.open_conditions, verdict.deciding_condition,"
            " verdict.deciding_gap, verdict.gap_unit, firm.next_zh, firm.next_en from desk_firm__verdicts as verdict"
            " inner join desk_movers__firms as firm on verdict.firm_id = firm.firm_id"
            " where verdict.edition_id = $1 and verdict.outcome = 'not_met' and not verdict.is_closed"
            " and verdict.deciding_gap is not null"
            " order by verdict.open_conditions, verdict.deciding_condition, verdict.deciding_gap, verdict.firm_id"
            " limit $2",
            [edition_id, NEAREST],
        )

    def unseen(self) -> list[Row]:
        """Rule texts that nobody here has read, which decide nothing."""
        names = ladder()
        return [
            {"designation_zh": names[text.designation].zh, "designation_en": names[text.designation].en,
             "place_words": _place_words(text.place), "zh": text.zh, "en": text.en}
            for text in unseen()
        ]  # fmt: skip

    def _day(self) -> date:
        (row,) = self._reader.rows("select day from desk_run__summary")
        day: date = row["day"]
        return day

    def _counts(self, edition_id: str | None = None) -> dict[str, Row]:
        """The answers of every edition, or of the one that is named."""
        where, values = ("where edition_id = $1", [edition_id]) if edition_id else ("", [])
        rows = self._reader.rows(
            f"select edition_id, {_ANSWERS}, bool_or(is_selected) as is_selected"  # noqa: S608 - our names
            f" from desk_firm__verdicts {where} group by edition_id",
            values,
        )
        return {row["edition_id"]: row for row in rows}

    def _answers(self, edition_id: str) -> dict[str, Row]:
        """How many firms of the scope meet each condition, do not, or cannot be judged."""
        rows = self._reader.rows(
            f"select condition_id, {_ANSWERS} from desk_firm__evidence where edition_id = $1 group by condition_id",  # noqa: S608
            [edition_id],
        )
        return {row["condition_id"]: row for row in rows}


@cache
def _book() -> Any:
    return load_rulebook()


@cache
def _editions() -> tuple[Row, ...]:
    ranked = {name: number for number, name in enumerate(ladder())}
    rows = _book().tables()["ref_editions"].to_dicts()
    titles = ladder()
    named = [
        {**row, "designation_zh": titles[row["designation"]].zh, "designation_en": titles[row["designation"]].en}
        for row in rows
    ]
    return tuple(sorted(named, key=lambda row: (ranked[row["designation"]], row["place"], row["edition_id"])))


@cache
def _conditions() -> dict[str, list[Row]]:
    by_edition: dict[str, list[Row]] = {}
    for row in _book().tables()["ref_conditions"].to_dicts():
        by_edition.setdefault(row["edition_id"], []).append(row)
    return by_edition


@cache
def _place_words(code: str) -> dict[str, str]:
    """The Chinese name; in English the code, as names of places are not translated."""
    return {"zh": places().name(code), "en": code}


def _in_both(note: str) -> dict[str, str]:
    """A note by language: files write the Chinese first, then the English; one that is not so is the same in both."""
    both = _NOTE.fullmatch(note)
    return {"zh": both[1], "en": both[2]} if both else {"zh": note, "en": note}


def _state(row: Row, day: date) -> str:
    if day < row["in_force_from"]:
        return FUTURE
    return ENDED if row["in_force_to"] is not None and day > row["in_force_to"] else IN_FORCE


def _text(row: Row) -> str:
    names = ("edition_id", "title_zh", "title_en", "document", "number", "issuer", "designation_zh", "designation_en")
    return " ".join(str(row[name] or "") for name in names).casefold()


def _before(row: Row) -> Row | None:
    """The edition of the same designation and place that was in force before."""
    earlier = [
        other
        for other in _editions()
        if (other["designation"], other["place"]) == (row["designation"], row["place"])
        if other["in_force_from"] < row["in_force_from"]
    ]
    return max(earlier, key=lambda other: other["in_force_from"], default=None)


def _differences(first: str, second: str) -> list[Row]:
    """One row a condition that was added, dropped or worded or required otherwise."""
    before, after = ({row["condition_id"]: row for row in _conditions()[name]} for name in (first, second))
    rows = [{"change": "dropped", "before": row, "after": None} for name, row in before.items() if name not in after]
    for name, row in after.items():
        earlier = before.get(name)
        if earlier is None:
            rows.append({"change": "added", "before": None, "after": row})
        elif name != PREMISE and any(earlier[part] != row[part] for part in _COMPARED):
            rows.append({"change": "changed", "before": earlier, "after": row})
    return rows
