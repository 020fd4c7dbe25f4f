"""Why a number is not that of before: the waterfall by cause, its table, and the firms of a cause."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
from dash import dcc, html

from dash_app import ids, routing
from dash_app.components.charts import DOWN, PLAIN, UP, drawn, graph
from dash_app.components.firm_link import firm_link
from dash_app.components.lists import figure_cell, line, scrollable_table, state, with_changes
from dash_app.components.still import Still
from dash_app.components.values import count
from dash_app.rows import Row
from dash_app.session import Session
from dash_app.wording.loader import Lang, value_word, words_of

word = words_of("reconciliation")
PATH = routing.RECONCILIATION.path()


def signed(number: int) -> str:
    """A change with its sign: +3, −2, 0."""
    return f"{number:+,}".replace("-", "−") if number else "0"


def waterfall(steps: Sequence[Row], session: Session) -> html.Div:
    """The chart; what a cause adds is blue and what it takes orange, each with its sign."""
    lang = session.lang
    names = [value_word("step", step["step"], lang) for step in steps]
    changes = [step["firms_to"] - step["firms_from"] for step in steps]
    texts = [
        count(step["firms_to"]) if step["moved"] is None else signed(change)
        for step, change in zip(steps, changes, strict=True)
    ]
    trace = go.Waterfall(
        x=names,
        y=[step["firms_to"] if step["moved"] is None else change for step, change in zip(steps, changes, strict=True)],
        measure=["absolute" if step["moved"] is None else "relative" for step in steps],
        text=texts,
        textposition="outside",
        cliponaxis=False,
        customdata=[step["step"] for step in steps],
        increasing={"marker": {"color": UP}},
        decreasing={"marker": {"color": DOWN}},
        totals={"marker": {"color": PLAIN}},
        connector={"line": {"color": "#9fb0bf", "width": 1}},
        hoverinfo="x+text",
    )
    label = "; ".join(f"{name} {text}" for name, text in zip(names, texts, strict=True))
    figure = drawn(
        trace, height=320, showlegend=False, yaxis={"title": {"text": word("firms_axis", lang)}, "rangemode": "tozero"}
    )
    return graph(figure, f"{word('waterfall', lang)}: {label}", lang, id=ids.BRIDGE_CHART)


def steps_table(steps: Sequence[Row], chosen: str, session: Session) -> Still:
    """The same figures; each change is the link to its firms."""
    lang = session.lang
    lines = [
        line(
            value_word("step", step["step"], lang),
            _step_cells(step, session),
            className="chosen-row" if step["step"] == chosen else "",
        )
        for step in steps
    ]
    heads = [
        *(word(name, lang) for name in ("cause", "moved", "gained", "lost", "after")),
        html.Span(word("means", lang), className="text"),
    ]
    return scrollable_table(word("waterfall", lang), heads, lines, className="numbers")


def _step_cells(step: Row, session: Session) -> list[html.Td]:
    after = figure_cell(count(step["firms_to"]))
    if step["moved"] is None:
        return [*(figure_cell("") for _ in range(3)), after, html.Td("")]
    changed = step["gained"] + step["lost"]
    href = with_changes(session, PATH, step=step["step"])
    moved: Any = dcc.Link(signed(step["moved"]), href=href, className="count") if changed else "0"
    return [
        figure_cell(moved), figure_cell(signed(step["gained"])), figure_cell(signed(-step["lost"])), after,
        html.Td(value_word("step_means", step["step"], session.lang), className="reason"),
    ]  # fmt: skip


def moved_table(rows: Sequence[Row], session: Session) -> Any:
    """The firms that a cause moved."""
    lang = session.lang
    if not rows:
        return state("empty", word("nobody_moved", lang))
    lines = [
        line(
            firm_link(row["firm_id"], row["name"] or row["firm_id"], session),
            [_gains(row["moved"], lang), value_word("step", row["step"], lang)],
        )
        for row in rows
    ]
    return scrollable_table(
        word("moved_firms", lang), [word("name", lang), word("moved", lang), word("cause", lang)], lines
    )


def _gains(moved: int, lang: Lang) -> html.Span:
    name = word("gained", lang) if moved > 0 else word("lost", lang)
    return html.Span(f"{signed(moved)} {name}", className="rec-up" if moved > 0 else "rec-down")
