"""What was decided: who, when, why, whether a run has read it; undone from here."""

from collections.abc import Mapping
from typing import Any

from dash import html

from dash_app.components.sections import section
from dash_app.components.values import count
from dash_app.pages.data.form import drawn, form, tick
from dash_app.pages.data.view import LIVE, ROWS, View, chip, chips, empty, line, pager, scrollable_table, take
from dash_app.rows import Row
from dash_app.wording.loader import value_word
from service.wording.shown_moments import minute

HEADS = ("tick", "number", "what_decided", "on_what", "by_whom", "why", "state")


def decided(view: View) -> list[Any]:
    """The decisions that stand, those that wait for the next run first where the address asks for them alone."""
    rows = view.data.decided()
    only_waiting = view.asked("state") == "waits"
    shown = [row for row in rows if row["waits"] or not only_waiting]
    links = [
        chip(f"{view.word('every')} {count(len(rows))}", view.href({"part": "decided"}), not only_waiting),
        chip(f"{view.word('waits')} {count(sum(row['waits'] for row in rows))}",
             view.href({"part": "decided", "state": "waits"}), only_waiting),
    ]  # fmt: skip
    top = chips(links, view.word("every"))
    if not shown:
        return [section(view.word("decided"), top, empty(view.word("nothing_decided"))), drawn(view, [])]
    start = view.part.offset
    part = shown[start : start + ROWS]
    names = view.data.named([row["row"] for row in part])
    heads = [view.word(head) for head in HEADS]
    lines = [line(heads, _cells(view, number, row, names), live=LIVE) for number, row in enumerate(part)]
    return [
        section(
            view.word("decided"),
            top,
            take("decided", view),
            scrollable_table(heads, lines, view.word("decided"), className="data-cards"),
            *pager(view, len(shown)),
            form(view, ("undo",)),
        ),
        drawn(view, [str(row["number"]) for row in part]),
    ]


def _cells(view: View, number: int, row: Row, names: Mapping[str, Row]) -> list[Any]:
    firm = names.get(row["row"], {})
    kind = value_word("data_kind", row["kind"], view.lang)
    is_withdrawal = row["withdraws"] is not None
    what = f"{view.word('withdraws').format(row['withdraws'])} · {kind}" if is_withdrawal else kind
    named = [firm["name"], html.Br()] if firm.get("name") else []
    return [
        tick(number, f"{view.word('number')} {row['number']}") if view.may_edit and not is_withdrawal else None,
        str(row["number"]),
        [what, html.Br(), html.Span(_content(view, row["content"]), className="quiet")],
        [*named, html.Code(row["subject"], className="data-address")],
        [row["by"], html.Br(), html.Span(minute(row["at"]), className="quiet")],
        row["why"],
        view.word("waits") if row["waits"] else view.word("applied"),
    ]


def _content(view: View, content: Mapping[str, Any]) -> str:
    """What was stated: the value of a correction, the factor of a unit, the firm of a name."""
    if "power" in content:
        return f"×10^{content['power']}"
    stated = content.get("firm") or content.get("value")
    return str(stated) if stated is not None else ""
