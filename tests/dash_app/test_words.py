"""Every word of the pages is said in both languages, and none is kept for nothing."""

import ast
import re
from pathlib import Path

import pytest

import dash_app
from dash_app.words import known, lang_of, word, word_or_dash
from warehouse.release.releases import Published

ROOM = Path(dash_app.__file__).parent
HAN = re.compile(r"[\u4e00-\u9fff]")
TREES = [ast.parse(path.read_text("utf-8")) for path in sorted(ROOM.rglob("*.py"))]
NODES = [node for tree in TREES for node in ast.walk(tree)]


def asked(function: str) -> set[str]:
    """The first words given to a function, where they are written out."""
    return {
        node.args[0].value
        for node in NODES
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == function
        and isinstance(node.args[0], ast.Constant)
    }


@pytest.mark.parametrize("key", known())
def test_a_word_is_said_in_chinese_and_in_english(key: str) -> None:
    said = known()[key]

    assert set(said) == {"zh", "en"}
    assert all(text == text.strip() != "" for text in said.values())
    if key == "language":  # names the other one
        said = {"zh": said["en"], "en": said["zh"]}
    assert HAN.search(said["zh"])
    assert not HAN.search(said["en"])


@pytest.mark.parametrize("key", known())
def test_a_word_is_used(key: str) -> None:
    written = {node.value for node in NODES if isinstance(node, ast.Constant)}
    groups = tuple(f"{group}_" for group in asked("word_or_dash"))

    assert key in written or key.startswith(groups)


def test_every_word_the_pages_ask_for_is_known() -> None:
    assert asked("word") - known().keys() == set()


def test_the_pages_write_no_chinese_outside_the_words_but_the_name_and_the_units() -> None:
    texts = {node.value for node in NODES if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    documented = {
        ast.get_docstring(node, clean=False)
        for node in NODES
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
    }

    assert {text for text in texts - documented if HAN.search(text)} == {"Tidu 梯度", "万元"}


@pytest.mark.parametrize(
    ("group", "sql"),
    [
        ("outcome", "select distinct outcome as value from mart_firm__evidence"),
        ("outcome", "select distinct outcome as value from mart_firm__verdicts"),
        ("confidence", "select distinct confidence as value from mart_firm__verdicts"),
        ("event", "select distinct event as value from mart_firm__titles"),
        ("match", "select distinct match_method as value from mart_firm__titles"),
        ("basis", "select distinct basis as value from mart_firm__history"),
        ("status", "select distinct status as value from ref_status"),
    ],
)
def test_every_value_that_may_be_shown_has_its_word(published: Published, group: str, sql: str) -> None:
    values = [row["value"] for row in published.rows(sql) if row["value"]]

    assert values
    assert [value for value in values if f"{group}_{value}" not in known()] == []


def test_an_unknown_key_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        word("no such word", "zh")


def test_a_value_without_a_word_is_shown_as_it_is_and_no_value_as_a_dash() -> None:
    assert word_or_dash("status", "frozen", "en") == "frozen"
    assert word_or_dash("status", None, "zh") == word_or_dash("status", "", "en") == "–"


@pytest.mark.parametrize(("asked_for", "lang"), [("en", "en"), ("zh", "zh"), (None, "zh"), ("fr", "zh")])
def test_chinese_comes_first(asked_for: str | None, lang: str) -> None:
    assert lang_of(asked_for) == lang
