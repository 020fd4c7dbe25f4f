"""Drafts of an edition with other thresholds: tried out on a page, and written as a file only on request."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tiers.errors import DraftError
from tiers.schema.condition import OPERATORS, Comparison
from tiers.schema.edition import Edition
from tiers.schema.extends import GROUPS, extended, leaves_of
from tiers.schema.literal import Literal, parse_literal
from tiers.schema.loader import edition_of_content
from tiers.yaml_file import YamlFile

LARGEST_FACTOR = 10
"""A threshold tried out lies between zero and so many times that of the text: farther off it is a slip of the pen."""
FREE_UNITS = ("bool", "date")
"""Values that are no quantity."""


@dataclass(frozen=True)
class Threshold:
    """A condition with one quantity: its words and route, the operator, the value of the text and the one tried out."""

    condition: Comparison
    operator: str
    written: Literal
    tried: Literal
    route: Mapping[str, str] | None = None

    def label(self, lang: str) -> str:
        """The text of the condition and its route: routes of an edition may state the same of other years."""
        text = self.condition.zh if lang == "zh" else self.condition.en
        if self.route is None:
            return text
        return f"{self.route['zh']}：{text}" if lang == "zh" else f"{self.route['en']}: {text}"

    @property
    def is_changed(self) -> bool:
        """Whether another value is tried out."""
        return self.written.amount != self.tried.amount


def thresholds(edition: Edition, values: Mapping[str, str]) -> list[Threshold]:
    """The conditions of an edition that compare one quantity, with ``values`` by id; raises ``DraftError``."""
    compared = [leaf for leaf in edition.leaves() if isinstance(leaf, Comparison) and len(leaf.tests) == 1]
    free = {leaf.id: (leaf, *leaf.tests[0]) for leaf in compared if leaf.tests[0][1].unit not in FREE_UNITS}
    for unknown in values.keys() - free.keys():
        raise DraftError(f"{edition.id} 没有可试的条件 {unknown}", f"{edition.id} has no threshold {unknown}")
    routes = edition.conditions.routes()
    return [
        Threshold(leaf, operator, written, _tried(leaf, written, values.get(name, "")), routes.get(leaf.route or ""))
        for name, (leaf, operator, written) in free.items()
    ]


def _tried(leaf: Comparison, written: Literal, text: str) -> Literal:
    if not text.strip():
        return written
    try:
        tried = parse_literal(text)
    except ValueError as error:
        raise DraftError(
            f"“{leaf.zh}”：请写数字和单位，如 {written.text}，而不是 {text}", f"{leaf.en}: {error}"
        ) from error
    low, high = sorted((0 * written.amount, LARGEST_FACTOR * written.amount))
    if tried.unit != written.unit or (written.amount and not low <= tried.amount <= high):
        raise DraftError(
            f"“{leaf.zh}”：{text} 须与 {written.text} 同单位，且在 0 与其 {LARGEST_FACTOR} 倍之间",
            f"{leaf.en}: {text} must be of the unit of {written.text_en}, between 0 and {LARGEST_FACTOR} times it",
        )
    return tried


def draft_of(path: Path, values: Mapping[str, str]) -> Edition:
    """The edition of a file with other values by condition."""
    file = YamlFile(path)
    return edition_of_content(file, _changed(file, values))


def draft_text(path: Path, values: Mapping[str, str]) -> str:
    """The same as a file: the whole edition, in YAML."""
    return yaml.safe_dump(_changed(YamlFile(path), values), allow_unicode=True, sort_keys=False, width=120)


def _changed(file: YamlFile, values: Mapping[str, str]) -> dict[str, Any]:
    content = deepcopy(extended(file))
    (kind,) = (key for key in GROUPS if key in content)
    for leaf in leaves_of(content[kind]):
        text = values.get(str(leaf.get("id")), "").strip()
        if text:
            (operator,) = (name for name in OPERATORS if name in leaf)
            leaf[operator] = parse_literal(text).text
    return content
