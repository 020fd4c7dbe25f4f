"""What happened to the firm as one list: lists and titles, reports, visits, services, tasks, contests."""

from collections.abc import Sequence
from typing import Any

from dash import html

from dash_app.components.things import contest_link
from dash_app.components.values import day
from dash_app.rows import Row
from dash_app.wording.loader import Lang, value_word, words_of
from service.wording.rendering import sources_text

word = words_of("firm")
SIGNS = {"title": "★", "case": "●", "filing": "▤", "change": "⇄"}


def timeline(rows: Sequence[Row], firm_id: str, lang: Lang) -> list[Any]:
    """The events, the newest first, each with its day, kind, what it is about and where it is from."""
    if not rows:
        return [html.P(word("nothing_happened", lang), className="state-empty")]
    return [html.Ol([_event(row, firm_id, lang) for row in rows], className="timeline")]


def _event(row: Row, firm_id: str, lang: Lang) -> html.Li:
    name = _name(row["kind"], row["event"], lang)
    detail = " · ".join(part for part in (row["what"], row["by"]) if part)
    what: Any = html.Span(" ".join(part for part in (row[lang], detail) if part))
    source = sources_text(row, lang)
    if row["withdrawn_by"]:
        what = html.Del(what)
        source = word("withdrawn_by", lang).format(row["withdrawn_by"], day(row["withdrawn_on"]))
    return html.Li(
        [
            html.Time(day(row["on"]), dateTime=day(row["on"])),
            html.Span(f"{SIGNS[row['kind']]} {name}", className=f"kind {row['kind']}"),
            what,
            html.Span(source, className="source"),
            *([contest_link(row["contest"], firm_id, lang)] if row["contest"] else []),
        ]
    )


def _name(kind: str, event: str, lang: Lang) -> str:
    """The word for what happened."""
    if kind == "title":
        return value_word("event", event, lang)
    if kind == "filing":
        return value_word("filing", event, lang)
    return value_word("case_event", event, lang) if kind == "case" else value_word("firm_change", event, lang)
