"""How values, verdicts, sources and their texts are written, for commands and pages alike."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from service.queries.case_words import about as about
from service.queries.provenance import Source as Source
from service.queries.provenance import source_text as source_text
from service.queries.provenance import sources_text as sources_text
from tiers.messages.counted import Counted as Counted
from tiers.messages.counted import counted as counted
from tiers.messages.verdict import sentence as sentence
from tiers.messages.verdict import show as show
from tiers.messages.verdict import show_fact as show_fact
from tiers.messages.verdict import show_gap as show_gap
from tiers.messages.verdict import why_unknown as why_unknown
from tiers.messages.wording import ANSWERS as ANSWERS
from tiers.messages.wording import CONFIDENCES as CONFIDENCES
from tiers.messages.wording import answer_of as answer_of
from tiers.places import division_name, places
from tiers.strict_yaml import load


def read_texts(path: Path) -> dict[str, Any]:
    """The content of a YAML file of texts, read strictly: a repeated key raises ``StrictYamlError``."""
    return load(path).content


def place_name(code: str, lang: str) -> str:
    """The name of a place with the divisions around it; the Chinese one where it has no English."""
    return places().name(code) if lang == "zh" else places().english_name(code)


def park_name(code: str | None, lang: str) -> str:
    """The name of a park, which is a division by its code; the code where no division has it, – where there is none.

    A division that was dissolved has its Chinese name only.
    """
    if not code:
        return "–"
    name = division_name(code) or code
    return name if lang == "zh" else places().english.get(f"{places().country}-{code}", name)


@lru_cache
def sectors() -> Mapping[str, Mapping[str, str]]:
    """The divisions of GB/T 4754-2017 by their code, each ``zh`` and ``en``."""
    return read_texts(Path(__file__).with_name("sectors.yml"))


def sector_name(code: str, lang: str) -> str:
    """The division that an industry code is of; the code where none has it."""
    return sectors().get(code[:2], {}).get(lang, code)


def measured(condition: Mapping[str, Any], lang: str) -> str:
    """The value of a condition: of points the range from what is certain to what can be reached; or what is missing."""
    unit = condition["unit"]
    if condition["outcome"] == "unknown":
        return why_unknown(condition["missing_fact"], unit, lang)
    value, highest = condition["value"], condition.get("value_high")
    if highest is not None and highest != value:
        return f"{value:.0f} – {show(highest, unit, lang)}"
    return show(value, unit, lang, condition["gap"])
