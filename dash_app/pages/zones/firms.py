"""The view of firms over the zones: a list zone by zone, a firm by its credit code, moves from zone to zone."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html

from dash_app import ids
from dash_app.components.badges import change_badge
from dash_app.components.downloads import downloads
from dash_app.components.lists import choices, line, pager, scrollable_table, state, with_changes
from dash_app.components.sections import section
from dash_app.components.still import GO, Still, still
from dash_app.components.values import count, day
from dash_app.pages.zones.state import CODE, listed_zone, title_names, zone_names
from dash_app.rows import Row
from dash_app.server.recording import record_access
from dash_app.session import Session
from dash_app.wording.loader import Lang, value_word, words_of
from dash_app.zone_routes import ZONES, firm_path, zone_base
from service.queries.release.records import Slice
from service.zones import ZonesQueries

word = words_of("zones")


def search(session: Session) -> Still:
    """The form for a credit code or a name, which becomes an address."""
    lang = session.lang
    kept = {"view": "firms", **({"lang": lang} if lang != "zh" else {})}
    sent: dict[str, Any] = {**GO, "role": "search"}
    box: dict[str, Any] = {"id": ids.SEARCH, "name": "q", "type": "search", "value": session.address.get("q", "")}
    return still(
        html.Form(
            [
                html.Label(word("search", lang), htmlFor=ids.SEARCH),
                dcc.Input(**box, placeholder=word("search_hint", lang)),
                *(dcc.Input(type="hidden", name=name, value=value) for name, value in kept.items()),
                html.Button(word("find", lang), type="submit"),
            ],
            action=f"{session.base}{ZONES.path()}",
            className="search",
            **sent,
        ),
        className="zones-search",
    )


def firms(asked: ZonesQueries, session: Session, part: Slice) -> list[Any]:
    """What is searched for, else the list."""
    text = session.address.get("q", "").strip()
    if text:
        code = text.upper()
        return [
            search(session),
            *(_firm(asked, code, session) if CODE.fullmatch(code) else _in_a_zone(asked, text, session)),
        ]
    if not asked.names_firms:
        return [search(session), state("forbidden", word("no_firms_named", session.lang))]
    return [search(session), *_list(asked, session, part)]


def _in_a_zone(asked: ZonesQueries, text: str, session: Session) -> list[Any]:
    """A name is searched for in a zone, which is to be chosen."""
    lang = session.lang
    zones = [row for row in asked.zones() if row["may_enter"]]
    if not zones:
        return [state("forbidden", word("code_only", lang))]
    links = [
        html.A(
            row[lang],
            href=session.of_installation.href(f"{zone_base(row['code'])}/movers", {"q": text}),
            className="chip",
        )
        for row in zones
    ]
    return [section(word("choose_zone", lang).format(q=text), still(html.Div(links, className="chips")))]


def _firm(asked: ZonesQueries, code: str, session: Session) -> list[Any]:
    """The zones that have a firm, with its one history over them; it goes into the list of accesses."""
    lang, rows = session.lang, asked.firm(code)
    if not rows:
        return [state("empty", word("no_such_firm", lang).format(code=code))]
    record_access("viewed", f"firm:{code}")
    return [
        section(f"{rows[-1]['name']} {code}", downloads("zones_firm", session), _table(rows, code, asked, session)),
        section(
            word("history", lang),
            downloads("zones_history", session),
            _history(asked.history(code), zone_names(asked, session), session),
        ),
    ]


def _table(rows: Sequence[Row], code: str, asked: ZonesQueries, session: Session) -> Still:
    lang, names = session.lang, title_names(asked, session)
    zones = {row["code"]: row for row in asked.zones()}
    lines = [line(_entry(zones[row["zone"]], code, session), _standing(row, names, session)) for row in rows]
    return scrollable_table(
        word("zones", lang), [word(name, lang) for name in ("zone", "holds", "meets", "change")], lines
    )


def _entry(zone: Row, firm_id: str, session: Session) -> Any:
    """The zone, as the way to the firm there for who may enter it."""
    if not zone["may_enter"]:
        return zone[session.lang]
    return html.A(zone[session.lang], href=session.of_installation.href(firm_path(zone["code"], firm_id)))


def standing(row: Row, names: Mapping[str, str]) -> tuple[str, str]:
    """What a firm holds and what it meets in words, empty for nothing."""
    held = [names.get(title, title) for title in row["titles"] or ()]
    return ", ".join(held), names.get(row["met"] or "", row["met"] or "")


def _standing(row: Row, names: Mapping[str, str], session: Session) -> list[Any]:
    return [
        *(words or "–" for words in standing(row, names)),
        change_badge(row["change"], value_word("change", row["change"], session.lang)),
    ]


def zones_named(row: Row, names: Mapping[str, str]) -> str:
    """The zones of an event by name; of a move from which to which."""
    to = ", ".join(names.get(zone, zone) for zone in row["zones"])
    return f"{names.get(row['from_zone'], row['from_zone'])} → {to}" if row["from_zone"] else to


def _history(rows: Sequence[Row], names: Mapping[str, str], session: Session) -> Any:
    lang = session.lang
    if not rows:
        return state("empty", word("no_events", lang))
    lines = [
        line(
            day(row["on_day"]),
            [
                row[lang] or "–",
                event_word(row, lang),
                day(row["until"]),
                zones_named(row, names),
            ],
        )
        for row in rows
    ]
    return scrollable_table(
        word("history", lang), [word(name, lang) for name in ("on_day", "title", "event", "until", "zones")], lines
    )


def event_word(row: Row, lang: Lang) -> str:
    """Word of ``event`` for titles and moves, of ``firm_change`` for all else."""
    return value_word("event" if row["kind"] in ("title", "moved") else "firm_change", row["event"], lang)


def _list(asked: ZonesQueries, session: Session, part: Slice) -> list[Any]:
    lang, path = session.lang, ZONES.path()
    zones = {row["code"]: row for row in asked.zones()}
    zone = listed_zone(asked, session)
    change = session.address.get("change", "")
    own = [("", word("every_zone", lang)), *((code, row[lang]) for code, row in zones.items() if row["may_enter"])]
    of_zone = choices(word("zone", lang), own, "zone", zone, session, path)
    kinds = asked.kinds(zone)
    if not kinds:
        return [of_zone, state("empty", _unpublished(zone, zones, lang))]
    listed, names = asked.firms(zone, change, part), title_names(asked, session)
    options = [
        ("", word("every_change", lang)),
        *((row["change"], f"{row[lang]} {count(row['firms'])}") for row in kinds),
    ]
    lines = [
        line(
            html.A(row["name"], href=session.of_installation.href(firm_path(row["zone"], row["firm_id"]))),
            [row["firm_id"], zones[row["zone"]][lang], *_standing(row, names, session)],
        )
        for row in listed.rows
    ]
    heads = [word(name, lang) for name in ("name", "code", "zone", "holds", "meets", "change")]
    table = (
        scrollable_table(word("firms", lang), heads, lines) if lines else state("empty", word("nothing_counted", lang))
    )
    return [
        of_zone,
        choices(word("change", lang), options, "change", change, session, path),
        section(
            f"{word('firms', lang)} · {count(listed.total)}",
            downloads("zones_firms", session),
            table,
            pager(listed.total, session, path),
        ),
    ]


def _unpublished(code: str, zones: Mapping[str, Row], lang: Lang) -> str:
    if not code:
        return word("none_published", lang)
    return word("zone_not_published", lang).format(zone=zones[code][lang], code=code)


def moves(asked: ZonesQueries, session: Session) -> list[Any]:
    """The firms that one zone lost and another has, of zones whose firms are named."""
    lang, rows = session.lang, asked.moves()
    if not rows:
        return [state("empty", word("no_moves", lang))]
    zones = zone_names(asked, session)
    shown = rows[:MOST_MOVES]
    path = ZONES.path()
    lines = [
        line(
            html.A(row["name"], href=with_changes(session, path, view="firms", q=row["firm_id"]), **GO),
            [row["firm_id"], zones[row["from_zone"]], zones[row["to_zone"]]],
        )
        for row in shown
    ]
    heads = [word(name, lang) for name in ("name", "code", "from_zone", "to_zone")]
    note = html.P(word("moves_shown", lang).format(shown=count(len(shown)), total=count(len(rows))), className="quiet")
    table = scrollable_table(word("moves", lang), heads, lines)
    return [section(f"{word('moves', lang)} · {count(len(rows))}", downloads("zones_moves", session), note, table)]


MOST_MOVES = 200
