"""The tables of a case: pool, visits, what is due, history."""

from collections.abc import Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import html

from dash_app import ids
from dash_app.components.sections import scrollable, section, table
from dash_app.components.still import still
from dash_app.components.things import line
from dash_app.components.values import day
from dash_app.pages.case.forms import reason
from dash_app.rows import Row
from dash_app.wording.loader import Lang, value_word, words_of
from service.wording.shown_moments import local, minute

word = words_of("case")
VISIT = ("visited_on", "note", "ours", "theirs", "next_on")
MOST_FORMS = 30
"""Newest events that are drawn with their forms."""
WITHDRAW = "undo"
"""Begins the act of a form that withdraws an event, before its number."""
DUE = ("due_by", "start_by", "what", "state")


def pool(member: Row | None, steps: Sequence[Row], lang: Lang) -> Any:
    """State, what is due next, and each step: whether it may be taken now, and why not."""
    if member is None:
        return html.P(word("no_member", lang), className="state-empty")
    facts = " · ".join(
        [member[f"designation_{lang}"], member[f"state_{lang}"], f"{word('due_by', lang)} {day(member['due_on'])}"]
    )
    lines = [line([row[f"step_{lang}"], _why_not(row, lang)]) for row in steps]
    return section(word("pool", lang), html.P(facts), scrollable(table((), lines), word("pool", lang)))


def _why_not(step: Row, lang: Lang) -> str:
    reasons = ("；" if lang == "zh" else "; ").join(reason[lang] for reason in step["reasons"])
    return f"✓ {word('may', lang)}" if step["may"] else f"✗ {reasons}"


def visits(rows: Sequence[Row], lang: Lang) -> list[dmc.Paper]:
    """The visits with the promises of both sides."""
    lines = [
        line([row["visited_on"], row["note"], _promises(row["ours"]), _promises(row["theirs"]), row["next_on"] or "–"])
        for row in rows
    ]
    return [_listed("visits", VISIT, lines, lang)]


def _promises(promises: Sequence[Row]) -> list[html.Div]:
    kept = {True: " ✓", False: ""}
    return [
        html.Div(f"{promise['what']}{kept[bool(promise['kept_on'])]} {promise['by_on'] or ''}") for promise in promises
    ]


def due(rows: Sequence[Row], lang: Lang) -> list[dmc.Paper]:
    """What is due of the firm, by when, and by when to start."""
    lines = [
        line([
            day(row["due_on"]), day(row["start_by"]), f"{row[f'designation_{lang}']} {row[f'duty_{lang}']}",
            row[f"state_{lang}"],
        ])
        for row in rows
    ]  # fmt: skip
    return [_listed("due", DUE, lines, lang)]


def history(rows: Sequence[Row], lang: Lang) -> list[Any]:
    """Every event, the newest first; a withdrawn one struck through, an own one with the form that withdraws it."""
    if not rows:
        return [html.P(word("no_history", lang), className="state-empty")]
    newest = list(reversed(rows))
    last = max((number for number, row in enumerate(newest, 1) if row["may_withdraw"]), default=0)
    last = min(last, MOST_FORMS)  # a part with forms is drawn by Dash, which takes its time for each row
    parts: list[Any] = [html.Ol([_event(row, lang) for row in newest[:last]], className="timeline")] if last else []
    if newest[last:]:
        older = [_event({**row, "may_withdraw": False}, lang) for row in newest[last:]]
        parts.append(still(html.Ol(older, className="timeline")))
    return [section(word("history", lang), *parts)]


def _event(row: Row, lang: Lang) -> html.Li:
    at, text = local(row["at"]), row["about"] or reason(row["why"], lang)
    source = f"{row['by']} · {word('seq', lang)} {row['seq']}"
    what: list[Any] = [html.Span(_kind(row, lang), className="kind"), html.Span(text)]
    if row["is_withdrawn"]:
        ended = minute(row["withdrawn_at"])
        why = reason(row["withdrawn_why"], lang)
        what = [
            html.Span(html.Del(_kind(row, lang)), className="kind"),
            html.Del(text),
            html.Span(word("withdrawn_by", lang).format(row["withdrawn_by"], ended, why), className="withdrawn"),
        ]
    form = [_withdrawal(row, lang)] if row["may_withdraw"] else []
    return html.Li(
        [
            html.Time(minute(at), dateTime=at.isoformat()),
            *what,
            html.Span(source, className="source"),
            *form,
        ]
    )


def _withdrawal(row: Row, lang: Lang) -> html.Details:
    """The reason why an own entry is withdrawn, and the button that does it."""
    seq = str(row["seq"])
    fields = [
        dmc.TextInput(id=ids.field(WITHDRAW, "why", seq), label=word("withdraw_why", lang)),
        dmc.Button(word("withdraw_send", lang), id=ids.send(WITHDRAW, seq), variant="default"),
    ]
    return html.Details([html.Summary(word("withdraw", lang)), html.Div(fields, className="form")], className="undo")


def _listed(title: str, heads: Sequence[str], lines: Sequence[html.Tr], lang: Lang) -> dmc.Paper:
    return section(word(title, lang), scrollable(table([word(head, lang) for head in heads], lines), word(title, lang)))


def _kind(row: Row, lang: Lang) -> str:
    return (
        word("withdraws", lang).format(row["withdraws"])
        if row["withdraws"]
        else value_word("case_event", row["word"], lang)
    )
