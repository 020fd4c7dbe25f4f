"""The evidence: each edition with its sentence, each condition with value, requirement, gap, clause and source.

Only the conditions of the next rung come with the page; those of another edition when its fold is opened. The work of
Dash's renderer grows with the square of the components of a page: thirty editions at once took it half a minute.
"""

from typing import Any

import dash_mantine_components as dmc
from dash import html

from dash_app import ids
from dash_app.components.badges import answer_badge
from dash_app.components.sections import section, table
from dash_app.components.values import source_lines
from dash_app.wording.loader import Lang, value_word, words_of
from service.queries.firm_page import FirmFile
from service.rendering import sentence, show, show_gap, why_unknown

word = words_of("firm")
HEADS = ("outcome", "condition", "value", "required", "gap", "clause", "source")
CELL_CLASSES = ("", "condition", "figure", "figure", "figure", "", "source")


def evidence(file: FirmFile, lang: Lang) -> dmc.Paper:
    """One fold an edition; that of the next rung is open and filled."""
    next_rung = file.mover["next_designation"] if file.mover else None
    folds = [_edition(file, verdict, lang, verdict["designation"] == next_rung) for verdict in file.verdicts]
    return section(word("conclusions", lang), *folds)


def _edition(file: FirmFile, verdict: dict[str, Any], lang: Lang, is_open: bool) -> html.Details:
    edition = verdict["edition_id"]
    number = f" {verdict['number']}" if verdict["number"] else ""
    document = (
        f"{word('document', lang)}: 《{verdict['document']}》{number} · {verdict['issuer']} · "
        f"{word('confidence', lang)}: {value_word('confidence', verdict['confidence'], lang)}"
    )
    return html.Details(
        [
            html.Summary(
                [
                    answer_badge(verdict, lang),
                    html.Span(verdict[f"title_{lang}"], className="edition"),
                    html.Span(sentence(verdict, file.conditions.get(edition, []), lang), className="sentence"),
                ],
                id=ids.fold(edition),
            ),
            html.P(document, className="quiet"),
            html.Div(conditions(file, edition, lang) if is_open else None, id=ids.proof(edition), className="wide"),
        ],
        open=is_open,
    )


def conditions(file: FirmFile, edition: str, lang: Lang) -> html.Table:
    """The conditions of an edition as a table, the deciding one first."""
    in_order = sorted(file.conditions.get(edition, []), key=lambda row: (not row["is_deciding"], row["seq"]))
    rows = [_row(condition, lang) for condition in in_order]
    return table([word(name, lang) for name in HEADS], rows, className="conditions")


def _row(condition: dict[str, Any], lang: Lang) -> html.Tr:
    is_deciding = condition["is_deciding"]
    cells: list[Any] = [
        answer_badge(condition, lang),
        [condition[lang], *([" ", html.Em(word("deciding", lang))] if is_deciding else [])],
        _value(condition, lang),
        condition[f"required_{lang}"],
        show_gap(condition["gap"], condition["gap_unit"], lang) if condition["gap"] else "",
        condition["clause"],
        source_lines(condition["sources"], lang),
    ]
    return html.Tr(
        [
            html.Td(cell, className=name, **_data_label(word(head, lang)))
            for cell, name, head in zip(cells, CELL_CLASSES, HEADS, strict=True)
        ],
        className="deciding" if is_deciding else "",
    )


def _data_label(name: str) -> Any:
    """The heading of a cell, which the stylesheet shows where a narrow screen turns rows into lists."""
    return {"data-label": name}


def _value(condition: dict[str, Any], lang: Lang) -> str:
    """The value; of points, the range from what is certain to what can be reached; or the missing figure by name."""
    if condition["outcome"] == "unknown":
        return why_unknown(condition["missing_fact"], condition["unit"], lang)
    value, highest = condition["value"], condition["value_high"]
    if highest is not None and highest != value:
        return f"{value:.0f} – {show(highest, condition['unit'], lang)}"
    return show(value, condition["unit"], lang)
