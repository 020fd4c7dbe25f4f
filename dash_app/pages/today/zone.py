"""The blocks of a director and of a statistician."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from dash_app import routing
from dash_app.components.firm_link import firm_link
from dash_app.components.sections import table
from dash_app.components.still import still
from dash_app.components.things import line
from dash_app.components.values import count, day
from dash_app.pages.today.figures import movers, things
from dash_app.pages.today.items import TILES, block, columns, listed
from dash_app.rows import Row
from dash_app.session import Session
from dash_app.wording.loader import Lang, value_word, words_of
from service.queries.release.records import Listed
from service.queries.today.today_zone import FIGURES
from service.today import Doubts, Overview

word = words_of("today")
_UNITS = {"quarantine": "unit_rows", "names": "unit_names", "units": "unit_reports"}
"""What is decided on the page of data, by the name of its block."""


def overview(matching: Overview, session: Session) -> list[Any]:
    """Six figures, the gap to the targets, ten firms with an ask."""
    lang = session.lang
    tiles = [_tile(name, matching.figures[name], movers(session, False, **FIGURES[name]), lang) for name in TILES]
    asked = [_asked(row, session) for row in matching.asked]
    late = Listed(list(matching.contests), len(matching.contests))
    return [
        html.Ul(tiles, className="today-tiles"),
        _targets(matching.gaps, session),
        block(word("ten", lang), len(asked), listed(asked, lang), lang=lang, unit="unit_firms"),
        *([things("late_contests", late, session)] if late.total else []),
    ]


def _tile(name: str, value: int, href: str, lang: Lang) -> html.Li:
    label = html.Span(word(name, lang), className="today-tile-name")
    return html.Li(dcc.Link([html.B(count(value)), label], href=href, className=f"today-tile is-{name}"))


def _targets(gaps: Sequence[Row], session: Session) -> Any:
    lang = session.lang
    if not gaps:
        return block(word("targets", lang), 0, html.P(word("no_targets", lang), className="state-empty"), lang=lang)
    heads = ("measure", "target", "expected", "gap", "by_day")
    lines = [
        line([
            dcc.Link(row[lang], href=_bridge(row, session)),
            f"{row['target']:,.0f}",
            [dcc.Link(f"{row['expected']:,.0f}", href=_bridge(row, session, bar="total"), className="count"),
             f" ({row['low']:,.0f}–{row['high']:,.0f})"],
            f"{row['missing']:,.0f}" if row["missing"] >= 1 else f"✓ {word('reached', lang)}", day(row["due_on"]),
        ])
        for row in gaps
    ]  # fmt: skip
    listed_targets = _wide([word(head, lang) for head in heads], lines)
    short = sum(row["missing"] >= 1 for row in gaps)
    return block(word("targets", lang), short, listed_targets, lang=lang, unit="unit_targets")


def _bridge(row: Row, session: Session, **bar: str) -> str:
    return session.href(routing.TARGETS.path(), {"measure": row["measure"], "year": str(row["year"]), **bar})


def _asked(row: Row, session: Session) -> html.Li:
    lang = session.lang
    held = row[f"held_{lang}"]
    head = [
        firm_link(row["firm_id"], row["name"], session),
        html.Span(row[f"signal_{lang}"], className="badge today-badge"),
        *([html.Span(held, className="quiet")] if held else []),
    ]
    drawn = still(
        html.Div(head, className="today-head"),
        html.Div(row[f"reason_{lang}"], className="today-sentence"),
        html.Div(f"→ {row[f'ask_{lang}']}", className="today-do"),
    )
    return html.Li(drawn, className="today-item")


def doubts(matching: Doubts, session: Session) -> html.Div:
    """What data wait for: quarantine, units, names, contests, late feeds, the gate."""
    lang = session.lang
    first = [
        _decidable(
            "quarantine", matching.quarantine.total, "quarantine", session, _quarantine(matching.quarantine, lang)
        ),
        _decidable("names", matching.names.total, "names", session, _names(matching.names, lang)),
        _decidable("units", matching.units, "units", session, None),
    ]
    beside = [_contests(matching.contests, session), _late(matching.late_feeds, lang), _gate(matching, lang)]
    return columns(first, beside)


def _decidable(name: str, total: int, part: str, session: Session, listed_rows: Any) -> Any:
    link = html.P(dcc.Link(f"{word('decide', session.lang)} →", href=session.href(routing.DATA.path(), {"part": part})))
    empty = html.P(word("nothing", session.lang), className="state-empty")
    parts = [*([listed_rows] if listed_rows else []), link if total else empty]
    return block(word(name, session.lang), total, *parts, lang=session.lang, unit=_UNITS[name])


def _quarantine(matching: Listed, lang: Lang) -> Any:
    if not matching.rows:
        return None
    lines = [line([row[lang], row[f"publisher_{lang}"], count(row["rows_waiting"])]) for row in matching.rows]
    return _wide([word(name, lang) for name in ("supplier", "sent_by", "waiting_rows")], lines)


def _names(matching: Listed, lang: Lang) -> Any:
    if not matching.rows:
        return None
    lines = [line([value_word("unjoined", row["match_method"], lang), count(row["names"])]) for row in matching.rows]
    return _wide([word("why_not_joined", lang), word("waiting_rows", lang)], lines)


def _contests(rows: Sequence[Row], session: Session) -> Any:
    lang = session.lang
    matching = Listed([dict(row) for row in rows], len(rows))
    if not rows:
        return block(word("contest", lang), 0, html.P(word("no_contests", lang), className="state-empty"), lang=lang)
    link = dcc.Link(f"{word('decide', lang)} →", href=session.href(routing.CULTIVATION.path(), {"view": "contests"}))
    return html.Div([things("contest", matching, session), html.P(link)])


def _late(matching: Listed, lang: Lang) -> Any:
    lines = [line([row[lang], count(row["days_late"]), row[f"reason_{lang}"]]) for row in matching.rows]
    heads = [word(name, lang) for name in ("supplier", "late_days", "reason")]
    rows = _wide(heads, lines) if lines else html.P(word("nothing", lang), className="state-empty")
    return block(word("late_feeds", lang), matching.total, rows, lang=lang, unit="unit_feeds")


def _gate(matching: Doubts, lang: Lang) -> Any:
    state = (
        f"⚠ {word('gate_held', lang)}：{'、'.join(matching.held)}" if matching.held else f"✓ {word('gate_open', lang)}"
    )
    heads = [word(name, lang) for name in ("cause", "changed_firms", "limit")]
    lines = [
        line([row[lang], f"{count(row['changed_firms'])} / {count(row['firms_from'])}", f"{row['share_max']:.0%}"])
        for row in matching.gate
    ]
    rows = _wide(heads, lines) if lines else html.P(word("not_compared", lang), className="state-unknown")
    return block(word("gate", lang), len(matching.held), html.P(state), rows, lang=lang, unit="unit_releases")


def _wide(heads: Sequence[str], lines: Sequence[html.Tr]) -> html.Div:
    return html.Div(still(table(heads, lines)), className="wide")
