"""The catalogue of quality rules: each id once, with its severity, its stage, both messages and the way out.

``rules/*.yml`` says what a rule means; what holds it is found beside the tables (``checks/``), never stated here twice.
"""

from functools import lru_cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from warehouse.definition import Strict, read_yaml, validated
from warehouse.errors import DefinitionError
from warehouse.intake.feed import Words

HERE = Path(__file__).parent
REMOVES = ("reject", "quarantine")
"""Severities that keep a row out of the figures."""

Severity = Literal["critical", "reject", "quarantine", "warn", "inform"]


class Held(Words):
    """A rule that the way of the data itself holds, and the test that would notice if it did not."""

    test: str


class Rule(Strict):
    """One rule: what is wrong where it fires, and what the person who reads this can do."""

    id: str
    stage: str
    severity: Severity
    way: str
    zh: str
    en: str
    differs: Words | None = None
    """Why the severity is not the one of the field's rule book."""
    held_by: Held | None = None
    reason: Words | None = None
    """Why the rule is not held, or not yet."""

    @property
    def removes(self) -> bool:
        """Whether a row on which the rule fires leaves the figures."""
        return self.severity in REMOVES

    def message(self, lang: Literal["zh", "en"]) -> str:
        """What is wrong and the way out, in one language."""
        out: str = getattr(order().ways[self.way], lang)
        return f"{self.zh}。{out}" if lang == "zh" else f"{self.en}. {out}"


class Order(Strict):
    """The stages in which rules are asked, first to last, and the ways out that messages name."""

    stages: dict[str, Words] = Field(min_length=1)
    ways: dict[str, Words]


class _Family(Strict):
    title: Words
    rules: dict[str, dict[str, object]]

    @model_validator(mode="after")
    def _has_rules(self) -> Self:
        if not self.rules:
            raise ValueError("a family has rules")
        return self


@lru_cache
def order() -> Order:
    """The order of work."""
    path = HERE / "order.yml"
    content, lines = read_yaml(path)
    return validated(Order, content, path, lines)


@lru_cache
def families() -> dict[str, tuple[Words, list[Rule]]]:
    """The families of the catalogue by file name, each with its rules in their order."""
    return {path.stem: _family(path) for path in sorted((HERE / "rules").glob("*.yml"))}


def _family(path: Path) -> tuple[Words, list[Rule]]:
    content, lines = read_yaml(path)
    family = validated(_Family, content, path, lines)
    below = {trail[1:]: line for trail, line in lines.items() if trail[:1] == ("rules",)}
    rules = []
    for name, entry in family.rules.items():
        own = {trail[1:]: line for trail, line in below.items() if trail[:1] == (name,)}
        rule = validated(Rule, {"id": name, **entry}, path, own)
        if rule.stage not in order().stages or rule.way not in order().ways:
            raise DefinitionError(f"{path.name}:{below[name,]}: {name}: no such stage or way in order.yml")
        rules.append(rule)
    return family.title, rules


@lru_cache
def rules() -> dict[str, Rule]:
    """Every rule by its id; an id that two families give is an error."""
    by_id: dict[str, Rule] = {}
    for _, family in families().values():
        for rule in family:
            if rule.id in by_id:
                raise DefinitionError(f"the rule {rule.id} is given twice")
            by_id[rule.id] = rule
    return by_id


def rule_of(name: str) -> Rule:
    """The rule of an id; a check that names another is refused."""
    if name not in rules():
        raise DefinitionError(f"{name}: there is no such rule in quality/rules")
    return rules()[name]
