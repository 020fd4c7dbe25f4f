"""Cohorts that reach a title, and stays in a rung, as curves with the number at risk beneath them."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import plotly.graph_objects as go
from dash import html
from plotly.subplots import make_subplots

from dash_app.components.charts import LINE, UNKNOWN, UP, drawn, graph
from dash_app.components.firm_link import firm_link
from dash_app.components.lists import figure_cell, line, scrollable_table
from dash_app.components.sections import aria_label
from dash_app.components.still import Still
from dash_app.components.values import count, day
from dash_app.pages.flows.figures import share
from dash_app.rows import Row
from dash_app.session import Session
from dash_app.wording.loader import Lang, words_of

word = words_of("flows")
PANELS = 9
"""The groups that get a panel of their own, the largest; the table has all."""
COLUMNS = 3
PANEL, TICKS = 210, 76
"""The height of a row of panels, and of the labels between two rows, in pixels."""


def by_cohort(rows: Sequence[Row], lang: Lang) -> dict[str, list[Row]]:
    """The rows of each cohort under its name."""
    named = {}
    for _, cells in groupby(rows, itemgetter("stratum")):
        curve = list(cells)
        first = curve[0][f"first_{lang}"]
        named[f"{first} {curve[0]['cohort_year']}" if first else str(curve[0]["cohort_year"])] = curve
    return named


def cohort_chart(rows: Sequence[Row], lang: Lang) -> html.Div:
    """A line a cohort, the newest one blue and the others grey, named at their ends; it stops where few remain."""
    curves = by_cohort(rows, lang)
    newest = list(curves)[-1]
    traces = [
        go.Scatter(
            x=[0, *(row["years"] for row in curve)],
            y=[0, *(row["reached_share"] for row in curve)],
            name=name,
            mode="lines+markers+text",
            text=[*[""] * len(curve), name],
            textposition="middle right",
            cliponaxis=False,
            line={"color": UP if name == newest else UNKNOWN, "width": 3 if name == newest else 1.5},
        )
        for name, curve in curves.items()
    ]
    years = sorted({row["years"] for row in rows})
    at_risk = {year: sum(row["at_risk"] for row in rows if row["years"] == year) for year in years}
    ticks = [f"{year}<br>{word('at_risk', lang)} {count(at_risk[year])}" for year in years]
    figure = drawn(
        *traces,
        height=380,
        showlegend=False,
        margin={"l": 56, "r": 110, "t": 16, "b": 64},
        yaxis={"tickformat": ".0%", "rangemode": "tozero", "title": {"text": word("reached_share", lang)}},
        xaxis={"tickvals": years, "ticktext": ticks, "title": {"text": word("years_since", lang)}},
    )
    label = "; ".join(f"{name}: {share(curve[-1]['reached_share'])}" for name, curve in curves.items())
    return graph(figure, f"{word('cohorts', lang)}: {label}", lang)


def cohort_table(rows: Sequence[Row], lang: Lang) -> Still:
    """A row a cohort, a column a year: the share that had reached the title, and how many were at risk."""
    years = sorted({row["years"] for row in rows})
    lines = []
    for name, curve in by_cohort(rows, lang).items():
        known = {row["years"]: row for row in curve}
        cells = [_cohort_cell(known.get(year)) for year in years]
        lines.append(line(name, [figure_cell(count(curve[0]["firms"])), *cells]))
    heads = [word("cohort", lang), word("firms", lang), *(f"{year} {word('years', lang)}" for year in years)]
    return scrollable_table(word("cohorts", lang), heads, lines, className="numbers")


def _cohort_cell(row: Row | None) -> html.Td:
    if row is None:
        return figure_cell("")
    return figure_cell(
        [share(row["reached_share"]), html.Div(f"n={count(row['at_risk'])}", className="quiet interval")]
    )


def stay_panels(answer: Mapping[str, Any], names: Mapping[str, str], lang: Lang) -> html.Div:
    """A panel a group, on common axes: its own curve blue, those of the others grey, the number at risk beneath."""
    curves = {stratum: list(rows) for stratum, rows in groupby(answer["curves"], itemgetter("stratum"))}
    order = [group["stratum"] for group in answer["groups"] if group["stratum"] in curves][:PANELS]
    rows = -(-len(order) // COLUMNS)
    columns = min(COLUMNS, len(order))
    titles = [names.get(stratum, stratum) for stratum in order]
    figure = make_subplots(
        rows, columns, subplot_titles=titles, shared_yaxes=True,
        vertical_spacing=TICKS / (PANEL * rows), horizontal_spacing=0.04,
    )  # fmt: skip
    for at, stratum in enumerate(order):
        place = {"row": at // columns + 1, "col": at % columns + 1}
        others = [curves[other] for other in order if other != stratum]
        for trace in (_stays(others, "#c9d1d8", 1), _stays([curves[stratum]], UP, 2.5)):
            figure.add_trace(trace, **place)
        full = [row for row in curves[stratum] if row["years"] is not None]
        figure.update_xaxes(
            tickvals=[row["years"] for row in full],
            ticktext=[f"{row['years']}<br>n={count(row['at_risk'])}" for row in full],
            **place,
        )
    figure = drawn(*figure.data, height=TICKS + PANEL * rows, showlegend=False, **_layout(figure, curves))
    figure.update_yaxes(tickformat=".0%", range=[0, 1.02], gridcolor=LINE)
    label = "; ".join(
        f"{names.get(stratum, stratum)}: {share(curves[stratum][-1]['staying_share'])}" for stratum in order
    )
    drawing = graph(figure, f"{word('staying', lang)}: {label}", lang)
    return html.Div(drawing, className="panels", role="region", tabIndex=0, **aria_label(word("panels", lang)))


def _layout(figure: go.Figure, curves: Mapping[str, Sequence[Row]]) -> dict[str, Any]:
    layout: dict[str, Any] = figure.layout.to_plotly_json()
    layout.pop("template", None)
    longest = max(row["days"] for rows in curves.values() for row in rows) / DAYS_OF_A_YEAR
    for name, axis in layout.items():
        if name.startswith("xaxis"):
            axis["range"] = [0, longest]
    return {**layout, "margin": {"l": 50, "r": 12, "t": 30, "b": 44}}


DAYS_OF_A_YEAR = 365.25


def _stays(curves: Sequence[Sequence[Row]], colour: str, width: float) -> go.Scatter:
    """Curves as one line with gaps between them, since each trace costs as much as a table."""
    points: list[tuple[float | None, float | None]] = []
    for rows in curves:
        points += [(0, 1), *((row["days"] / DAYS_OF_A_YEAR, row["staying_share"]) for row in rows), (None, None)]
    return go.Scatter(
        x=[x for x, _ in points],
        y=[y for _, y in points],
        mode="lines",
        line={"shape": "hv", "color": colour, "width": width},
        hoverinfo="skip",
    )


def stay_table(answer: Mapping[str, Any], names: Mapping[str, str], lang: Lang) -> Still:
    """A row a group and full year: at risk, the share that stays with its interval, and what became of the others."""
    groups = {group["stratum"]: group for group in answer["groups"]}
    lines = [
        line(
            names.get(row["stratum"], row["stratum"]),
            [
                figure_cell(count(groups[row["stratum"]]["firms"])),
                figure_cell(str(row["years"])),
                figure_cell(count(row["at_risk"])),
                figure_cell([share(row["staying_share"]), html.Div(_interval(row), className="quiet interval")]),
                *(figure_cell(share(row[f"{cause}_share"])) for cause in ("risen", "lost", "dissolved")),
            ],
        )
        for row in answer["curves"]
        if row["years"] is not None and row["stratum"] in groups
    ]
    heads = [
        word(name, lang) for name in ("group", "firms", "years", "at_risk", "staying", "risen", "lost", "dissolved")
    ]
    return scrollable_table(word("staying", lang), heads, lines, className="numbers")


def _interval(row: Row) -> str:
    return "–" if row["staying_low"] is None else f"{share(row['staying_low'])}–{share(row['staying_high'])}"


def stays_table(rows: Sequence[Row], names: Mapping[str, str], session: Session) -> Still:
    """The firms in the rung, with how long three quarters of like firms stay at most."""
    lang = session.lang
    lines = [
        line(
            firm_link(row["firm_id"], row["name"], session),
            [
                day(row["entered_on"]),
                figure_cell(f"{'≥ ' if row['is_at_least'] else ''}{row['days'] / DAYS_OF_A_YEAR:.1f}"),
                figure_cell("–" if row["q75_days"] is None else f"{row['q75_days'] / DAYS_OF_A_YEAR:.1f}"),
                names.get(row["stratum"] or "", row["stratum"] or "–"),
                _plateau(row["is_plateau"], lang),
            ],
        )
        for row in rows
    ]
    heads = [word(name, lang) for name in ("name", "since", "years", "like_firms_stay", "group", "compared")]
    return scrollable_table(word("stays", lang), heads, lines)


def _plateau(is_plateau: bool | None, lang: Lang) -> html.Span:
    if is_plateau is None:
        return html.Span(f"? {word('cannot_compare', lang)}", className="state-unknown")
    return html.Span(
        f"! {word('plateau', lang)}" if is_plateau else f"✓ {word('usual', lang)}",
        className="rec-down" if is_plateau else "",
    )
