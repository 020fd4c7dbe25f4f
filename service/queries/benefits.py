"""What a rung is worth to a firm, as rows for the screen and for pipelines."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tiers.benefits.worth import worth_of


def worth_rows(designation: str, firm: Mapping[str, Any] | None, day: date) -> list[dict[str, Any]]:
    """One row a relief: its yuan or nothing, the assumption, the document; ``firm`` is its row of facts."""
    if firm is None:
        return []
    return [
        {
            "relief": one.relief,
            "zh": one.zh,
            "en": one.en,
            "yuan": None if one.fen is None else float(one.fen / 100),
            "assumed_zh": one.assumed.zh,
            "assumed_en": one.assumed.en,
            "document": one.document,
        }
        for one in worth_of(designation, firm, day)
    ]
