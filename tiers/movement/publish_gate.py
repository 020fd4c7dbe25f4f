"""The limits of the publish gate: which share of firms may change by a cause, by class of place or place."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

import polars as pl
from pydantic import Field

from tiers.places import is_within
from tiers.schema.strict import Strict
from tiers.yaml_file import YamlFile

WRITTEN = Path(__file__).with_name("limits.yml")
SECTION = "publish_gate"
_DIVISION = re.compile(r"[A-Z]+(-\d+)?")

Share = Annotated[float, Field(ge=0, le=1)]


class Shares(Strict):
    """The shares allowed, by cause; for a place, a class of places, or (without both) for all."""

    place: str | None = None
    class_: Literal["zone", "division"] | None = Field(default=None, alias="class")
    identity: Share
    data: Share
    rule: Share
    why_zh: str
    why_en: str

    def binds(self, place: str) -> bool:
        """Whether these shares are meant for a place."""
        own_class = "division" if _DIVISION.fullmatch(place) else "zone"
        return (self.place is None or is_within(place, self.place)) and self.class_ in (None, own_class)

    @property
    def precedence(self) -> tuple[int, bool]:
        """How specific: the more local place, then the class."""
        return len(self.place or ""), self.class_ is not None


class PublishGate(Strict):
    """The section ``publish_gate``: limits by place, and the number of firms below which none holds a release."""

    firms_min: int = Field(ge=0)
    shares: tuple[Shares, ...] = Field(min_length=1)


@lru_cache
def publish_gate(written: Path = WRITTEN) -> PublishGate:
    """The limits; an invalid file, or one without limits for all places, raises ``DefinitionError`` with its line."""
    file = YamlFile(written)
    gate = file.validated(PublishGate, file.content.get(SECTION), (SECTION,))
    if not any(shares.place is None and shares.class_ is None for shares in gate.shares):
        raise file.error((SECTION, "shares"), "no entry without place and class, for all others")
    return gate


def gate_table(place: str, written: Path = WRITTEN) -> pl.DataFrame:
    """``ref_gate``, a row a cause that can hold a release: cause, limit (a share), firms_min, why_zh, why_en."""
    gate = publish_gate(written)
    chosen = max((shares for shares in gate.shares if shares.binds(place)), key=lambda shares: shares.precedence)
    limits = {"identity": chosen.identity, "data": chosen.data, "rule": chosen.rule}
    rows = [
        {
            "cause": cause,
            "share_max": share,
            "firms_min": gate.firms_min,
            "why_zh": chosen.why_zh,
            "why_en": chosen.why_en,
        }
        for cause, share in limits.items()
    ]
    return pl.DataFrame(rows)
