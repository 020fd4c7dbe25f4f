"""The proof: each edition with its sentence, and each condition with value, requirement, gap, clause and source.

Only the next rung's conditions come with the page; those of another edition when its fold is opened. The renderer's
work grows with the square of what is on a page: thirty editions at once took it half a minute.
"""

from typing import Any

from dash import html

from dash_app import frame
from dash_app.numbers import place
from dash_app.words import Lang, word, word_or_dash
from service.queries.firm_page import FirmFile
from tiers.messages.verdict import sentence, show, why_unknown

HEADS = ("outcome", "condition", "value", "required", "gap", "clause", "source")


def evidence(file: FirmFile, lang: Lang) -> Any:
    """One fold an edition; the next rung's is open and filled."""
    chosen = file.mover["next_designation"] if file.mover else None
    folds = [_edition(file, verdict, lang, verdict["designation"] == chosen) for verdict in file.verdicts]
    return frame.section(word("conclusions", lang), *folds)


def _edition(file: FirmFile, verdict: dict[str, Any], lang: Lang, is_open: bool) -> html.Details:
    edition = verdict["edition_id"]
    number = f" {verdict['number']}" if verdict["number"] else ""
    about = (
        f"{word('document', lang)}: 《{verdict['document']}》{number} · {verdict['issuer']} · "
        f"{word('confidence', lang)}: {word_or_dash('confidence', verdict['confidence'], lang)}"
    )
    return html.Details(
        [
            html.Summary(
                [
                    frame.answer_badge(verdict["outcome"], word_or_dash("outcome", verdict["outcome"], lang)),
                    html.Span(verdict[f"title_{lang}"], className="edition"),
                    html.Span(sentence(verdict, file.conditions.get(edition, []), lang), className="sentence"),
                ],
                id=fold(edition),
            ),
            html.P(about, className="quiet"),
            html.Div(conditions(file, edition, lang) if is_open else None, id=proof(edition), className="wide"),
        ],
        open=is_open,
    )


def fold(edition: Any) -> dict[str, Any]:
    """The id of what opens an edition; of any edition where a wildcard is given."""
    return {"part": "fold", "edition": edition}


def proof(edition: Any) -> dict[str, Any]:
    """The id of what an edition's fold holds."""
    return {"part": "proof", "edition": edition}


def conditions(file: FirmFile, edition: str, lang: Lang) -> html.Table:
    """The conditions of an edition as a table, the deciding one first."""
    found = file.conditions.get(edition, [])
    return _table(sorted(found, key=lambda one: (not one["is_deciding"], one["seq"])), lang)


def _table(conditions: list[dict[str, Any]], lang: Lang) -> html.Table:
    head = html.Thead(html.Tr([html.Th(word(name, lang), scope="col") for name in HEADS]))
    return html.Table([head, html.Tbody([_row(one, lang) for one in conditions])], className="conditions")


def _row(one: dict[str, Any], lang: Lang) -> html.Tr:
    cells: list[Any] = [
        frame.answer_badge(one["outcome"], word_or_dash("outcome", one["outcome"], lang)),
        [one[lang], *([" ", html.Em(word("deciding", lang))] if one["is_deciding"] else [])],
        _value(one, lang),
        one[f"required_{lang}"],
        show(one["gap"], one["gap_unit"], lang) if one["gap"] else "",
        one["clause"],
        [html.Div(place(source, lang)) for source in one["sources"]],
    ]
    kinds = ("", "condition", "figure", "figure", "figure", "", "source")
    return html.Tr(
        [
            html.Td(cell, className=kind, **_labelled(word(name, lang)))
            for cell, kind, name in zip(cells, kinds, HEADS, strict=True)
        ],
        className="deciding" if one["is_deciding"] else "",
    )


def _labelled(name: str) -> Any:
    """On a narrow screen a row becomes a list, and each cell says what it is."""
    return {"data-label": name}


def _value(one: dict[str, Any], lang: Lang) -> str:
    """The value; a range of points from what is sure to what can be reached; the figure that is missing by name."""
    if one["outcome"] == "unknown":
        return why_unknown(one["missing_fact"], one["unit"], lang)
    if one["value_high"] is not None and one["value_high"] != one["value"]:
        return f"{one['value']:.0f} – {show(one['value_high'], one['unit'], lang)}"
    return show(one["value"], one["unit"], lang)
