"""Trying out several figures of one firm at once: what may be changed, which verdicts change, and each margin then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from service.case_rules import case_rules
from service.queries.firm import replay
from tiers import evaluate, load_rulebook
from tiers.errors import TierError
from tiers.fact_input import parse_fact
from tiers.schema.edition import Edition
from tiers.schema.facts import ago_of, fact_of, label, schema
from tiers.schema.ladder import ladder
from tiers.smallest_change.figures import changeable
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release import releases
from warehouse.release.releases import Published
from warehouse.rows import Row

UNIT_OF_FORM = {"money": 10**6}
"""What one unit of a field of the form is in the stored figure where they differ: 万元 of fen."""
SHOWN_TRACKS = ("ladder", "side", "beside")
"""The tracks whose verdicts are compared; a yardstick grants nothing."""
MOST_FIGURES = 8
NUMBERS = ("money", "people", "count", "percent")


@dataclass(frozen=True)
class Basis:
    """What trials of a firm rest on: its row of facts, the day, the edition that is aimed at, the others in force."""

    facts: pl.DataFrame
    day: date
    edition: Edition
    editions: Sequence[Edition]


def basis(home: Home, firm_id: str, designation: str) -> Basis:
    """The basis of trials towards a designation; raises ``BadInput`` where no edition in force decides it."""
    run = Published(home).rows("select day, place from desk_run__summary")[0]
    chosen = load_rulebook(place=run["place"]).selected(run["day"], run["place"])
    editions = [edition for edition in chosen if ladder()[edition.designation].track in SHOWN_TRACKS]
    aimed = next((edition for edition in editions if edition.designation == designation), None)
    if aimed is None:
        raise BadInput(
            f"{run['day']} 没有 {designation} 的现行规定", f"on {run['day']} no edition decides {designation}"
        )
    facts = replay.facts_on(releases.current(home), firm_id, run["day"])
    if facts.is_empty():
        raise BadInput(f"{run['day']} 时还没有这家企业", f"on {run['day']} there was no such firm yet")
    return Basis(facts, run["day"], aimed, editions)


def figures(start: Basis) -> list[Row]:
    """The figures that the aimed edition rests on and that can change: fact, words, unit, value, ``high`` of a slider.

    Those of conditions that fail or lack a figure come first; ``value`` is in the unit of the form, None where it is
    not known.
    """
    open_to_change = changeable(start.facts, start.edition.offset(start.day), start.day)
    names = [name for name in _in_order(start) if name in open_to_change or _is_lacking(start, name)]
    return [_figure(start.facts, name) for name in names[:MOST_FIGURES]]


def contestable(home: Home, firm_id: str) -> list[Row]:
    """The numbers among the facts of a firm: fact, words, value in the unit of a form; ``unit`` and ``type``."""
    day = Published(home).rows("select day from desk_run__summary")[0]["day"]
    facts = replay.facts_on(releases.current(home), firm_id, day)
    if facts.is_empty():
        return []
    names = [name for name in facts.columns if name in schema() and name != "firm_id"]
    known = [name for name in names if facts[name].item() is not None and _is_contestable(name)]
    return [_figure(facts, name) for name in known if fact_of(name).type in NUMBERS and not fact_of(name).bound_of]


def _is_contestable(name: str) -> bool:
    ago = ago_of(name)
    return fact_of(name).contestable or (ago is not None and ago < case_rules().contested_years)


def try_out(start: Basis, changes: Mapping[str, str]) -> Row:
    """The verdicts that differ with other figures, and every condition of the aimed edition before and after.

    ``changes`` by fact, as a form gives them: a number in the unit of the form, empty where it is not known. Raises
    ``BadInput`` for what is no such number.
    """
    typed = dict(_stored(name, text) for name, text in changes.items() if not _is_as_it_is(start, name, text))
    columns = [pl.lit(value).cast(start.facts.schema[name]).alias(name) for name, value in typed.items()]
    both = pl.concat([start.facts, start.facts.with_columns(pl.lit(_AFTER).alias("firm_id"), *columns)])
    answer = evaluate(both, list(start.editions), start.day)
    before, after = _apart(answer.verdicts, "edition_id")
    return {
        "verdicts": [
            {**after[name], "before": row["outcome"], "was_closed": row["is_closed"], **_title(row["designation"])}
            for name, row in before.items()
        ],
        "conditions": _conditions(evaluate(both, [start.edition], start.day).findings(), start.edition),
        "outcome": after[start.edition.id]["outcome"],
    }


_AFTER = "after"
"""The number of the firm as it would be; no firm has it."""


def _apart(rows: pl.DataFrame, key: str) -> tuple[dict[str, Row], dict[str, Row]]:
    """The rows of the firm as it is, and as it would be, by a column."""
    before = {row[key]: row for row in rows.filter(pl.col("firm_id") != _AFTER).to_dicts()}
    after = {row[key]: row for row in rows.filter(pl.col("firm_id") == _AFTER).to_dicts()}
    return before, after


def _conditions(findings: pl.DataFrame, edition: Edition) -> list[Row]:
    words = load_rulebook().tables()["ref_conditions"].filter(pl.col("edition_id") == edition.id)
    worded = {row["condition_id"]: row for row in words.to_dicts()}
    before, after = _apart(findings, "condition_id")
    return [{**worded[name], **after[name], "before": before[name]} for name in before]


def _title(designation: str) -> Row:
    rung = ladder()[designation]
    return {"zh": rung.zh, "en": rung.en}


def _in_order(start: Basis) -> list[str]:
    """The facts of the aimed edition, first those of conditions that are not met."""
    findings = evaluate(start.facts, [start.edition], start.day).findings().to_dicts()
    findings.sort(key=lambda row: (row["outcome"] == "met", row["is_closed"], not row["is_deciding"]))
    book = load_rulebook()
    facts = [
        fact
        for row in findings
        for fact in book.inputs(start.edition.id, row["condition_id"], start.day)
        if fact in schema()
    ]
    return [name for name in dict.fromkeys(facts) if fact_of(name).type in NUMBERS]


def _is_lacking(start: Basis, name: str) -> bool:
    """A figure that is not known, of the last year or of the day; a firm of this year has none of last year."""
    ends = fact_of(name)
    return start.facts[name].item() is None and (ago_of(name) == 0 or not ends.is_yearly) and not ends.bound_of


def _value(facts: pl.DataFrame, name: str) -> float | None:
    """A figure in the unit of the form."""
    stored = facts[name].item()
    return None if stored is None else float(Decimal(str(stored)) / UNIT_OF_FORM.get(fact_of(name).type, 1))


def _is_as_it_is(start: Basis, name: str, text: str) -> bool:
    """Whether a form gives a figure back as it was drawn, which is exact where the form is not."""
    value = _value(start.facts, name) if name in schema() else None
    try:
        return value == (float(text) if text.strip() else None) and name in schema()
    except ValueError:
        return False


def _figure(facts: pl.DataFrame, name: str) -> Row:
    fact, value = fact_of(name), _value(facts, name)
    return {
        "fact": name,
        "zh": label(name, "zh"),
        "en": label(name, "en"),
        "type": fact.type,
        "unit": fact.unit,
        "value": value,
        "high": _reach(value),
    }


def _reach(value: float | None) -> float | None:
    """How far a slider goes: twice what is, in round numbers; none where nothing is known."""
    if not value or value < 0:
        return None
    size = 10 ** (len(str(int(value * 2))) - 1)
    return float((int(value * 2) // size + 1) * size)


def _stored(name: str, text: str) -> tuple[str, Any]:
    if name not in schema():
        raise BadInput(f"没有名为 {name} 的数据", f"no fact is called {name}")
    fact, written = fact_of(name), text.strip()
    if written and fact.type == "money":
        written += {"usd": "万美元", "eur": "万欧元"}.get(fact.unit, "万元")
    try:
        return parse_fact(name, written)
    except TierError as error:
        raise BadInput(
            f"{label(name, 'zh')}：{text} 不是可用的数", f"{label(name, 'en')}: {text} is no number"
        ) from error
