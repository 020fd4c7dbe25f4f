"""Every word of the pages is in both languages, known where it is used, and used."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from source_files import nodes_of, offenders

import dash_app
from dash_app import routing
from dash_app.wording.loader import FOLDER, SHARED, lang_of, texts, value_word, values, words_of
from dash_app.zone_routes import ZONES
from service.queries.cases.case_lists import STILL_OPEN
from service.queries.today.today_rules import today_rules
from warehouse.casebook.folds import visit
from warehouse.release.releases import Published

pytestmark = pytest.mark.rule("two-languages")

ROOM = Path(dash_app.__file__).parent
CHOICE = re.compile(r"\{(\w+):[^}|]*\|")
HAN = re.compile(r"[\u4e00-\u9fff]")
MODULES = sorted(ROOM.rglob("*.py"))
CALLS_WORD = re.compile(r"(?<![\w.])word\(\s*['\"]")
PAGES = [route.module.rpartition(".")[2] for route in (*routing.ROUTES, ZONES)]
SHELL = {"drawer": ROOM / "drawer", "keys": ROOM / "components" / "keys.py"}
"""Parts of every page with words of their own, and where they are."""
VALUES = values()
NAMED_BY_DATA = {"today": {*today_rules().blocks, "next_visit", *visit.SIDES, *STILL_OPEN}}
"""Words of a page for values of rows, each of which needs one: the blocks of today, and what is done for a firm."""
OTHER_LANGUAGE = ("shared", "language")
"""The link to the other language is named in that language."""


def all_texts() -> Iterator[tuple[str, str, dict[str, str]]]:
    for name in (SHARED, "routes", *PAGES, *SHELL):
        yield from ((name, key, dict(text)) for key, text in texts(name).items())
    yield from ((group, value, text) for group, words in VALUES.items() for value, text in words.items())


def keys_in(path: Path, function: str) -> set[str]:
    """The literal first arguments of the calls of a function in a file."""
    return {
        node.args[0].value
        for node in nodes_of(path)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == function
        and isinstance(node.args[0], ast.Constant)
    }


def test_a_text_is_in_chinese_and_in_english() -> None:
    def is_bilingual(name: str, key: str, text: dict[str, str]) -> bool:
        zh, en = ("en", "zh") if (name, key) == OTHER_LANGUAGE else ("zh", "en")
        return (
            set(text) == {"zh", "en"}
            and all(words == words.strip() != "" for words in text.values())
            and HAN.search(text[zh]) is not None
            and HAN.search(text[en]) is None
        )

    assert [text for text in all_texts() if not is_bilingual(*text)] == []


def test_a_word_chosen_by_a_number_is_given_a_counted_number() -> None:
    """A plain number cannot choose between ``{n:row|rows}``, and the page ends with an error."""
    chosen = {key: set(CHOICE.findall(text["en"])) for _, key, text in all_texts() if CHOICE.search(text["en"])}
    wrong = [
        f"{path.name}:{call.lineno} {name}"
        for path in MODULES
        for call in nodes_of(path)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "format"
        for key in _literals(call.func.value)
        for name in chosen.get(key, ())
        for given in call.keywords
        if given.arg == name and not ast.unparse(given.value).startswith("Counted(")
    ]

    assert len(chosen) > 20
    assert wrong == []


def _literals(node: ast.AST) -> set[str]:
    """The texts in the call that looks a word up."""
    return {part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)}


def test_every_file_of_words_belongs_to_a_page() -> None:
    assert {path.stem for path in FOLDER.glob("*.yml")} == {SHARED, "routes", "values", *PAGES, *SHELL}


@pytest.mark.parametrize("page", [SHARED, *PAGES, *SHELL])
def test_every_word_is_used_by_its_page(page: str) -> None:
    folder = ROOM if page == SHARED else SHELL.get(page, ROOM / "pages" / page)
    used = {
        node.value
        for path in MODULES
        if path.is_relative_to(folder)
        for node in nodes_of(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }

    assert texts(page).keys() - used == NAMED_BY_DATA.get(page, set()) - used


def test_a_page_uses_words_of_its_own_file_and_of_the_shared_one() -> None:
    def foreign(path: Path) -> set[str]:
        page = next((name for name in (path.parent.name, path.stem) if name in {*PAGES, *SHELL}), SHARED)
        (file,) = keys_in(path, "words_of") or {SHARED}
        return ({file} - {page}) | (keys_in(path, "word") - {*texts(page), *texts(SHARED)})

    assert offenders([path for path in MODULES if CALLS_WORD.search(path.read_text("utf-8"))], foreign) == {}


@pytest.mark.parametrize("page", [*PAGES, *SHELL])
def test_a_page_has_no_word_that_every_page_has(page: str) -> None:
    assert texts(page).keys() & texts(SHARED).keys() == set()


def test_every_enumeration_with_words_is_shown() -> None:
    assert set().union(*(keys_in(path, "value_word") for path in MODULES)) == set(VALUES)


def test_no_python_file_of_the_pages_has_chinese_texts() -> None:
    nodes = [node for path in MODULES for node in nodes_of(path)]
    strings = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    docstrings = {
        node.value.value for node in nodes if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    answers_of_the_server = {
        "仅限本机 this machine only",
        "仅限本站页面 pages of this site only",
        "没有这个文件 There is no such file",
        "无法识别的请求 The request was not understood",
    }

    assert {text for text in strings - docstrings if HAN.search(text)} == {"Tidu 梯度", *answers_of_the_server}


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
    values = {row["value"] for row in published.rows(sql) if row["value"]}

    assert values
    assert values - VALUES[group].keys() == set()


def test_an_unknown_key_raises() -> None:
    with pytest.raises(KeyError):
        words_of(SHARED)("no such word", "zh")


def test_a_value_without_a_word_is_shown_as_it_is_and_no_value_as_a_dash() -> None:
    assert value_word("status", "frozen", "en") == "frozen"
    assert value_word("status", None, "zh") == value_word("status", "", "en") == "–"


@pytest.mark.parametrize(("parameter", "lang"), [("en", "en"), ("zh", "zh"), (None, "zh"), ("fr", "zh")])
def test_the_language_is_chinese_unless_english_is_asked_for(parameter: str | None, lang: str) -> None:
    assert lang_of(parameter) == lang
