"""The tables of a case: pool, visits, what is due, history."""

from collections.abc import Mapping, Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import html

from dash_app.components.sections import section, table, wide
from dash_app.components.still import still
from dash_app.components.things import line
from dash_app.components.values import day
from dash_app.wording.loader import Lang, value_word, words_of

word = words_of("case")
Row = Mapping[str, Any]
VISIT = ("visited_on", "note", "ours", "theirs", "next_on")
DUE = ("due_by", "start_by", "what", "state")


def pool(member: Row | None, steps: Sequence[Row], lang: Lang) -> Any:
    """State, what is due next, and each step: whether it may be taken now, and why not."""
    if member is None:
        return html.P(word("no_member", lang), className="quiet")
    facts = " · ".join(
        [member[f"designation_{lang}"], member[f"state_{lang}"], f"{word('due_by', lang)} {day(member['due_on'])}"]
    )
    lines = [line([row[f"step_{lang}"], _why_not(row, lang)]) for row in steps]
    return section(word("pool", lang), html.P(facts), wide(table((), lines), word("pool", lang)))


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


def history(rows: Sequence[Row], lang: Lang) -> Any:
    """Every event, the newest first; withdrawn ones are marked."""
    if not rows:
        return html.P(word("no_history", lang), className="state-empty")
    listed = html.Ol([_event(row, lang) for row in reversed(rows)], className="timeline")
    return section(word("history", lang), still(listed))


def _event(row: Row, lang: Lang) -> html.Li:
    at = row["at"].astimezone()
    return html.Li(
        [
            html.Time(f"{at:%Y-%m-%d %H:%M}", dateTime=at.isoformat()),
            html.Span(_kind(row, lang), className="kind"),
            html.Span(row["why"]),
            html.Span(f"{row['by']} · {word('seq', lang)} {row['seq']}", className="source"),
        ]
    )


def _listed(title: str, heads: Sequence[str], lines: Sequence[html.Tr], lang: Lang) -> dmc.Paper:
    return section(word(title, lang), wide(table([word(head, lang) for head in heads], lines), word(title, lang)))


def _kind(row: Row, lang: Lang) -> str:
    name = value_word("case_event", row["kind"], lang)
    if row["withdraws"]:
        return f"{word('withdraws', lang)} {row['withdraws']}"
    return f"{name} · {word('withdrawn', lang)}" if row["is_withdrawn"] else name
