"""An English text that shows a number names the word of a single thing too: 1 firm, not 1 firms."""

import ast
import re
from collections.abc import Iterator

import pytest
from source_files import FILES, ROOMS, ROOT, name_of, nodes_of

from tiers.messages.counted import Counted

pytestmark = pytest.mark.rule("two-languages")

NOUNS = (
    "firms rows files days conditions items entries people reports names years titles releases sources statements"
    " windows steps months deliveries zones tasks visits requests services members rules editions cells figures signals"
    " deadlines weeks points seconds characters stays things places accounts feeds events problems firm-years times"
)
PLURAL = re.compile(rf"^ (?:(?:more|working|newer|other|different) )?(?:{'|'.join(NOUNS.split())})\b")
MAYBE = re.compile(rf"\}} (?:[\w-]+ )?(?:{'|'.join(NOUNS.split())})\b")
ENGLISH = re.compile(r"\ben: (.*)")
IN_BRACES = re.compile(r"\{[\w.]*\}( (?:[\w-]+ )?[\w-]+)")

ALWAYS_PLURAL = {
    ("flows/api/named_server.py", "seconds: start"),
    ("service/decisions/contests.py", "rows: name"),
    ("service/people/scopes.py", "names none:"),
    ("service/people/settings.py", "characters"),
    ("tiers/cultivation/effect.yml", "points"),
    ("tiers/metrics/registry.py", "years back"),
    ("tiers/movement/limits.yml", "firm-years"),
    ("tiers/movement/limits.yml", "firm-years of"),
    ("tiers/movement/limits.yml", "times at"),
    ("tiers/movement/limits.yml", "times in"),
    ("tiers/movement/measures.py", "names"),
    ("tiers/schema/draft.py", "times it"),
    ("tiers/schema/facts.py", "years back"),
    ("warehouse/casebook/set_aside.py", "times, say"),
    ("warehouse/intake/readers/no_head.py", "rows; expected"),
    ("warehouse/intake/readers/package.py", "times its"),
    ("warehouse/intake/readers/process.py", "seconds and"),
    ("warehouse/quality/unit_guard/messages.py", "times"),
    ("warehouse/quality/unit_guard/messages.py", "times what"),
    ("warehouse/models/working_days.py", "working days"),
}
"""Limits that are greater than one, verbs, and factors."""


def test_a_number_chooses_its_word() -> None:
    text = "{n} {n:firm is|firms are} late"
    assert [text.format(n=Counted(n)) for n in (0, 1, 2, 1200)] == [
        "0 firms are late", "1 firm is late", "2 firms are late", "1,200 firms are late",
    ]  # fmt: skip


def _written() -> Iterator[tuple[str, str]]:
    """Each English template of a YAML file, and each f-string and text of Python, as its parts after a value."""
    for path in sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.yml")):
        if path.name != "openapi.yml":
            for text in ENGLISH.findall(path.read_text("utf-8")):
                yield from ((name_of(path), after) for after in IN_BRACES.findall(text))
    for path in (path for path in FILES if MAYBE.search(path.read_text("utf-8"))):
        for node in nodes_of(path):
            yield from ((name_of(path), after) for after in _after_values(node))


def _after_values(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.JoinedStr):
        for value, text in zip(node.values, node.values[1:], strict=False):
            if isinstance(value, ast.FormattedValue) and isinstance(text, ast.Constant):
                yield str(text.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield from IN_BRACES.findall(node.value)


@pytest.mark.rule("two-languages", "a count of one is in the singular")
def test_no_english_text_shows_a_number_before_a_plural_alone() -> None:
    shown = {(name, " ".join(after.split()[:2])) for name, after in _written() if PLURAL.match(after)}

    assert shown - ALWAYS_PLURAL == set()
    assert ALWAYS_PLURAL - shown == set(), "an exception that is no longer needed"
