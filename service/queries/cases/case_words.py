"""What a thing of a case is about, in the words of a language."""

from collections.abc import Mapping
from typing import Any

from tiers.schema.facts import label
from tiers.schema.ladder import ladder


def about(row: Mapping[str, Any], lang: str) -> str:
    """The words that were typed; of a contest the figure and what is claimed, of an application its title."""
    if row.get("what"):
        return str(row["what"])
    if row.get("fact"):
        return f"{label(row['fact'], lang)} → {row['claimed']}"
    designation = ladder().get(row.get("designation") or "")
    return "" if designation is None else (designation.zh if lang == "zh" else designation.en)


def in_both(row: Mapping[str, Any]) -> dict[str, str]:
    """As ``about``, in both languages."""
    return {f"about_{lang}": about(row, lang) for lang in ("zh", "en")}
