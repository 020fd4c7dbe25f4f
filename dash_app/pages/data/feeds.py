"""Feeds: who sends them, how often, what came last against the time before, how late they are; and refused files."""

from collections.abc import Sequence
from typing import Any

from dash import html

from dash_app.components.badges import HIDDEN
from dash_app.components.sections import section
from dash_app.components.still import Still
from dash_app.components.values import count, day
from dash_app.pages.data.view import View, chip, chips, empty, line, still_table, take
from dash_app.rows import Row
from dash_app.wording.loader import value_word

HEADS = ("feed", "publisher", "cadence", "lateness", "last_file", "last_rows", "rows_waiting")
REFUSED = ("file", "feed", "reason")
SIGNS = {"late": "✗", "in_grace": "…", "never": "○", "on_time": "✓", "on_event": "·"}
"""The sign of each state, beside its word."""


def feeds(view: View) -> list[Any]:
    """Refused files first, then the feeds; ``state`` in the address keeps those of one state."""
    rows, refused = view.data.feeds(), view.data.refused()
    states = [state for state in SIGNS if any(row["state"] == state for row in rows)]
    chosen = view.asked("state")
    links = [chip(f"{view.word('every')} {len(rows)}", view.href({"part": "feeds"}), chosen not in states)]
    for state in states:
        counted = sum(row["state"] == state for row in rows)
        name = f"{value_word('feed_state', state, view.lang)} {counted}"
        links.append(chip(name, view.href({"part": "feeds", "state": state}), state == chosen))
    shown = [row for row in rows if chosen not in states or row["state"] == chosen]
    return [
        _refused(view, refused),
        section(view.word("feeds"), chips(links, view.word("every")), take("feeds", view), _feeds(view, shown)),
    ]


def _refused(view: View, rows: Sequence[Row]) -> Any:
    title = f"{view.word('refused_files')} {len(rows)}"
    if not rows:
        return section(title, empty(view.word("none_refused")))
    heads = [view.word(head) for head in REFUSED]
    lines = [
        line(heads, [row["file_name"], row[view.lang] or row["feed"], row[f"message_{view.lang}"]]) for row in rows
    ]
    return section(title, take("refused", view), still_table(heads, lines, title, className="data-cards"))


def _feeds(view: View, rows: Sequence[Row]) -> Still:
    heads = [view.word(head) for head in HEADS]
    return still_table(heads, [_feed(view, heads, row) for row in rows], view.word("feeds"), className="data-cards")


def _feed(view: View, heads: Sequence[str], row: Row) -> html.Tr:
    lang = view.lang
    state = html.Span(
        [html.Span(SIGNS[row["state"]], **HIDDEN), " ", value_word("feed_state", row["state"], lang)],
        className=f"badge feed-{row['state']}",
    )
    use = [html.Br(), html.Span(view.word("statistics_only"), className="quiet")] if row["use"] == "statistics" else []
    return line(heads, [
        [html.Strong(row[lang]), html.Br(), html.Span(row["feed"], className="quiet"), *use],
        row[f"publisher_{lang}"],
        value_word("every", row["every"], lang),
        [state, html.Br(), html.Span(row[f"reason_{lang}"], className="quiet")],
        [html.Span(day(row["newest_received_at"]), className="data-day"), html.Br(), _files(view, row)],
        _against_last(view, row),
        count(row["rows_waiting"]) if row["deliveries"] else "–",
    ])  # fmt: skip


def _files(view: View, row: Row) -> html.Span:
    files = row["deliveries"] or 0
    return html.Span(f"{count(files)} {view.word('single_file' if files == 1 else 'files')}", className="quiet")


def _against_last(view: View, row: Row) -> list[Any]:
    """Rows of the last file, and how many more or fewer than in the one before."""
    newest, earlier = row["newest_rows"], row["earlier_rows"]
    if newest is None:
        return ["–"]
    if earlier is None:
        return [count(newest), html.Br(), html.Span(view.word("first_file"), className="quiet")]
    share = f" ({(newest - earlier) / earlier:+.0%})" if earlier else ""
    return [count(newest), html.Br(), html.Span(f"{newest - earlier:+,}{share}", className="quiet")]
