"""A zone's rules of assignment, ``assignment.yml`` in its home: to which officer a firm goes; the first that fits."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import Field, model_validator

from warehouse.definition import Strict, read_definition
from warehouse.errors import BadInput
from warehouse.home import Home

FILE = "assignment.yml"
EXAMPLE = Path(__file__).with_name(FILE)


class Rule(Strict):
    """Firms of an incubator, of divisions or of sectors go to an owner; a rule without any of these fits every firm."""

    id: str = Field(min_length=1)
    incubator: str | None = None
    park: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()
    owner: str = Field(min_length=1)
    deputy: str | None = None
    because: str = Field(min_length=1)

    @model_validator(mode="after")
    def _deputy_is_another(self) -> "Rule":
        if self.deputy == self.owner:
            raise ValueError(f"{self.id}: 副手应为另一人 the deputy is another person than the owner")
        return self

    def fits(self, firm: Mapping[str, Any]) -> bool:
        """Whether the rule is about a firm with ``incubator``, ``division_code`` and ``industry_code``."""
        return (
            self.incubator in (None, firm["incubator"])
            and _begins(firm["division_code"], self.park)
            and _begins(firm["industry_code"], self.sector)
        )


class AssignmentRules(Strict):
    """The rules in their order; their ids differ."""

    rules: tuple[Rule, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _ids_differ(self) -> "AssignmentRules":
        ids = [rule.id for rule in self.rules]
        if repeated := sorted({name for name in ids if ids.count(name) > 1}):
            raise ValueError(f"重复的规则 repeated rules: {', '.join(repeated)}")
        return self


def rules_of(home: Home) -> tuple[Rule, ...]:
    """The rules of a home; raises ``BadInput`` where it has none, ``DefinitionError`` with file and line."""
    path = home.root / FILE
    if not path.is_file():
        raise BadInput(
            f"{path} 不存在，没有分派规则；请照 {EXAMPLE} 的格式写一份",
            f"{path} is not there, so there are no rules of assignment: write one in the form of {EXAMPLE}",
        )
    return read_definition(AssignmentRules, path).rules


def rule_for(rules: Sequence[Rule], firm: Mapping[str, Any]) -> Rule | None:
    """The first rule that fits a firm."""
    return next((rule for rule in rules if rule.fits(firm)), None)


def _begins(code: str | None, beginnings: Sequence[str]) -> bool:
    return not beginnings or (code is not None and code.startswith(tuple(beginnings)))
