"""The form below a list: what is ticked is decided with a reason, all of it or nothing."""

from collections.abc import Mapping, Sequence
from secrets import token_hex
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dash_app import ids
from dash_app.pages.data.view import View
from dash_app.wording.loader import value_word

LABELLED = "aria-label"


def drawn(view: View, subjects: Sequence[str], is_single: bool = False) -> dcc.Store:
    """What the form was drawn with: the rows by number, a number against double clicks, the last event seen.

    A single row is decided on without a box.
    """
    content = {
        "request": token_hex(8), "seen": view.data.seen(), "subjects": list(subjects), "is_single": is_single,
    }  # fmt: skip
    return dcc.Store(id=ids.DATA_DRAWN, data=content)


def tick(number: int, name: str) -> Any:
    """The box that ticks a row."""
    label: Any = {LABELLED: name}
    return dmc.Checkbox(id=ids.data_pick(number), checked=False, size="sm", radius="xs", **label)


def tick_all(view: View) -> Any:
    """The box that ticks every row of the list."""
    return dmc.Checkbox(id=ids.data_pick("all"), checked=False, size="sm", radius="xs", label=view.word("tick_all"))


def form(view: View, acts: Sequence[str], fields: Sequence[Any] = ()) -> html.Div:
    """Which act, why, and the button; nothing for who may not decide."""
    if not view.may_edit:
        return html.Div(html.P(view.word("only_sees"), className="state-forbidden"))
    choices = [{"value": act, "label": value_word("data_act", act, view.lang)} for act in acts]
    act = dmc.RadioGroup(
        [dmc.Radio(value=choice["value"], label=choice["label"], size="sm") for choice in choices],
        id=ids.data_field("act"), value=acts[0], label=view.word("act"),
    )  # fmt: skip
    why = dmc.TextInput(id=ids.data_field("why"), label=view.word("why"), required=True)
    save = dmc.Button(view.word("decide"), id=ids.data_button("decide"))
    note = html.P(view.word("next_run"), className="quiet")
    return html.Div([act, *fields, why, save, note], className="data-form")


def waiting_note(view: View, decision: Mapping[str, Any]) -> list[Any]:
    """That a row is decided and waits for the next run, with the link to the decision."""
    named = value_word("data_kind", decision["kind"], view.lang)
    text = f"{view.word('number')} {decision['number']} · {named} · {decision['by']}"
    link = dcc.Link(view.word("waits"), href=view.href({"part": "decided"}))
    return [link, html.Br(), html.Span(text, className="quiet")]
