"""Benefits as rules: which a firm is entitled to on a day, and why not; data in ``policies.yml``."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from tiers.benefits.reliefs import benefits
from tiers.schema.condition import Confidence, Identifier
from tiers.schema.facts import ago_of, label, vocabulary
from tiers.schema.ladder import ladder
from tiers.schema.strict import Strict, Words
from tiers.yaml_file import YamlFile

WRITTEN = Path(__file__).with_suffix(".yml")
Answer = Literal["entitled", "judgement", "unknown", "not_entitled", "not_in_force"]


class Group(Words):
    """Policies of which a firm takes one, by which text."""

    document: str
    confidence: Confidence


class Need(Words):
    """A fact that must be more than a number, or be true or false."""

    fact: Identifier
    more_than: int | None = None
    is_: bool | None = Field(None, alias="is")

    @model_validator(mode="after")
    def _has_one_test(self) -> Self:
        if (self.more_than is None) == (self.is_ is None):
            raise ValueError("write more_than or is")
        return self

    def holds(self, value: Any) -> bool:
        """Whether a known value passes."""
        return bool(value > self.more_than) if self.more_than is not None else value is self.is_


class RdShare(Strict):
    """Deducts R&D on top at the share of a kind of ``rd_extra``."""

    rd: Identifier


class Policy(Words):
    """A benefit: from when to when, for whom, and its effect on income tax, where it has one that is computed."""

    from_: date = Field(alias="from")
    to: date | None = None
    holds: tuple[Identifier, ...] = ()
    needs: tuple[Need, ...]
    judged: Words | None = None
    automatic: bool
    group: Identifier | None = None
    effect: Literal["reduced_rate", "small_firm"] | RdShare | None = None
    document: str
    confidence: Confidence


class Policies(Strict):
    """The content of ``policies.yml``."""

    groups: dict[Identifier, Group]
    policies: dict[Identifier, Policy]


@dataclass(frozen=True)
class Entitlement:
    """Whether a firm is entitled to a policy, and what decides it in words."""

    policy: str
    answer: Answer
    because: Words


@lru_cache
def policies(path: Path = WRITTEN) -> Policies:
    """The policies; raises ``DefinitionError`` with file and line."""
    file = YamlFile(path)
    content = file.validated(Policies, file.content, ())
    for name, policy in content.policies.items():
        for message in _mistakes(content, policy):
            raise file.error(("policies", name), message)
    return content


def _mistakes(content: Policies, policy: Policy) -> Iterator[str]:
    if policy.group is not None and policy.group not in content.groups:
        yield f"no group is called {policy.group}"
    for title in set(policy.holds) - ladder().keys():
        yield f"no designation is called {title}"
    for need in policy.needs:
        if need.fact not in vocabulary() and ago_of(need.fact) != 0:
            yield f"no fact is called {need.fact}"
    if isinstance(policy.effect, RdShare) and policy.effect.rd not in benefits().rd_extra:
        yield f"no kind of R&D is called {policy.effect.rd}"
    if policy.effect is not None and policy.group is None:
        yield "a policy with an effect on income tax belongs to a group"


def entitlement(name: str, held: Collection[str], facts: Mapping[str, Any], day: date) -> Entitlement:
    """Whether a firm with these titles and facts is entitled; a missing figure is unknown, never no."""
    policy = policies().policies[name]
    if day < policy.from_ or (policy.to is not None and day > policy.to):
        until = f"{policy.from_} – {policy.to or ''}"
        return Entitlement(name, "not_in_force", Words(zh=f"有效期 {until}", en=f"in force {until}"))
    if policy.holds and not set(policy.holds) & set(held):
        titles = [ladder()[title] for title in policy.holds]
        zh, en = "或".join(title.zh for title in titles), " or ".join(title.en for title in titles)
        return Entitlement(name, "not_entitled", Words(zh=f"须持有 {zh}", en=f"the title {en} must be held"))
    return _by_figures(name, policy, facts)


def _by_figures(name: str, policy: Policy, facts: Mapping[str, Any]) -> Entitlement:
    for need in policy.needs:
        value = facts.get(need.fact)
        if value is not None and not need.holds(value):
            return Entitlement(name, "not_entitled", Words(zh=f"不符：{need.zh}", en=f"fails: {need.en}"))
    missing = [need.fact for need in policy.needs if facts.get(need.fact) is None]
    if missing:
        zh, en = "、".join(label(fact, "zh") for fact in missing), ", ".join(label(fact, "en") for fact in missing)
        return Entitlement(name, "unknown", Words(zh=f"缺 {zh}", en=f"{en} missing"))
    if policy.judged is not None:
        return Entitlement(name, "judgement", policy.judged)
    return Entitlement(name, "entitled", Words(zh="条件均符合", en="every condition is met"))
