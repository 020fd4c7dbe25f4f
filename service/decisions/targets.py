"""Sets and revises targets of the plan: statements that a page and the terminal make, and that the next run reads."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.decisions.case_events import append, repeated
from service.decisions.signed import Signed
from service.queries.zone.entered_targets import KIND, checked_measure, checked_year, stream_of
from tiers.movement.measures import Measure, measures
from tiers.schema.strict import Words
from warehouse.casebook.book import Book
from warehouse.casebook.events import Draft, Event
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.rows import Row

QUARTERS = {"Q1": (3, 31), "Q2": (6, 30), "Q3": (9, 30), "Q4": (12, 31)}
"""By when a target is due, where no day is named: the last month and day of a quarter."""
LONGEST = 200
"""Signs of a zone, a document or a reason."""
_NUMBER = re.compile(r"\d{1,9}(\.\d{1,4})?")


@dataclass(frozen=True)
class Target:
    """A target as typed; ``due`` is a quarter of the year such as Q4, or a day of it."""

    zone: str
    measure: str
    year: str
    number: str
    due: str
    document: str


class WrongFields(BadInput):
    """Fields of a target are wrong: ``faults`` by field, each in both languages."""

    def __init__(self, faults: Mapping[str, Words]) -> None:
        super().__init__(
            "\n".join(words.zh for words in faults.values()), "\n".join(words.en for words in faults.values())
        )
        self.faults = dict(faults)


def set_target(home: Home, typed: Target, signed: Signed) -> Event:
    """The statement of a target, in the place of the one before; the same form twice makes it once.

    Raises ``WrongFields``, and ``BothVersions`` where somebody set it since ``signed.version``.
    """
    content = _checked(typed, signed.why)
    book, stream = Book(home), stream_of(content["zone"], content["year"], content["measure"])
    if earlier := repeated(book, stream, signed):
        return earlier
    draft = Draft(stream, KIND, content, signed.why, version=signed.version, request=signed.request)
    return append(book, [draft], signed)[0]


def _checked(typed: Target, why: str) -> Row:
    """The content of the statement; raises ``WrongFields`` with every fault at once."""
    faults: dict[str, Words] = {}

    def part(field: str, read: Callable[[], Any]) -> Any:
        try:
            return read()
        except BadInput as error:
            faults[field] = Words(zh=error.zh, en=error.en)
            return None

    measure = part("measure", lambda: checked_measure(typed.measure))
    year = part("year", lambda: checked_year(typed.year))
    content = {
        "zone": part("zone", lambda: _text(typed.zone, "高新区的名称", "the name of the zone")),
        "year": year,
        "measure": measure,
        "target": part("number", lambda: _number(typed.number, measures().measures.get(measure or ""))),
        "unit": measures().measures[measure].unit if measure else None,
        "document": part("document", lambda: _text(typed.document, "依据文件", "the document that sets it")),
        "due_on": part("due", lambda: _due(typed.due, year)),
    }
    part("why", lambda: _text(why, "理由", "the reason"))
    if faults:
        raise WrongFields(faults)
    return content


def _number(text: str, measure: Measure | None) -> float:
    """A number of firms is whole, a share at most 100."""
    digits = text.strip().replace(",", "").replace("，", "")
    if not _NUMBER.fullmatch(digits):
        raise BadInput(
            f"目标值应为不小于 0 的数，如 300 或 8.5，而不是“{text}”",
            f"a target is a number of 0 or more, as 300 or 8.5, not {text!r}",
        )
    number = float(digits)
    if measure is not None and measure.unit != "%" and number != math.floor(number):
        raise BadInput(f"家数应为整数，而不是 {text}", f"a number of firms is whole, not {text}")
    largest = measures().largest.get(measure.unit) if measure is not None else None
    if largest is not None and number > largest:
        raise BadInput(f"比例不超过 {largest}%，而不是 {text}", f"a share is at most {largest}%, not {text}")
    return number


def _due(text: str, year: int | None) -> str:
    written = text.strip()
    if written in QUARTERS:
        return date(year or measures().years[0], *QUARTERS[written]).isoformat()
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise BadInput(
            f"完成时限应为季度 Q1 至 Q4，或一天，如 2026-12-31，而不是“{text}”",
            f"due is a quarter, Q1 to Q4, or a day such as 2026-12-31, not {text!r}",
        ) from None
    if year is not None and day.year != year:
        raise BadInput(f"完成时限 {day} 不在 {year} 年内", f"due on {day} is not within {year}")
    return day.isoformat()


def _text(text: str, zh: str, en: str) -> str:
    """A line without blanks around it."""
    written = " ".join(text.split())
    if not written:
        raise BadInput(f"请写明{zh}", f"state {en}")
    if len(written) > LONGEST:
        raise BadInput(f"{zh}最多 {LONGEST} 字", f"{en} has at most {LONGEST} signs")
    return written
