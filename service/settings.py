"""What the service assumes where the person asking says nothing."""

from functools import cache
from pathlib import Path

from tiers.strict_yaml import load


@cache
def default_place() -> str:
    """The place whose editions come first where none is named."""
    return str(load(Path(__file__).with_suffix(".yml")).content["default_place"])
