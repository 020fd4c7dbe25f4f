"""Releases: what each run came to, what changed against the one before, and held ones with why and the way out."""

from collections.abc import Sequence
from typing import Any

from dash import html

from dash_app.components.sections import section
from dash_app.components.values import count, day
from dash_app.pages.data.form import drawn, form, tick
from dash_app.pages.data.view import LIVE, View, empty, line, pager, scrollable_table, still_table, take
from dash_app.rows import Row
from dash_app.wording.loader import value_word

HEADS = ("run_head", "day_head", "firms", "rows_read", "rows_quarantined", "rows_not_data", "moved", "state")
HELD = ("tick", "run_head", "day_head", "why_held", "state")
CAUSES = ("identity", "data", "firm", "rule")


def releases(view: View) -> list[Any]:
    """Held releases with the form that publishes or removes them, then the published ones."""
    held, listed = view.data.held(), view.data.releases(view.part)
    heads = [view.word(head) for head in HEADS]
    lines = [line(heads, _cells(view, row)) for row in listed.rows]
    title = f"{view.word('releases')} {count(listed.total)}"
    return [
        _held(view, held),
        section(
            title,
            take("releases", view),
            still_table(heads, lines, title, className="data-cards"),
            *pager(view, listed.total),
        ),
        drawn(view, [row["run_id"] for row in held]),
    ]


def _held(view: View, rows: Sequence[Row]) -> Any:
    if not rows:
        return section(view.word("held_releases"), empty(view.word("none_held")))
    heads = [view.word(head) for head in HELD]
    lines = [
        line(heads, [
            tick(number, row["run_id"]) if view.may_edit and row["may_follow"] else None,
            row["run_id"],
            day(row["day"]),
            row[f"gate_{view.lang}"],
            view.word("may_follow") if row["may_follow"] else view.word("overtaken"),
        ], live=LIVE)
        for number, row in enumerate(rows)
    ]  # fmt: skip
    title = f"{view.word('held_releases')} {len(rows)}"
    way = html.P(view.word("held_way"), className="quiet")
    return section(
        title,
        way,
        scrollable_table(heads, lines, title, className="data-cards"),
        form(view, ("accept_release", "refuse_release")),
    )


def _cells(view: View, row: Row) -> list[Any]:
    if not row["is_readable"]:
        return [row["run_id"], *["–"] * 6, html.Span(view.word("unreadable"), className="state-unknown")]
    states = [html.Span(f"✓ {view.word('current')}", className="badge held")] if row["is_current"] else []
    states += [html.Span(f"{view.word('frozen')} {month}", className="badge") for month in row["frozen"]]
    return [
        [row["run_id"], html.Br(), html.Span(day(row["published_at"]), className="quiet")],
        [
            day(row["day"]),
            html.Br(),
            html.Span(f"{view.word('against_day')} {day(row['previous_day'])}", className="quiet"),
        ],
        count(row["firms"]),
        count(row["rows_read"]),
        count(row["rows_quarantined"]),
        count(row["rows_not_data"]),
        _moved(view, row),
        states or view.word("published_before"),
    ]


def _moved(view: View, row: Row) -> Any:
    """How many titles held changed by each cause since the release before."""
    if not row["follows"]:
        return view.word("first_release")
    moves = [
        f"{value_word('cause', cause, view.lang)} +{row['moves'][cause]['gained']} −{row['moves'][cause]['lost']}"
        for cause in CAUSES
        if cause in row["moves"]
    ]
    return html.Div([html.Div(text) for text in moves]) if moves else view.word("not_compared")
