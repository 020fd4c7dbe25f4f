"""The catalogue of quality rules: severity, stage, bilingual message and way out of each rule.

``rules/*.yml`` defines the meaning of a rule; the checks that enforce it are in ``expectations/``.
"""

from functools import lru_cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from tiers.schema.strict import Words
from warehouse.definition import Strict, read_definition, read_yaml, validated
from warehouse.errors import DefinitionError

HERE = Path(__file__).parent
REMOVES = ("reject", "quarantine")
"""Severities that exclude a row from the figures."""
KEPT_OUT = (*REMOVES, "hold")
"""Severities that keep out a row or, as those of the unit guard, a value of it."""

Severity = Literal["critical", "reject", "quarantine", "warn", "inform"]
Kind = Literal["not_data", "perhaps_data", "cell_unread"]
"""What a rule holds a row for: no data, no data unless a person confirms it, or a row with a cell that is not read."""


class Enforcement(Words):
    """How a rule without checks is enforced, and the test of it."""

    test: str


class Rule(Strict):
    """A quality rule; ``zh`` and ``en`` describe the failure, ``way`` names the way out."""

    id: str
    stage: str
    severity: Severity
    kind: Kind | None = None
    way: str
    zh: str
    en: str
    differs: Words | None = None
    """Why the severity differs from that of the field's rule book."""
    held_by: Enforcement | None = None
    reason: Words | None = None
    """Why the rule is not enforced, or not yet."""

    @property
    def removes(self) -> bool:
        """Whether rows that fail the rule are excluded from the figures."""
        return self.severity in REMOVES

    def message(self, lang: Literal["zh", "en"]) -> str:
        """The failure and the way out, in a language."""
        out: str = getattr(order().ways[self.way], lang)
        return f"{self.zh}。{out}" if lang == "zh" else f"{self.en}. {out}"


class Order(Strict):
    """The stages of checks in order, and the ways out by name."""

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
    """The stages and ways out of ``order.yml``."""
    path = HERE / "order.yml"
    return read_definition(Order, path)


@lru_cache
def families() -> dict[str, tuple[Words, list[Rule]]]:
    """Title and rules of each family, by file name."""
    return {path.stem: _family(path) for path in sorted((HERE / "rules").glob("*.yml"))}


def _family(path: Path) -> tuple[Words, list[Rule]]:
    content, lines = read_yaml(path)
    family = validated(_Family, content, path, lines)
    rule_lines = {trail[1:]: line for trail, line in lines.items() if trail[:1] == ("rules",)}
    rules = []
    for name, entry in family.rules.items():
        own = {trail[1:]: line for trail, line in rule_lines.items() if trail[:1] == (name,)}
        rule = validated(Rule, {"id": name, **entry}, path, own)
        if rule.stage not in order().stages or rule.way not in order().ways:
            raise DefinitionError(f"{path.name}:{rule_lines[name,]}: {name}: no such stage or way in order.yml")
        rules.append(rule)
    return family.title, rules


@lru_cache
def rules() -> dict[str, Rule]:
    """Every rule by id; raises ``DefinitionError`` for a duplicate id."""
    by_id: dict[str, Rule] = {}
    for _, family in families().values():
        for rule in family:
            if rule.id in by_id:
                raise DefinitionError(f"the rule {rule.id} is given twice")
            by_id[rule.id] = rule
    return by_id


@lru_cache
def ids_of(kind: Kind) -> tuple[str, ...]:
    """Sorted, as F01, F02."""
    return tuple(sorted(rule.id for rule in rules().values() if rule.kind == kind))


def rule_of(name: str) -> Rule:
    """The rule of an id; raises ``DefinitionError`` for an unknown id."""
    if name not in rules():
        raise DefinitionError(f"{name}: there is no such rule in quality/rules")
    return rules()[name]
