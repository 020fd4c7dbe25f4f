"""The bridge to a target as a chart and a table, and the firms of its bars."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
from dash import dcc, html

from dash_app import routing
from dash_app.components.charts import DOWN, PLAIN, UP, drawn, graph
from dash_app.components.firm_link import firm_link
from dash_app.components.lists import counted_link, figure_cell, line, scrollable_table, with_changes
from dash_app.components.still import Still
from dash_app.components.values import count, day
from dash_app.rows import Row
from dash_app.session import Session
from dash_app.wording.loader import Lang, value_word, words_of
from service.wording.rendering import row_text

word = words_of("targets")
PATH = routing.TARGETS.path()
TOTAL = "total"
CERTAIN = ("held", "granted")


def number(value: float | None) -> str:
    """A number of firms that is expected, to the tenth; a whole one as it is."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def targets_table(bridges: Sequence[Row], chosen: Row | None, session: Session) -> Still:
    """A row a target: what is asked, what is expected with its range, and what is missing."""
    lang = session.lang
    lines = []
    for row in (row for row in bridges if row["bar"] == TOTAL):
        href = with_changes(session, PATH, measure=row["measure"], year=str(row["year"]), bar="")
        is_chosen = chosen is not None and (row["measure"], row["year"]) == (chosen["measure"], chosen["year"])
        certain = sum(bar["firms"] for bar in bridges if _same(bar, row) and bar["bar"] in CERTAIN)
        cells = [
            figure_cell(str(row["year"])), figure_cell(day(row["due_on"])), figure_cell(number(row["target"])),
            figure_cell(count(certain)),
            figure_cell([number(row["expected"]), _range(row)]),
            html.Td(outlook(row, lang)),
        ]  # fmt: skip
        lines.append(line(dcc.Link(row[lang], href=href), cells, className="chosen-row" if is_chosen else ""))
    heads = [
        *(word(name, lang) for name in ("measure", "year", "due_on", "target", "certain", "expected")),
        html.Span(word("outlook", lang), className="text"),
    ]
    return scrollable_table(word("targets", lang), heads, lines, className="data-figures targets-list")


def _range(row: Row) -> html.Div:
    return html.Div(f"{number(row['low'])}–{number(row['high'])}", className="quiet interval")


def _same(row: Row, other: Row) -> bool:
    return bool((row["measure"], row["year"]) == (other["measure"], other["year"]))


def outlook(row: Row, lang: Lang) -> html.Span:
    """Whether the range reaches the target, in a word with its sign; or that it is beyond the reach of the odds."""
    gap = row["target"] - row["expected"]
    if row["low"] >= row["target"]:
        text, name = f"✓ {word('safe', lang)}", "rec-up"
    elif row["high"] < row["target"]:
        text, name = f"✗ {word('out_of_reach', lang)} · {word('lacks', lang)} {number(round(gap, 1))}", "rec-down"
    elif gap > 0:
        text, name = f"? {word('open', lang)} · {word('lacks', lang)} {number(round(gap, 1))}", "rec-down"
    else:
        text, name = f"? {word('likely', lang)}", "rec-up"
    beyond = html.Div(word("beyond", lang), className="quiet") if row["is_beyond_horizon"] else None
    return html.Span([html.Span(text, className=name), beyond])


