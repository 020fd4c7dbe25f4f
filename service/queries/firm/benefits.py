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
            "relief": benefit.relief,
            "zh": benefit.zh,
            "en": benefit.en,
            "yuan": None if benefit.fen is None else float(benefit.fen / 100),
            "assumed_zh": benefit.assumed.zh,
            "assumed_en": benefit.assumed.en,
            "document": benefit.document,
        }
        for benefit in worth_of(designation, firm, day)
    ]
