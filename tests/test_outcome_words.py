"""An outcome, a confidence, a position or a change has one word in each language, whatever edge shows it."""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import polars as pl
import pytest
import yaml
from source_files import FILES, ROOT, name_of, without_docstrings

from dash_app.components.badges import beside_badge
from dash_app.downloads.listed import columns_of
from dash_app.wording.loader import Lang, value_word, values, words_of
from flows.terminal.firm import localized_answer
from flows.terminal.headings import HEADINGS
from flows.terminal.language import of_both
from flows.terminal.values import localized_value
from service.extracts.layout import layout
from service.paper.words import words
from service.wording.rendering import HEADING, WORD
from tiers.messages.wording import ANSWERS, CONFIDENCES, OUTCOMES, WORDS
from tiers.movement.signals import movement
from warehouse.reference import columns

pytestmark = pytest.mark.rule("two-languages")

EDGES = ("dash_app", "service", "flows")
LANGS: tuple[Lang, ...] = ("zh", "en")
CHANGES = movement().changes
BY_CODE = {**WORDS, **CHANGES}
AMBIGUOUS = {"unknown", "held", "closed", "lost", "gained", "new", "gone", "back", "same", "people", "unchanged"}
"""Codes that other enumerations have too, of another meaning."""
OWN_KEYS = {*BY_CODE, *(f"{outcome}_count" for outcome in OUTCOMES), "held_count"} - AMBIGUOUS
"""Keys under which nothing but the word of a code can stand."""
OWN_TEXTS = {wording.zh for wording in BY_CODE.values()} | {"未达到", "符合"}
"""The words in Chinese, which have no other meaning, and what stood in their place."""


@cache
def definitions() -> list[tuple[str, Any]]:
    paths = sorted(path for room in (*EDGES, "warehouse") for path in (ROOT / room).rglob("*.yml"))
    return [(name_of(path), yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)) for path in paths]


def entries(node: Any, key: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every mapping in a definition, with its key."""
    if isinstance(node, dict):
        yield key, node
    for name, part in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield from entries(part, str(name))


def test_no_other_file_of_words_has_a_word_for_a_code() -> None:
    """A sentence with the name of a title in it says more than the word."""
    own = [
        (name, key, text["zh"])
        for name, content in definitions()
        for key, text in entries(content)
        if isinstance(text.get("zh"), str) and "en" in text and "{" not in text["zh"]
        if text["zh"] in OWN_TEXTS or (key in OWN_KEYS and name.startswith(EDGES))
    ]

    assert own == []


def test_no_module_of_the_edges_has_a_word_for_a_code() -> None:
    own = [
        (name_of(path), node.value)
        for path in FILES
        if name_of(path).startswith(EDGES)
        for node in without_docstrings(path)
        if isinstance(node, ast.Constant) and node.value in OWN_TEXTS
    ]

    assert own == []


def test_a_word_that_is_taken_is_that_of_a_code() -> None:
    texts = [text for _, content in definitions() for _, text in entries(content)]
    taken = [text[by] for text in texts for by in (WORD, HEADING, "label_of") if by in text]

    assert len(taken) > 30
    assert set(taken) - BY_CODE.keys() == set()


def shown(code: str, lang: Lang) -> str:
    return str(getattr(BY_CODE[code], lang))


def heading(code: str, lang: Lang) -> str:
    return shown(code, lang)[:1].upper() + shown(code, lang)[1:]


@pytest.mark.parametrize("lang", LANGS)
def test_pages_files_and_paper_show_the_word_of_the_code(lang: Lang) -> None:
    for group in ("outcome", "computed", "confidence", "change", "trial_change"):
        assert {code: value_word(group, code, lang) for code in values()[group]} == {
            code: shown(code, lang) for code in values()[group]
        }
    for code in ("judgement", "unknown"):
        assert value_word("policy", code, lang) == shown(code, lang)
    for code in ("held", "met"):
        assert value_word("measure", code, lang) == shown(code, lang)
    for code in ("held", "met", "judgement"):
        assert words_of("zones")(f"{code}_count", lang) == shown(code, lang)
    assert words_of("movers")("met", lang) == words_of("zones")("meets", lang) == heading("meets", lang)

    heads = {column.name: column.heading for column in columns_of("rule-editions", "rules", lang)}
    assert {code: heads[code] for code in OUTCOMES} == {code: heading(code, lang) for code in OUTCOMES}
    assert layout().sheets["tenants"].columns["met_{lang}"].of(lang) == heading("meets", lang)
    assert words(lang)["held"] == heading("held", lang)
    label = columns().filter(pl.col("name") == "met_zh").row(0, named=True)
    assert label[f"label_{lang}"] == shown("meets", lang)


@pytest.mark.parametrize("lang", LANGS)
def test_the_terminal_shows_the_word_of_the_code(lang: Lang, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIDU_LANG", lang)

    assert {code: localized_answer(code) for code in ANSWERS} == {
        code: f"{answer.sign} {shown(code, lang)}" for code, answer in ANSWERS.items()
    }
    assert {code: localized_value("confidence", code) for code in CONFIDENCES} == {
        code: shown(code, lang) for code in CONFIDENCES
    }
    for code in ("held", *OUTCOMES):
        assert of_both(*HEADINGS[f"{code}_count"]) == shown(code, lang)
    assert of_both(*HEADINGS["met_zh"]) == shown("meets", lang)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_sentence_that_is_the_word_of_its_badge_is_not_shown_beside_it(lang: Lang) -> None:
    for outcome in OUTCOMES:
        verdict = {"outcome": outcome, "is_closed": False}
        assert beside_badge(verdict, value_word("outcome", outcome, lang), lang) == ""
        assert beside_badge(verdict, "2026", lang) == "2026"
