"""The terminal speaks one language at a time: tables, headings, texts."""

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from source_files import nodes_of, without_docstrings

from flows.cli import app
from flows.terminal import language, table
from flows.terminal.headings import HEADINGS
from flows.terminal.markup import Terminal

pytestmark = pytest.mark.rule("two-languages")

FLOWS = Path(language.__file__).parents[1]
KEPT = {FLOWS / "run_records.py", Path(language.__file__), *(FLOWS / "reference_pages").iterdir()}
"""They write or read records and documents, which are in both languages."""
SPEAKING = sorted({*FLOWS.rglob("*.py")} - KEPT)
FEWEST_COLUMNS = 3
IN_BOTH = re.compile(r"[\u3400-\u9fff\uff00-\uffef]\S* [a-z]{2,}(?:[,;:]? [a-z]{2,})")
"""Chinese, and two English words in a row after it."""


@pytest.mark.parametrize(
    ("environment", "asked", "expected"),
    [
        ({}, None, "zh"),
        ({"LANG": "C.UTF-8"}, None, "zh"),
        ({"LANG": "en_US.UTF-8"}, None, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, None, "zh"),
        ({"LANG": "zh_CN.UTF-8", "TIDU_LANG": "en"}, None, "en"),
        ({"TIDU_LANG": "en"}, "zh", "zh"),
    ],
)
def test_the_language_is_asked_for_else_of_the_environment(
    environment: dict[str, str], asked: language.Lang | None, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (*language.LOCALES, language.VARIABLE):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    language.set_language(asked)
    try:
        assert language.language() == expected
    finally:
        language.set_language(None)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_table_speaks_one_language(lang: language.Lang, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal, shown = Terminal(), io.StringIO()
    terminal.file = shown
    monkeypatch.setattr(table, "console", terminal)
    row = {
        "name": "甲",
        "reason_zh": "缺数",
        "reason_en": "missing",
        "is_held": True,
        "zh": "中",
        "en": "E",
        "step_zh": "独",
    }
    language.set_language(lang)
    try:
        table.table([row], tuple(row), language.of_both("待处理: 1", "waiting: 1"))
    finally:
        language.set_language(None)
    words = {
        "zh": ("待处理: 1", "企业", "原因", "缺数", "是", "中"),
        "en": ("waiting: 1", "firm", "reason", "missing", "yes", "E"),
    }
    other = words["en" if lang == "zh" else "zh"]
    text = shown.getvalue().split()
    assert [word for word in words[lang] if not set(word.split()) <= set(text)] == []
    assert [word for word in other if set(word.split()) <= set(text)] == []
    assert "独" in text, "a text that is in one language only is shown as it is"


def test_every_heading_is_in_both_languages_and_each_is_found() -> None:
    for place, is_han in ((0, True), (1, False)):
        heads = [words[place] for words in HEADINGS.values() if words[1] != "Brier"]
        assert all(heads)
        assert [head for head in heads if bool(re.search("[\u3400-\u9fff]", head)) is not is_han] == []


def test_no_text_of_the_terminal_is_in_both_languages() -> None:
    texts = [
        (path.name, text)
        for path in SPEAKING
        for text in _texts(path)
        if IN_BOTH.search(re.sub(r"tidu [a-z -]+", "", text))
    ]

    assert len(SPEAKING) > 80
    assert texts == []


def _texts(path: Path) -> Iterator[str]:
    """The texts of a module but docstrings, which are written in both; what is put in stands as 0."""
    nodes = without_docstrings(path)
    inner = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    for node in nodes:
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "0" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner:
            yield node.value


def test_every_column_of_a_table_has_a_heading() -> None:
    tuples = [
        [part.value for part in node.elts]
        for path in SPEAKING
        for node in nodes_of(path)
        if isinstance(node, ast.Tuple) and len(node.elts) >= FEWEST_COLUMNS and all(map(_is_column, node.elts))
    ]
    columns = {column for names in tuples for column in names if 2 * len({*names} & HEADINGS.keys()) >= len(names)}

    assert len(columns) > 100
    assert {name for name in columns if name not in HEADINGS and language.counterpart(name) not in HEADINGS} == set()


def _is_column(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and bool(re.fullmatch("[a-z_0-9]+", str(node.value)))


def test_the_language_is_an_option_before_and_after_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["--lang", "en", "editions", "--place", "CN-61"], ["editions", "--lang=en", "--place", "CN-61"]):
        app(words, standalone_mode=False)
        printed = capsys.readouterr().out
        assert "secondary" in printed
        assert "可信度" not in printed
    app(["editions", "--place", "CN-61"], standalone_mode=False)
    assert "可信度" in capsys.readouterr().out
    with pytest.raises(typer.BadParameter, match="zh 或 en"):
        app(["--lang", "fr", "editions"], standalone_mode=False)
