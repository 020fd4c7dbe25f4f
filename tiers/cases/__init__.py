"""The boundary cases of editions: on an edge, one step beyond it, a figure missing, the days around the ends.

One file mirrors one edition: ``cases/<designation>/<place>/<edition>.yml``.

    met: {revenue_y0: 2000 万元, …}                     a firm that meets all that can be counted
    in_force: {2015-12-31: false, 2016-01-01: true}
    wordings:                                            days on which a condition binds, where not always
      not_restricted: {2021-12-31: false, 2022-01-01: true}
    conditions:
      staff_at_most_500:                                 changes to that firm, and what the condition says then
        - [{staff_mean_quarterly_y0: 500}, met, SME-SZ-01]            the number it is known by, if any,
        - [{staff_mean_quarterly_y0: 501}, not_met, {note: a sentence}]    or what it shows
      sales_at_most_200m: {revenue_y0: [2 亿元, 200000000.01 元]}   on its edge, beyond it, and missing
    verdicts:
      - {id: HN-X, note: a sentence, firm: {…}, expect: unknown, deciding: …, missing: …, route: …}
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tiers.fact_input import parse_fact
from tiers.schema import facts
from tiers.schema.edition import Edition
from tiers.yaml_file import YamlFile

if TYPE_CHECKING:
    import polars as pl

CASES = Path(__file__).parent


@dataclass(frozen=True, eq=False)
class Case:
    """A firm on a day, for an edition; ``condition`` is empty where the verdict is meant, ``id`` without a number.

    ``changes`` is what the firm has otherwise than the one that meets everything.
    """

    edition: str
    name: str
    day: date
    firm: Mapping[str, Any]
    expect: str
    condition: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    changes: Mapping[str, Any] = field(default_factory=dict)
    id: str = ""

    def __str__(self) -> str:
        return f"{self.edition} {self.name}"


def cases_of(edition: str, content: Mapping[str, Any]) -> Iterator[Case]:
    """First the case that meets everything, then those of ``conditions``, which state what they change in it."""
    day, met = content.get("day", _usual_day()), content["met"]
    yield Case(edition, "meets everything", day, met, content.get("expect", "met"))
    for condition, rows in content.get("conditions", {}).items():
        for number, (changes, expect, *named) in enumerate(rows_of(rows), 1):
            known = next(iter(named), f"{condition} {number}")
            case_id, name = ("", known["note"]) if isinstance(known, dict) else (known if named else "", known)
            firm, changed = {**met, **changes}, _without_day(changes)
            yield Case(edition, name, firm.pop("day", day), firm, expect, condition, changes=changed, id=case_id)
    for row in content.get("verdicts", []):
        details = {key: row[key] for key in ("deciding", "missing", "route") if key in row}
        case_id = row.get("id", "")
        name, firm = f"{case_id} {row['note']}".strip(), {**met, **row["firm"]}
        on = row.get("day", day)
        yield Case(edition, name, on, firm, row["expect"], details=details, changes=row["firm"], id=case_id)


@cache
def _usual_day() -> date:
    day: date = YamlFile(CASES / "terms.yml").content["usual_day"]
    return day


def _without_day(changes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in changes.items() if name != "day"}


def rows_of(written: list[Any] | dict[str, Any]) -> list[Any]:
    """The rows of a condition; the short form gives the figure on its edge and the next beyond, missing is implied."""
    if isinstance(written, list):
        return written
    also, fails = written.get("with", {}), written.get("otherwise", "not_met")
    ((fact_name, (on_edge, beyond)),) = (item for item in written.items() if item[0] not in ("with", "otherwise"))
    answers = ((on_edge, "met"), (beyond, fails), (None, "unknown"))
    return [[{**also, fact_name: value}, answer] for value, answer in answers]


def frame(firms: list[Mapping[str, Any]]) -> "pl.DataFrame":
    """Firms as facts; amounts and names are written as in editions: ``revenue_y0: 5000 万元``."""
    return facts.frame([dict(parse_fact(name, value) for name, value in firm.items()) for firm in firms])


def results(edition: Edition, group: Iterable[Case]) -> dict[Case, Mapping[str, Any]]:
    """The result row of some cases of an edition: of its condition or its verdict."""
    from tiers.evaluation.one_pass import evaluate

    rows: dict[Case, Mapping[str, Any]] = {}
    by_day: dict[date, list[Case]] = {}
    for case in group:
        by_day.setdefault(case.day, []).append(case)
    for day, of_the_day in by_day.items():
        result = evaluate(frame([case.firm for case in of_the_day]), [edition], day)
        verdicts = {row["firm_id"]: row for row in result.verdicts.to_dicts()}
        findings = {(row["firm_id"], row["condition_id"]): row for row in result.findings().to_dicts()}
        for number, case in enumerate(of_the_day, 1):
            key = f"F{number}"
            rows[case] = findings[key, case.condition] if case.condition else verdicts[key]
    return rows
