"""The boundary cases of an edition: figures on an edge, one step beyond, missing; and the days around its ends."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from dash import html

from dash_app.components.badges import HIDDEN
from dash_app.components.downloads import downloads
from dash_app.components.sections import section, table
from dash_app.components.still import still
from dash_app.components.values import day
from dash_app.rows import Row
from dash_app.session import Session
from dash_app.wording.loader import Lang, value_word, words_of
from service.errors import BadInput
from service.queries.rules.rules import RuleQueries
from service.wording.rendering import ANSWERS

word = words_of("rules")
HEADS = ("case", "on_the_day", "figures", "result")


def cases_section(rules: RuleQueries, row: Row, session: Session) -> Any:
    """The cases by condition, each folded; that there are none, or that their file cannot be read."""
    lang = session.lang
    try:
        cases = rules.cases(row["edition_id"])
    except BadInput as error:
        return section(word("cases", lang), html.P(error.zh if lang == "zh" else error.en, className="state-unknown"))
    if not cases["rows"]:
        return section(word("cases", lang), html.P(word("no_cases", lang), className="state-empty"))
    return section(
        f"{word('cases', lang)} {len(cases['rows'])}",
        html.P(word("cases_note", lang), className="quiet"),
        downloads("rule-cases", session),
        *_days(cases["days"], lang),
        still(html.Details([html.Summary(word("base_firm", lang)), html.P(figures(cases["base"], lang))])),
        *_by_condition(cases["rows"], row["conditions"], lang),
    )


def _days(days: Sequence[Row], lang: Lang) -> list[Any]:
    """In force or not on each of the days around the first and the last."""
    if not days:
        return []
    items = [
        html.Li(
            [
                html.Span(day(row["day"]), className="figure"),
                " ",
                word("binds" if row["is_in_force"] else "binds_not", lang),
            ]
        )
        for row in days
    ]
    return [still(html.Ul(items, className="rules-days"))]


def _by_condition(rows: Sequence[Row], conditions: Sequence[Row], lang: Lang) -> list[Any]:
    named = {condition["condition_id"]: condition for condition in conditions}
    folds = []
    for name, grouped in groupby(rows, key=lambda row: row["condition_id"]):
        cases = list(grouped)
        condition = named.get(name)
        title = f"{condition['clause']} · {condition[lang]}" if condition else word("whole_edition", lang)
        summary = html.Summary([title, html.Span(f" {len(cases)}", className="quiet")])
        folds.append(html.Details([summary, _table(cases, lang)]))
    return [still(html.Div(folds, className="rules-cases"))]


def _table(cases: Sequence[Row], lang: Lang) -> Any:
    heads = [word(head, lang) for head in HEADS]
    labels: list[Any] = [{"data-label": head} for head in heads]
    lines = [
        html.Tr([html.Td(cell, **label) for cell, label in zip(_cells(row, lang), labels, strict=True)])
        for row in cases
    ]
    return table(heads, lines, className="data-cards")


def _cells(row: Row, lang: Lang) -> list[Any]:
    answer: list[Any] = [
        html.Span(ANSWERS[row["outcome"]].sign, **HIDDEN), " ", value_word("outcome", row["outcome"], lang),
    ]  # fmt: skip
    if row["outcome"] != row["expect"]:
        expected = word("expected", lang).format(value_word("outcome", row["expect"], lang))
        answer.append(html.Strong(f" {expected}", className="state-unknown"))
    shown = figures(row["figures"], lang) if row["figures"] else word("as_base", lang)
    return [row["id"] or "–", day(row["day"]), shown, html.Span(answer, className=f"answer-{row['outcome']}")]


def figures(rows: Sequence[Row], lang: Lang) -> str:
    """Label and value each, as in ``上年营业收入 5000 万元``; a missing figure is named so."""
    shown = [
        f"{row[f'label_{lang}']} {row[f'value_{lang}'] if row['is_known'] else word('missing', lang)}" for row in rows
    ]
    return ("；" if lang == "zh" else "; ").join(shown)
