"""The evidence: the edition of the next rung open, the other rungs as folds, all else behind a fold for its kind.

A fold is filled when it is opened, or where the address names it (``?open=``): the work of Dash's renderer grows with
the components of a page, and thirty editions at once took it half a minute.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import html

from dash_app.components.badges import answer_badge, beside_badge
from dash_app.components.sections import section
from dash_app.components.still import Still, still
from dash_app.pages.firm.conditions import conditions
from dash_app.pages.firm.folds import fold
from dash_app.rows import Row
from dash_app.wording.loader import Lang, value_word, words_of
from service.queries.firm.edition_groups import GROUP_OF_TRACK, aimed_at, groups_of
from service.queries.firm.firm_page import FirmFile
from service.wording.rendering import answer_of, sentence

word = words_of("firm")
FOLDS = {name: f"group:{name}" for name in GROUP_OF_TRACK.values()}
"""The name of the fold of each group of editions."""


def aimed_edition(file: FirmFile, lang: Lang) -> dmc.Paper | None:
    """The edition that decides what comes next, with all its conditions."""
    verdict = aimed_at(file)
    if verdict is None:
        return None
    worded = html.P([answer_badge(verdict, lang), " ", _sentence(file, verdict, lang)])
    body = still(
        worded, html.P(_document(verdict, lang), className="quiet"), conditions(file, verdict["edition_id"], lang)
    )
    return section(f"{word('distance', lang)} {verdict[lang]}", body)


def other_editions(file: FirmFile, opened: Collection[str], lang: Lang, after: Any) -> dmc.Paper:
    """The other rungs, then each group behind its fold; ``after`` them the links of the list."""
    groups = groups_of(file)
    rungs = [edition(file, verdict, opened, lang) for verdict in groups.pop("ladder")]
    folded = [_group(name, verdicts, file, opened, lang) for name, verdicts in groups.items() if verdicts]
    return section(word("conclusions", lang), *rungs, *folded, after)


def _group(name: str, verdicts: Sequence[Row], file: FirmFile, opened: Collection[str], lang: Lang) -> html.Details:
    """A group: how many editions, and how many answers of each kind."""
    counted = Counter(answer_of(row) for row in verdicts)
    counts = " · ".join(f"{value_word('outcome', answer, lang)} {number}" for answer, number in counted.items())
    inner = {row["edition_id"] for row in verdicts} & set(opened)
    key = FOLDS[name]
    summary = [
        html.Span(f"{value_word('edition_group', name, lang)} {len(verdicts)}", className="edition"),
        html.Span(counts, className="sentence"),
    ]
    body = group(file, name, opened, lang) if key in opened or inner else None
    return fold(key, summary, body)


def group(file: FirmFile, name: str, opened: Collection[str], lang: Lang) -> list[Any]:
    """The editions of a group as folds, with what the group is."""
    listed = [edition(file, verdict, opened, lang) for verdict in groups_of(file)[name]]
    return [html.P(value_word("edition_group_hint", name, lang), className="quiet"), *listed]


def edition(file: FirmFile, verdict: Row, opened: Collection[str], lang: Lang) -> html.Details:
    """The fold of an edition, grey where it can never be met again."""
    name = verdict["edition_id"]
    summary = [
        answer_badge(verdict, lang),
        html.Span(verdict[f"title_{lang}"], className="edition"),
        html.Span(_sentence(file, verdict, lang), className="sentence"),
    ]
    body = edition_body(file, name, lang) if name in opened else None
    return fold(name, summary, body, className="is-closed" if verdict["is_closed"] else "")


def _sentence(file: FirmFile, verdict: Row, lang: Lang) -> str:
    return beside_badge(verdict, sentence(verdict, file.findings.get(verdict["edition_id"], []), lang), lang)


def edition_body(file: FirmFile, name: str, lang: Lang) -> Still | None:
    """What is in the fold of an edition; None where the firm has no such verdict."""
    verdict = next((row for row in file.verdicts if row["edition_id"] == name), None)
    if verdict is None:
        return None
    return still(html.P(_document(verdict, lang), className="quiet"), conditions(file, name, lang))


def _document(verdict: Row, lang: Lang) -> str:
    number = f" {verdict['number']}" if verdict["number"] else ""
    return (
        f"{word('document', lang)}: 《{verdict['document']}》{number} · {verdict['issuer']} · "
        f"{word('confidence', lang)}: {value_word('confidence', verdict['confidence'], lang)}"
    )
