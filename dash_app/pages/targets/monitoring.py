"""The monitoring of every year as a table whose numbers open the firms behind them, with list row and file."""

from collections.abc import Sequence

from dash import dcc, html

from dash_app.components.firm_link import firm_link
from dash_app.components.lists import figure_cell, line, scrollable_table, with_changes
from dash_app.components.still import Still
from dash_app.components.values import count, day, money
from dash_app.pages.targets.figures import PATH, number
from dash_app.rows import Row
from dash_app.session import Session
from dash_app.wording.loader import Lang, words_of
from service.wording.rendering import sources_text

word = words_of("targets")
RATIO = "ratio"


def monitoring_table(rows: Sequence[Row], session: Session) -> Still:
    """A row a measure, a column a year of the plan: the value, the target and the share of it."""
    lang = session.lang
    years = sorted({row["year"] for row in rows})
    cells = {(row["measure"], row["year"]): row for row in rows}
    stages = {row["year"]: row[f"stage_{lang}"] for row in rows}
    lines = [
        line(
            f"{row[lang]} ({unit(row['unit'], lang)})",
            [_cell(cells.get((measure, year)), session) for year in years],
        )
        for measure, row in {row["measure"]: row for row in rows}.items()
    ]
    heads = [word("measure", lang), *(f"{year} {stages[year]}" for year in years)]
    return scrollable_table(word("monitoring", lang), heads, lines, className="numbers")


def unit(text: str, lang: Lang) -> str:
    """``%``, or the word for firms."""
    return text if text == "%" else word("firms_unit", lang)


def _cell(row: Row | None, session: Session) -> html.Td:
    lang = session.lang
    if row is None:
        return figure_cell("")
    target = html.Div(f"{word('target', lang)} {number(row['target'])}", className="quiet interval")
    if row["value"] is None:
        name = word("not_known", lang) if not row["is_known"] else word("nothing_to_count", lang)
        return html.Td([html.Span(name, className="state-unknown"), target], className="figure")
    href = with_changes(session, PATH, measure=row["measure"], year=str(row["year"]))
    reached = "" if row["target_share_pct"] is None else f"{row['target_share_pct']:,.1f}%"
    is_met = row["target_share_pct"] is not None and row["value"] >= row["target"]
    sign = f"✓ {reached}" if is_met else f"▼ {reached}"
    value = f"{row['value']:.2f}" if row["measure_kind"] == RATIO else number(row["value"])
    return html.Td(
        [
            dcc.Link(value, href=href, className="count"),
            html.Div(sign, className="rec-up" if is_met else "rec-down"),
            target,
        ],
        className="figure chosen-cell" if _is_chosen(row, session) else "figure",
    )


def _is_chosen(row: Row, session: Session) -> bool:
    return (row["measure"], str(row["year"])) == (session.address.get("measure"), session.address.get("year"))


def behind_table(rows: Sequence[Row], kind: str, session: Session) -> Still:
    """The firms behind a number: what each adds, and the row of the list that it rests on."""
    lang = session.lang

    def part(value: float | None) -> str:
        if value is None:
            return "–"
        return money(int(value), lang) if kind == RATIO else count(int(value))

    lines = [
        line(
            firm_link(row["firm_id"], row["name"], session),
            [
                figure_cell(part(row["part"])),
                figure_cell(part(row["whole"])),
                day(row["granted_on"]),
                html.Td(sources_text(row, lang) or word("on_the_firm", lang), className="source"),
            ],
        )
        for row in rows
    ]
    heads = [word(name, lang) for name in ("firm", "part", "whole", "granted_on", "source_row")]
    return scrollable_table(word("behind", lang), heads, lines)
