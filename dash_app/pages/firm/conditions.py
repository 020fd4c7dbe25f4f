"""The conditions of an edition: value, requirement, margin, clause, source; the deciding way first, others folded."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dash_app.components.badges import answer_badge
from dash_app.components.sections import aria_label, scrollable, table
from dash_app.components.things import contest_link
from dash_app.components.values import source_lines
from dash_app.pages.firm.margins import margin_bar
from dash_app.rows import Row
from dash_app.wording.loader import Lang, words_of
from service.queries.firm.firm_page import FirmFile
from service.queries.firm.routes import closed_of, routes_of
from service.wording.rendering import Counted, measured, sentence, show_gap

word = words_of("firm")
HEADS = ("outcome", "condition", "value", "required", "gap", "clause", "source")
CELL_CLASSES = ("", "condition", "figure", "figure", "figure", "", "source")
LONGEST_SUMMARY = 60
"""Signs of a way in its fold; its conditions are in it whole."""


def conditions(file: FirmFile, edition: str, lang: Lang) -> list[Any]:
    """The deciding way and what all ways share as a table, the other ways folded, and everything as text to copy."""
    verdict = next(row for row in file.verdicts if row["edition_id"] == edition)
    rows = file.sourced(edition)
    ways, owners = routes_of(verdict, rows), file.owners_of_missing(edition)
    title = verdict[f"title_{lang}"]
    shown = sorted([*ways.deciding, *ways.shared], key=lambda row: (not row["is_deciding"], row["outcome"] == "met"))
    others = [_way(number, way, title, owners, lang) for number, way in enumerate(ways.others.values(), 1)]
    return [
        _table(shown, title, owners, lang),
        *([html.P(word("other_ways", lang), className="quiet"), *others] if others else []),
        _copy(verdict, rows, lang),
    ]


def _way(number: int, rows: Sequence[Row], title: str, owners: Mapping[str, Row], lang: Lang) -> html.Details:
    """Another way as a fold; one that is no longer possible is grey, with the reason."""
    closed, met = closed_of(rows), sum(row["outcome"] == "met" for row in rows)
    name = f"{word('way', lang)} {number}"
    worded = word("closed_because", lang).format(what=closed[lang]) if closed else word("met_of", lang).format(
        met=met, all=Counted(len(rows))
    )  # fmt: skip
    summary = [
        html.Span(name, className="edition"),
        html.Span(worded, className="sentence"),
        html.Span(_shortened(rows, lang), className="quiet"),
    ]
    return html.Details(
        [html.Summary(summary), _table(rows, f"{title} {name}", owners, lang)],
        className="way is-closed" if closed else "way",
    )


def _shortened(rows: Sequence[Row], lang: Lang) -> str:
    text = ("、" if lang == "zh" else "; ").join(str(row[lang]) for row in sorted(rows, key=lambda row: row["seq"]))
    return text if len(text) <= LONGEST_SUMMARY else f"{text[:LONGEST_SUMMARY]}…"


def _table(rows: Sequence[Row], title: str, owners: Mapping[str, Row], lang: Lang) -> html.Div:
    heads = [word(name, lang) for name in HEADS]
    listed = table(heads, [_row(row, owners, lang) for row in rows], className="conditions")
    return scrollable(listed, title)


def _row(condition: Row, owners: Mapping[str, Row], lang: Lang) -> html.Tr:
    is_deciding = condition["is_deciding"]
    owner = owners.get(condition["missing_fact"] or "")
    cells: list[Any] = [
        answer_badge(condition, lang),
        [condition[lang], *([" ", html.Em(word("deciding", lang))] if is_deciding else [])],
        [measured(condition, lang), *_ask(owner, lang), margin_bar(condition), *_contested(condition, lang)],
        condition[f"required_{lang}"],
        show_gap(condition["gap"], condition["gap_unit"], lang) if condition["gap"] else "",
        condition["clause"],
        source_lines(condition["sources"], lang),
    ]
    names = ["deciding"] * is_deciding + ["is-closed"] * bool(condition["is_closed"])
    return html.Tr(
        [
            html.Td(cell, className=name, **_data_label(word(head, lang)))
            for cell, name, head in zip(cells, CELL_CLASSES, HEADS, strict=True)
        ],
        className=" ".join(names),
    )


def _ask(owner: Row | None, lang: Lang) -> list[html.Div]:
    """Who has a figure that is missing: whom to ask for it."""
    return [html.Div(word("ask", lang).format(owner=owner[f"owner_{lang}"]), className="quiet")] if owner else []


def _contested(condition: Row, lang: Lang) -> list[html.Div]:
    """The open contest of a figure that the condition rests on, on the page of its case."""
    number = condition["contest"]
    return [html.Div(contest_link(number, condition["firm_id"], lang), className="quiet")] if number else []


def _data_label(name: str) -> Any:
    """The heading of a cell, which the stylesheet shows where a narrow screen turns rows into lists."""
    return {"data-label": name}


def _copy(verdict: Row, rows: Sequence[Row], lang: Lang) -> html.Details:
    """The evidence as plain text, to be selected and copied where a browser has no clipboard for a page."""
    text = html.Textarea(
        evidence_text(verdict, rows, lang),
        readOnly="readonly",
        rows=min(12, len(rows) + 3),
        className="copy",
        **aria_label(word("copy", lang)),
    )
    return html.Details([html.Summary(word("copy", lang)), text])


def evidence_text(verdict: Row, rows: Sequence[Row], lang: Lang) -> str:
    """The verdict and its conditions as lines of text, with clause and source."""
    lines = [f"{verdict[f'title_{lang}']} · {sentence(verdict, rows, lang)}"]
    for row in sorted(rows, key=lambda row: row["seq"]):
        gap = f" · {word('gap', lang)} {show_gap(row['gap'], row['gap_unit'], lang)}" if row["gap"] else ""
        sources = "；".join(str(line.children) for line in source_lines(row["sources"], lang))
        where = f"（{row['clause']}）" if row["clause"] else ""
        lines.append(f"{row[lang]}{where}: {measured(row, lang)} / {row[f'required_{lang}']}{gap} · {sources}")
    return "\n".join(lines)
