"""Who asks, which firms they may see, and what their role lets them do with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from tiers.schema.strict import Words
from warehouse.definition import Strict, read_yaml
from warehouse.errors import BadInput
from warehouse.release.desk.desk import KINDS as KINDS
from warehouse.release.desk.desk import NO_PARK as NO_PARK
from warehouse.release.desk.desk import Kind as Kind

Right = Literal["see", "edit", "export", "plan", "administer", "count"]
LOCAL = "local"
"""The role of the user of this machine where there are no accounts."""
PIPELINE = "pipeline"
"""The role of a token."""


class Role(Strict):
    """A role: its words, what it may do, and why."""

    zh: str
    en: str
    rights: frozenset[Right]
    because: Words


@cache
def roles() -> Mapping[str, Role]:
    """The roles of ``roles.yml`` by name; raises ``DefinitionError``."""
    content, _ = read_yaml(Path(__file__).with_name("roles.yml"))
    return TypeAdapter(dict[str, Role]).validate_python(content)


@dataclass(frozen=True)
class Scope:
    """Who asks, in which role, about which firms.

    ``keys`` are division codes of parks (``NO_PARK`` for firms without one), names of incubators, or ids of own firms;
    the zone has none. Raises ``BadInput`` for a role that there is not.
    """

    who: str
    role: str
    kind: Kind
    keys: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.role not in roles():
            known = "、".join(roles())
            raise BadInput(f"没有这个角色：{self.role}；有 {known}", f"there is no role {self.role}: {known}")

    def may(self, right: Right) -> bool:
        """Whether the role has a right."""
        return right in roles()[self.role].rights

    @property
    def sees(self) -> tuple[Kind, tuple[str, ...]]:
        """Kind and keys of the firms that can be read; no firm at all for a role that may not see them."""
        return (self.kind, self.keys) if self.may("see") else ("own", ())


EVERY = "all"
"""Stands for every zone of an installation, those that are added later too."""


@dataclass(frozen=True)
class ZonesScope(Scope):
    """Who asks about an installation of many zones: no firm but through a zone.

    ``zones`` are the codes of the zones they may enter, or ``EVERY``; ``whole`` states that these are theirs with all
    their firms, so that their figures are shown above them too.
    """

    zones: tuple[str, ...] = ()
    whole: bool = False

    def has(self, code: str) -> bool:
        """Whether a zone is in the scope."""
        return code in self.zones or EVERY in self.zones

    def enters(self, code: str) -> bool:
        """Whether the pages of a zone are open to them."""
        return self.has(code) and (self.may("see") or self.may("administer"))

    def counts(self, code: str) -> bool:
        """Whether the figures of a zone are shown."""
        return self.whole and self.has(code) and (self.may("see") or self.may("count"))

    def names(self, code: str) -> bool:
        """Whether the firms of a zone are named above it, whether or not it shares them."""
        return self.whole and self.has(code) and self.may("see")


def every_zone() -> ZonesScope:
    """The scope of the user of this machine where there are no accounts: all zones, with every right."""
    return ZonesScope(LOCAL, LOCAL, "own", (), (EVERY,), whole=True)


def single_user() -> Scope:
    """The scope of the user of this machine where there are no accounts: the zone, with every right."""
    return Scope(LOCAL, LOCAL, "zone")
