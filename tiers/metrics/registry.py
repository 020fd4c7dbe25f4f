"""The register of metrics; a fact itself is a metric too: ``founded_on``, ``revenue_y3``."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from tiers.facts import Fact, label, vocabulary
from tiers.quantity import Quantity, plain
from tiers.view import View

Formula = Callable[[View], Quantity]


@dataclass(frozen=True)
class Metric:
    """A quantity by name, with its unit and what people call it."""

    name: str
    unit: str
    zh: str
    en: str
    formula: Formula


_KNOWN: dict[str, Metric] = {}
_OF_A_YEAR = re.compile(r"^(.+)_y([0-5])$")
LOCKED = {"founded_on"}
"""Facts that nothing a firm does can change."""


def metric(unit: str, zh: str, en: str) -> Callable[[Formula], Formula]:
    """Register a formula under its function's name."""

    def register(formula: Formula) -> Formula:
        _KNOWN[formula.__name__] = Metric(formula.__name__, unit, zh, en, formula)
        return formula

    return register


def known() -> dict[str, Metric]:
    """The metrics that are computed, by name; facts come on top."""
    return dict(_KNOWN)


@lru_cache
def metric_of(name: str) -> Metric | None:
    """The metric called ``name``; None where neither a formula nor a fact is called so."""
    if name in _KNOWN:
        return _KNOWN[name]
    facts = vocabulary()
    if name in facts and not facts[name].is_yearly:
        return _of_the_day(facts[name])
    found = _OF_A_YEAR.match(name)
    stem = found and next((stem for stem in (found[1], f"{found[1]}_fen") if stem in facts), None)
    return _of_the_year(name, facts[stem], int(found[2])) if found and stem else None


def _of_the_day(fact: Fact) -> Metric:
    def formula(view: View) -> Quantity:
        return replace(plain(view.fact(fact.name)), locked=fact.name in LOCKED)

    return Metric(fact.name, fact.unit, fact.zh, fact.en, formula)


def _of_the_year(name: str, fact: Fact, ago: int) -> Metric:
    def formula(view: View) -> Quantity:
        return replace(plain(view.yearly(fact.name, ago)), locked=ago > 0)

    column = f"{fact.name}_y{ago}"
    return Metric(name, fact.unit, label(column, "zh"), label(column, "en"), formula)
