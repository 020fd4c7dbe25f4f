"""The boundary cases of an edition, each answered as it is asked: on an edge, one step beyond, missing."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from tiers import Edition, load_rulebook
from tiers.cases import CASES, Case, cases_of, results
from tiers.fact_input import parse_fact
from tiers.messages.verdict import show_fact
from tiers.schema.facts import label
from tiers.yaml_file import YamlFile
from warehouse.rows import Row

LANGS = ("zh", "en")


@cache
def cases_of_rulebook(edition_id: str) -> Row:
    """As ``cases_from``, of an edition of the rule book, which stays while a process lives."""
    return cases_from(CASES / f"{edition_id}.yml", load_rulebook().edition(edition_id))


def cases_from(path: Path, edition: Edition) -> Row:
    """``days`` with whether it is in force; ``base``, the figures of a firm that meets all; ``rows``, a case each.

    Of a case: ``condition_id`` (empty: the whole edition), ``id`` (empty: it has none), ``name``, ``day``, ``figures``
    that differ from the base, ``outcome`` and ``expect``. Where there is no file of cases all are empty. Raises
    ``TierError`` for a spoilt file.
    """
    if not path.is_file():
        return {"days": [], "base": [], "rows": []}
    content = YamlFile(path).content
    answered = results(edition, cases_of(edition.id, content))
    days = [{"day": day, "is_in_force": edition.is_in_force(day)} for day in sorted(content.get("in_force", ()))]
    rows = [_row(case, answer) for case, answer in answered.items() if case.changes or case.condition]
    return {"days": days, "base": _figures(content["met"]), "rows": _in_order(rows, edition)}


def _row(case: Case, answer: Mapping[str, Any]) -> Row:
    return {
        "condition_id": case.condition,
        "id": case.id,
        "name": case.name,
        "day": case.day,
        "figures": _figures(case.changes),
        "outcome": answer["outcome"],
        "expect": case.expect,
    }


def _in_order(rows: list[Row], edition: Edition) -> list[Row]:
    """By condition in the order of the edition, last those about the whole of it; of one condition as written."""
    rank = {leaf.id: number for number, leaf in enumerate(edition.leaves())}
    return sorted(rows, key=lambda row: rank.get(row["condition_id"], len(rank)))


def _figures(written: Mapping[str, Any]) -> list[Row]:
    return [_figure(*parse_fact(name, value)) for name, value in written.items()]


def _figure(column: str, stored: Any) -> Row:
    words = {f"value_{lang}": _shown(column, stored, lang) for lang in LANGS}
    return {"label_zh": label(column, "zh"), "label_en": label(column, "en"), "is_known": stored is not None, **words}


def _shown(column: str, stored: Any, lang: str) -> str:
    if isinstance(stored, str):
        return stored
    return stored.isoformat() if isinstance(stored, date) else show_fact(column, stored, lang)