def bridge_chart(bars: Sequence[Row], lang: Lang) -> html.Div:
    """What is held, what of the ending ones stays, what may come, and the sum with its range against the target."""
    parts, (total,) = [row for row in bars if row["bar"] != TOTAL], [row for row in bars if row["bar"] == TOTAL]
    target = total["target"]
    names = [row[f"bar_{lang}"] for row in [*parts, total]]
    values = [row["expected"] for row in parts]
    waterfall = go.Waterfall(
        x=names,
        y=[*values, total["expected"]],
        measure=[*["relative"] * len(parts), "absolute"],
        text=[number(value) for value in [*values, total["expected"]]],
        textposition="auto",
        insidetextanchor="middle",
        increasing={"marker": {"color": UP}},
        decreasing={"marker": {"color": DOWN}},
        totals={"marker": {"color": PLAIN}},
        connector={"line": {"color": "#9fb0bf", "width": 1}},
        name=word("expected", lang),
        hoverinfo="x+text",
    )
    span = go.Scatter(
        x=[names[-1]],
        y=[total["expected"]],
        mode="markers",
        marker={"color": "#1b2733", "size": 7},
        error_y={
            "type": "data", "symmetric": False, "color": "#1b2733", "thickness": 2, "width": 8,
            "array": [total["high"] - total["expected"]], "arrayminus": [total["expected"] - total["low"]],
        },
        name=word("range", lang),
        hoverinfo="skip",
    )  # fmt: skip
    figure = drawn(
        waterfall,
        span,
        height=360,
        showlegend=False,
        yaxis={"rangemode": "tozero", "title": {"text": word("firms", lang)}},
    )
    figure.add_hline(
        y=target, line={"color": DOWN, "width": 2, "dash": "dash"},
        annotation={
            "text": f"{word('target', lang)} {number(target)}",
            "font": {"color": "#8a3d05"},
            "bgcolor": "rgba(255,255,255,.85)",
        },
        annotation_position="top left",
    )  # fmt: skip
    label = "; ".join(
        f"{name} {number(value)}" for name, value in zip(names, [*values, total["expected"]], strict=True)
    )
    return graph(figure, f"{word('bridge', lang)}: {label}; {word('target', lang)} {number(target)}", lang)


def bars_table(bars: Sequence[Row], session: Session) -> Still:
    """The same figures; each number of firms is the link to them."""
    lang, chosen = session.lang, session.address.get("bar", "")
    lines = [
        line(
            row[f"bar_{lang}"],
            [
                figure_cell(counted_link(row["firms"], with_changes(session, PATH, bar=row["bar"]), lang)),
                *(figure_cell(number(row[name])) for name in ("low", "expected", "high")),
                figure_cell(count(row["without_odds"])),
                html.Td(value_word("bar_means", row["bar"], lang), className="reason"),
            ],
            className="chosen-row" if row["bar"] == chosen else "",
        )
        for row in bars
    ]
    heads = [
        *(word(name, lang) for name in ("bar", "firms", "low", "expected", "high", "without_odds")),
        html.Span(word("means", lang), className="text"),
    ]
    return scrollable_table(word("bridge", lang), heads, lines, className="numbers")


def target_source(row: Row, lang: Lang) -> html.P:
    """The document of a target, and the delivered row or the event that states it."""
    if row.get("entered_as") is None:
        place = row_text(row, lang, "file_name", "sheet")
    else:
        place = f"{word('entered', lang)} {row['entered_as']}"
    return html.P(f"{word('document', lang)} {row['document']} · {word('source', lang)} {place}", className="quiet")


def firms_table(rows: Sequence[Row], session: Session) -> Still:
    """The firms of a bar: how likely each is to count, and the condition that decides with its clause and gap."""
    lang = session.lang
    lines = [
        line(
            firm_link(row["firm_id"], row["name"], session),
            [
                row[f"bar_{lang}"],
                figure_cell(_odds(row)),
                day(row["valid_to"]),
                html.Td(_condition(row, lang), className="reason"),
                row["edition_id"] or "–",
            ],
        )
        for row in rows
    ]
    heads = [word(name, lang) for name in ("firm", "bar", "counts_by", "valid_to", "condition", "edition")]
    return scrollable_table(word("firms", lang), heads, lines)


def _odds(row: Row) -> Any:
    if row["expected"] is None:
        return f"{row['low']:.0%}–{row['high']:.0%}"
    span = html.Div(f"{row['low']:.0%}–{row['high']:.0%}", className="quiet interval")
    return [f"{row['expected']:.0%}", span] if row["low"] != row["high"] else f"{row['expected']:.0%}"


def _condition(row: Row, lang: Lang) -> str:
    if not row[f"condition_{lang}"]:
        return "–"
    gap = f" · {word('short', lang)} {row[f'gap_{lang}']}" if row[f"gap_{lang}"] else ""
    return f"{row[f'condition_{lang}']} ({row['clause']}){gap}"
