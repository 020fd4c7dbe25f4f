"""What the sample zone draws by, as ``drawn.yml`` states it."""

from functools import cache
from pathlib import Path
from typing import Any

from tiers.strict_yaml import load


@cache
def drawn(of: str) -> dict[str, Any]:
    """A part of the file: days, designations and odds by name."""
    content: dict[str, Any] = load(Path(__file__).with_suffix(".yml")).content[of]
    return content
