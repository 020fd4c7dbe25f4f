"""How values, verdicts, sources and their texts are written, for commands and pages alike."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from service.queries.cases.case_words import about as about
from service.queries.release.provenance import Source as Source
from service.queries.release.provenance import row_text as row_text
from service.queries.release.provenance import source_text as source_text
from service.queries.release.provenance import sources_text as sources_text
from tiers.messages.counted import Counted as Counted
from tiers.messages.verdict import sentence as sentence
from tiers.messages.verdict import show as show
from tiers.messages.verdict import show_fact as show_fact
from tiers.messages.verdict import show_gap as show_gap
from tiers.messages.verdict import why_unknown as why_unknown
from tiers.messages.wording import ANSWERS as ANSWERS
from tiers.messages.wording import COMPUTED as COMPUTED
from tiers.messages.wording import CONFIDENCES as CONFIDENCES
from tiers.messages.wording import TRIALS as TRIALS
from tiers.messages.wording import WORDS
from tiers.messages.wording import answer_of as answer_of
from tiers.places import division_name, places
from tiers.schema.strict import Strict as Strict
from tiers.schema.strict import Words as Words
from tiers.strict_yaml import load

WORD, HEADING = "word_of", "heading_of"


def read_texts(path: Path) -> dict[str, Any]:
    """The content of a YAML file of texts, read strictly: a repeated key raises ``StrictYamlError``."""
    content: dict[str, Any] = with_words(load(path).content)
    return content


def with_words(node: Any) -> Any:
    """Texts of which ``word_of: CODE`` stands for the words of a code, ``heading_of: CODE`` for them as a heading."""
    if isinstance(node, list):
        return [with_words(part) for part in node]
    if not isinstance(node, dict):
        return node
    rest = {name: with_words(part) for name, part in node.items() if name not in (WORD, HEADING)}
    if WORD in node:
        return {**rest, **code_words(node[WORD])}
    if HEADING in node:
        words = code_words(node[HEADING])
        return {**rest, **words, "en": f"{words['en'][:1].upper()}{words['en'][1:]}"}
    return rest


def code_words(code: str) -> dict[str, str]:
    """The words of an outcome, a confidence, a position or a change, by ``zh`` and ``en``; raises ``KeyError``."""
    words = WORDS[code] if code in WORDS else changes()[code]
    return {"zh": words.zh, "en": words.en}


def changes() -> Mapping[str, Any]:
    """The kinds of change of position in their order, each with ``zh`` and ``en``."""
    from tiers.movement.signals import movement  # Polars, which most texts do without

    return movement().changes


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
