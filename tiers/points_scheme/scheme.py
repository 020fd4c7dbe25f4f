"""The models of a points scheme; frozen, unknown keys are errors.

An indicator's curve states what share of its weight a value earns: by ``steps``, along a ``linear`` stretch, or by its
place among the firms of the same phase (``quantile``). Points are kept in tenths and rounded down to a tenth.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from tiers.schema.condition import Confidence, Identifier, OneTest, Value
from tiers.schema.edition import Document, InForce
from tiers.schema.points import Tenths
from tiers.schema.strict import Strict, Words
from tiers.schema.terms import exact


def _share(written: object) -> Fraction:
    share = exact(written)
    if not 0 <= share <= 1:
        raise ValueError(f"{written!r} is not a share between 0 and 100%")
    return share


Share = Annotated[Fraction, BeforeValidator(_share)]


class Step(OneTest):
    """A test and the share of the weight it earns; of several the first that passes counts."""

    share: Share


class Linear(Strict):
    """Nothing at ``from``, the whole weight at ``to``; ``to`` may lie below ``from`` where less is better."""

    from_: Value = Field(alias="from")
    to: Value

    @model_validator(mode="after")
    def _is_a_stretch(self) -> Self:
        if self.from_.unit != self.to.unit or self.from_.amount == self.to.amount:
            raise ValueError("from and to are two values of one unit")
        return self


class Quantile(Strict):
    """Who has fewer than this share of the known firms of its phase before it, and what share that earns."""

    top: Share
    share: Share


class Indicator(Strict):
    """A second-level indicator; without ``metric`` no figure is at hand, so it is always missing."""

    id: Identifier
    zh: str
    en: str
    confidence: Confidence | None = None
    metric: str | None = None
    weights: dict[str, Tenths] | None = None
    steps: tuple[Step, ...] = ()
    linear: Linear | None = None
    quantile: tuple[Quantile, ...] = ()
    floor: Tenths = 0
    cap: Tenths | None = None
    missing: Literal["range", "zero"] = "range"
    undefined: Literal["range", "zero"] = "zero"
    negative: Literal["zero", "deduct", "unknown"] = "zero"

    @model_validator(mode="after")
    def _has_one_curve(self) -> Self:
        curves = sum((bool(self.steps), self.linear is not None, bool(self.quantile)))
        if curves > 1 or (self.weights is not None and self.metric is not None and curves != 1):
            raise ValueError("write exactly one curve: steps, linear or quantile")
        if self.floor > 0:
            raise ValueError("a floor is zero or less; what everybody gets is no point")
        return self


class Group(Strict):
    """A first-level indicator; its points together may be capped."""

    id: Identifier
    zh: str
    en: str
    cap: Tenths | None = None
    of: tuple[Indicator, ...] = Field(min_length=1)


class Phase(Strict):
    """A phase of a firm's life: firms with ``phase_by`` below this value; the last phase is open."""

    id: Identifier
    zh: str
    en: str
    below: Value | None = None


class Scheme(Strict):
    """A points scheme of one place in one version."""

    id: str
    place: str
    title: Words
    document: Document
    in_force: InForce
    is_example: bool = False
    total: Tenths | None = None
    phase_by: str | None = None
    phases: tuple[Phase, ...] = Field(min_length=1)
    groups: tuple[Group, ...] = Field(min_length=1)
    notes: tuple[Words, ...] = ()

    @property
    def indicators(self) -> Iterator[tuple[Group, Indicator]]:
        """Every second-level indicator with its first-level one."""
        return ((group, indicator) for group in self.groups for indicator in group.of)

    @property
    def has_weights(self) -> bool:
        """Whether it can score: a scheme without weights is a list of names."""
        return all(indicator.weights is not None for _, indicator in self.indicators)

    @property
    def is_relative(self) -> bool:
        """Whether points depend on the other firms scored with it."""
        return any(indicator.quantile for _, indicator in self.indicators)
