"""A text of a definition in Chinese is Chinese to its end: the beginning of its translation is not part of it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from source_files import ROOMS, ROOT, name_of

pytestmark = pytest.mark.rule("two-languages")

ENGLISH = re.compile(r"(?<![\w-])(the|of|in|by|is|are|and|from|to|for|was|as|whose|which)(?![\w-])", re.IGNORECASE)
"""Words that every English sentence needs, and no Chinese one has beside names and commands."""
BRACES = re.compile(r"\{[^}]*\}")


def chinese_texts(node: Any) -> Iterator[str]:
    entries = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in entries:
        if isinstance(value, str) and (key == "zh" or str(key).endswith("_zh")):
            yield value
        yield from chinese_texts(value)


def test_chinese_texts_have_no_english_sentence() -> None:
    texts = []
    for path in sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.yml")):
        texts += [(name_of(path), text) for text in chinese_texts(yaml.load(path.read_text("utf-8"), yaml.CSafeLoader))]

    assert len(texts) > 2000
    assert [text for text in texts if ENGLISH.search(BRACES.sub("", text[1]))] == []
