"""What a trial changes: totals, the conditions that did it, rungs and sectors, and the firms."""

from collections.abc import Mapping, Sequence

from dash import dcc, html

from dash_app import routing
from dash_app.components.badges import HIDDEN, answer_badge
from dash_app.components.firm_link import firm_link
from dash_app.components.lists import counted_link, figure_cell, line, scrollable_table, with_changes
from dash_app.components.still import Still
from dash_app.components.values import count
from dash_app.rows import Row
from dash_app.session import Session
from dash_app.wording.loader import Lang, value_word, words_of
from service.queries.rules.edition_impact import CHANGES
from service.wording.rendering import TRIALS, why_unknown

word = words_of("what_if")
PATH = routing.WHAT_IF.path()
CELL = {"change": "", "rung": "", "sector": ""}


def change_badge(change: str, lang: Lang) -> html.Span:
    """A kind of change by sign, word and colour."""
    return html.Span(
        [html.Span(TRIALS[change].sign, **HIDDEN), " ", value_word("trial_change", change, lang)],
        className=f"trial-{change}",
    )


def totals(counts: Mapping[str, int], chosen: str, session: Session) -> html.Ul:
    """How many firms gain, lose, cannot be decided, change otherwise and stay: they add up to all."""
    return html.Ul(
        [
            html.Li(
                dcc.Link(
                    [html.B(count(counts[change])), change_badge(change, session.lang)],
                    href=with_changes(session, PATH, **{**CELL, "change": change}),
                ),
                className="chosen-total" if change == chosen else "",
            )
            for change in CHANGES
        ],
        className="trial-totals",
    )


def conditions_table(rows: Sequence[Row], lang: Lang) -> Still:
    """Which conditions changed how many firms."""
    lines = [
        line(
            change_badge(row["change"], lang),
            [
                figure_cell(count(row["firms"])),
                html.Td(row[lang] or "–", className="reason"),
                row["clause"] or "–",
                value_word("trial_side", row["decided_by"], lang),
            ],
        )
        for row in rows
    ]
    heads = [word(name, lang) for name in ("change", "firms", "condition", "clause", "decided_by")]
    return scrollable_table(word("conditions", lang), heads, lines)


def groups_table(rows: Sequence[Row], column: str, names: Mapping[str, str], session: Session) -> Still:
    """Firms by rung held or by sector: every number is the link to its firms."""
    lang = session.lang
    lines = [
        line(
            names.get(row[column], row[column]),
            [
                figure_cell(
                    counted_link(
                        row[change],
                        with_changes(session, PATH, **{**CELL, "change": change, column: row[column]}),
                        lang,
                    )
                )
                for change in CHANGES
            ],
        )
        for row in rows
    ]
    heads = [word(column, lang), *(change_badge(change, lang) for change in CHANGES)]
    return scrollable_table(word(f"by_{column}", lang), heads, lines, className="numbers")


def firms_table(rows: Sequence[Row], session: Session) -> Still:
    """The firms with both answers and the condition that decides."""
    lang = session.lang
    lines = [
        line(
            firm_link(row["firm_id"], row["name"], session),
            [
                change_badge(row["change"], lang),
                answer_badge({"outcome": row["before"]}, lang),
                answer_badge({"outcome": row["after"]}, lang),
                html.Td(_because(row, lang), className="reason"),
                row["clause"] or "–",
            ],
        )
        for row in rows
    ]
    heads = [word(name, lang) for name in ("firm", "change", "before", "after", "condition", "clause")]
    return scrollable_table(word("firms_listed", lang), heads, lines)


def _because(row: Row, lang: Lang) -> str:
    if row["after"] == "unknown" and row["missing_fact"]:
        return why_unknown(row["missing_fact"], "", lang)
    return row[lang] or "–"
