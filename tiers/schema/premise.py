"""The condition that every edition presupposes: the firm exists on the day."""

from typing import Final

from tiers.schema.condition import Comparison

FIRM_EXISTS: Final = Comparison.model_validate(
    {
        "id": "firm_exists",
        "zh": "企业存续，未注销、吊销或迁出",
        "en": "the firm exists: not deregistered, revoked or moved away",
        "metric": "exists",
        "is": True,
        "clause": "各版通用前提",
        "confidence": "verified",
    }
)
"""Not part of the text of an edition: it is evaluated beside its conditions, and where it fails nothing is met."""
