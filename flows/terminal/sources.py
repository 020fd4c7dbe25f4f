"""The delivered rows behind an answer, in the language that is spoken."""

from collections.abc import Mapping
from typing import Any

from flows.terminal.language import language
from service.queries.release import provenance


def sources_text(row: Mapping[str, Any]) -> str:
    """The delivered rows behind a row in words; without any its ``source``."""
    return provenance.sources_text(row, language())
