"""Which conditions can never be met again once they fail, as ``tiers/closing.yml`` states them."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from tiers.schema.condition import Closing, Comparison, Conduct, Kind, Leaf
from tiers.schema.facts import of_years
from tiers.schema.strict import Strict
from tiers.yaml_file import YamlFile

Operator = Literal["at_least", "more_than", "at_most", "less_than", "is"]


class ClosingKind(Strict):
    """Why a failing condition closes, by figure the operators that close, and of conduct the windows that do."""

    zh: str
    en: str
    figures: dict[str, tuple[Operator, ...]] = Field(default_factory=dict)
    during: tuple[str, ...] = ()


class LeftOpen(Strict):
    """What was weighed and does not close, with the reason."""

    what: str
    zh: str
    en: str


class ClosingRules(Strict):
    """The content of ``closing.yml``."""

    not_in: tuple[Kind, ...]
    kinds: dict[Closing, ClosingKind]
    left_open: tuple[LeftOpen, ...]


@lru_cache
def closing_rules() -> ClosingRules:
    """The rules; ``DefinitionError`` with file and line where an entry is invalid."""
    file = YamlFile(Path(__file__).parents[1] / "closing.yml")
    return file.validated(ClosingRules, file.content, ())


def closes(leaf: Leaf, kind: Kind) -> str:
    """How a failing condition of an edition of this kind closes: age, size or past; empty where it does not."""
    rules = closing_rules()
    if kind in rules.not_in or leaf.closes == "nothing":
        return ""
    if leaf.closes is not None:
        return leaf.closes
    return next((name for name, closing in rules.kinds.items() if _applies(closing, leaf)), "")


def _applies(closing: ClosingKind, leaf: Leaf) -> bool:
    if isinstance(leaf, Conduct):
        return leaf.during in closing.during and not leaf.present
    if not isinstance(leaf, Comparison) or leaf.by is not None:
        return False
    figures = _of_each_year(closing)
    return all(operator in figures.get(figure, ()) for figure, operator in _readings(leaf))


def _of_each_year(closing: ClosingKind) -> dict[str, tuple[Operator, ...]]:
    """The operators that close by the names of the figures, a yearly one under the name of each year."""
    return {name: operators for figure, operators in closing.figures.items() for name in (figure, *of_years(figure))}


def _readings(leaf: Comparison) -> Iterator[tuple[str, str]]:
    """Figure and operator of each reading of the words: the condition fails where all of them do."""
    ((operator, _),) = leaf.tests
    yield leaf.metric, operator
    if leaf.also_read_as is not None:
        yield leaf.also_read_as, operator
    if leaf.contested is not None:
        yield from ((leaf.contested.metric or leaf.metric, contested) for contested, _ in leaf.contested.tests)
