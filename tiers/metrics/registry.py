"""The register of metrics; a fact itself is a metric too: ``founded_on``, ``revenue_y3``."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from tiers.columns.quantity import Quantity, plain
from tiers.columns.view import View
from tiers.schema.facts import YEARS, Fact, label, of_years, vocabulary

Formula = Callable[[View], Quantity]


@dataclass(frozen=True)
class Metric:
    """A quantity by name, with its unit and what people call it."""

    name: str
    unit: str
    zh: str
    en: str
    formula: Formula


FormulaOfYear = Callable[[View, int], Quantity]

_METRICS: dict[str, Metric] = {}
LOCKED = {"founded_on"}
"""Facts that nothing a firm does can change."""


def metric(unit: str, zh: str, en: str) -> Callable[[Formula], Formula]:
    """Register a formula under its function's name."""

    def register(formula: Formula) -> Formula:
        _METRICS[formula.__name__] = Metric(formula.__name__, unit, zh, en, formula)
        return formula

    return register


def metric_of_years(unit: str, zh: str, en: str) -> Callable[[FormulaOfYear], FormulaOfYear]:
    """Register a formula for each year that can be asked: ``debt_ratio`` as ``debt_ratio_y0`` … ``debt_ratio_y4``."""

    def register(formula: FormulaOfYear) -> FormulaOfYear:
        for ago in YEARS[:-1]:
            name = f"{formula.__name__}_y{ago}"
            zh_of, en_of = (
                (f"上年{zh}", f"{en}, last year")
                if ago == 0
                else (f"{zh}（前{ago + 1}年）", f"{en}, {ago + 1} years back")
            )
            _METRICS[name] = Metric(name, unit, zh_of, en_of, partial(_of_year, formula, ago))
        return formula

    return register


def _of_year(formula: FormulaOfYear, ago: int, view: View) -> Quantity:
    return formula(view, ago)


@lru_cache
def metric_of(name: str) -> Metric | None:
    """The metric called ``name``; None where neither a formula nor a fact is called so."""
    if name in _METRICS:
        return _METRICS[name]
    facts = vocabulary()
    if name in facts and not facts[name].is_yearly:
        return _of_the_day(facts[name])
    of_a_year = _of_years().get(name)
    return _of_the_year(name, *of_a_year) if of_a_year else None


@lru_cache
def _of_years() -> dict[str, tuple[Fact, int]]:
    """Each yearly fact with its year, by column and without the unit of money: ``revenue_fen_y3``, ``revenue_y3``."""
    yearly = [fact for fact in vocabulary().values() if fact.is_yearly]
    return {
        name: (fact, ago)
        for unit in ("_cents", "_fen", "")
        for fact in yearly
        for ago, name in enumerate(of_years(fact.name.removesuffix(unit)))
    }


def _of_the_day(fact: Fact) -> Metric:
    def formula(view: View) -> Quantity:
        return replace(plain(view.fact(fact.name)), locked=fact.name in LOCKED)

    return Metric(fact.name, fact.unit, fact.zh, fact.en, formula)


def _of_the_year(name: str, fact: Fact, ago: int) -> Metric:
    def formula(view: View) -> Quantity:
        return replace(plain(view.yearly(fact.name, ago)), locked=ago > 0)

    column = f"{fact.name}_y{ago}"
    return Metric(name, fact.unit, label(column, "zh"), label(column, "en"), formula)
