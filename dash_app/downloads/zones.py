"""The tables of the page over all zones as files: small cells are empty, and each such row says so."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dash_app import routing
from dash_app.components.lists import EVERY_ROW
from dash_app.downloads.listed import ListFile, NotShown, Worded, in_percent, text
from dash_app.downloads.routes import Offer
from dash_app.downloads.zones_origin import ZonesOrigin, both_words, zone_state
from dash_app.pages.zones import state
from dash_app.pages.zones.figures import MOVED, MOVES
from dash_app.pages.zones.firms import event_word, standing, zones_named
from dash_app.rows import NewRow
from dash_app.session import Session
from dash_app.wording.loader import value_word, words_of
from dash_app.zone_routes import MINISTRY
from service.errors import BadInput
from service.queries.release.records import Slice
from service.wording.shown_moments import minute
from service.zones import ZonesQueries

PAGE = "zones"
ROLES = routing.STAFF | {MINISTRY}
word = words_of("zones")


def _note(row: Mapping[str, Any], names: Iterable[str], session: Session) -> str:
    """That a number of a row is hidden."""
    return text("hidden", session.lang) if any(row[name] is None for name in names) else ""


def _zones(asked: ZonesQueries, session: Session) -> Iterator[NewRow]:
    counted: dict[str, dict[str, NewRow]] = {}
    for row in asked.comparison():
        counted.setdefault(row["zone"], {})[row["change"]] = row
    classes = state.class_names(asked, session)
    for row in asked.zones():
        changes = counted.get(row["code"], {})
        numbers = {name: changes[name]["firms"] if changes else None for name in MOVES}
        numbers["firms"] = next(iter(changes.values()))["of_firms"] if changes else None
        note = _note(numbers, numbers, session) if changes else text("not_counted", session.lang)
        shown = {"class": classes[row["peers"]], "state_word": zone_state(row, session.lang)}
        yield {**row, **shown, "ended": minute(row["ended_at"]), **numbers, "note": note}


def _ladder(asked: ZonesQueries, session: Session) -> Iterator[NewRow]:
    """As on the page: the rungs and the designations beside them that have a rank."""
    classes = state.class_names(asked, session)
    for row in asked.ladder():
        if row["rank"] is not None:
            name = classes[row["peers"]] if row["peers"] else word("all_zones_together", session.lang)
            yield {**row, "class": name, "note": _note(row, ("held_count", "met_count", "judgement_count"), session)}


def _changes(asked: ZonesQueries, session: Session) -> Iterator[NewRow]:
    for row in asked.changes():
        note = _note(row, ("firms", "moved"), session)
        yield {**row, "moved": row["moved"] if row["change"] in MOVED else None, "note": note}


def _comparison(asked: ZonesQueries, session: Session) -> Iterator[NewRow]:
    names, classes = state.zone_names(asked, session), state.class_names(asked, session)
    shown = state.compared(asked, session)
    for row in shown.rows:
        needed = ("firms", "of_firms", *(("peers_share",) if row["like_zones"] else ()))
        note = "" if row["like_zones"] else word("no_like_zones", session.lang)
        worded = {"name": names[row["zone"]], "class": classes[row["peers"]], "change_word": shown.words}
        yield in_percent({**row, **worded, "note": _note(row, needed, session) or note})


def _compared(asked: ZonesQueries, session: Session) -> Worded:
    return [(word("change", session.lang), state.compared(asked, session).words)]


def _matrix(asked: ZonesQueries, session: Session) -> Iterator[NewRow]:
    shown = state.matrix(asked, session)
    for row in shown.rows:
        note = _note(row, ("firms", "from_firms", "to_firms"), session)
        yield in_percent({**row, "class": shown.words, "note": note})


def _of_class(asked: ZonesQueries, session: Session) -> Worded:
    return [(word("class", session.lang), state.matrix(asked, session).words), *_left_out(asked, session)]


def _cohorts(asked: ZonesQueries, session: Session) -> Iterator[NewRow]:
    start, title = state.cohorts(asked, session)
    for row in title.rows:
        yield in_percent({**row, "begun": start.words})


def _of_cohorts(asked: ZonesQueries, session: Session) -> Worded:
    start, title = state.cohorts(asked, session)
    lang = session.lang
    return [
        (word("cohorts_by", lang), start.words),
        (word("title", lang), title.words),
        *_left_out(asked, session),
    ]


def _left_out(asked: ZonesQueries, session: Session) -> Worded:
    """The zones that compare other days than most and are not counted."""
    names = "、".join(row[session.lang] for row in asked.not_comparable())
    return [(text("left_out", session.lang), names)] if names else []


def _firms(asked: ZonesQueries, session: Session) -> Iterator[NewRow]:
    """Zone by zone, so that of a long list no more than a zone is in memory."""
    if not asked.names_firms:
        raise NotShown(*both_words("no_firms_named"))
    titles, names = state.title_names(asked, session), state.zone_names(asked, session)
    zone, change = state.listed_zone(asked, session), session.address.get("change", "")
    asked.firms(zone, change, Slice(0, 0))  # an unknown change is refused, whatever the zone has
    for code in (zone,) if zone else names:
        for row in asked.firms(code, change, EVERY_ROW).rows:
            yield _worded(row, titles, names, session)


def _worded(row: NewRow, titles: Mapping[str, str], names: Mapping[str, str], session: Session) -> NewRow:
    holds, meets = standing(row, titles)
    change = value_word("change", row["change"], session.lang)
    return {**row, "holds": holds, "meets": meets, "change_word": change, "zone_name": names[row["zone"]]}


def _listed(asked: ZonesQueries, session: Session) -> Worded:
    zone, change = state.listed_zone(asked, session), session.address.get("change", "")
    return [
        *([(word("zone", session.lang), state.zone_names(asked, session)[zone])] if zone else []),
        *([(word("change", session.lang), value_word("change", change, session.lang))] if change else []),
    ]


def _moves(asked: ZonesQueries, session: Session) -> Iterator[NewRow]:
    names = state.zone_names(asked, session)
    for row in asked.moves():
        yield {**row, "from_name": names[row["from_zone"]], "to_name": names[row["to_zone"]]}


def _firm(asked: ZonesQueries, session: Session) -> list[NewRow]:
    titles, names = state.title_names(asked, session), state.zone_names(asked, session)
    code = _code(session)
    rows = asked.firm(code)
    if not rows:
        zh, en = both_words("no_such_firm")
        raise BadInput(zh.format(code=code), en.format(code=code))
    return [_worded({**row, "firm_id": code}, titles, names, session) for row in rows]


def _history(asked: ZonesQueries, session: Session) -> list[NewRow]:
    _firm(asked, session)
    names = state.zone_names(asked, session)
    rows = asked.history(_code(session))
    return [{**row, "event_word": event_word(row, session.lang), "known_in": zones_named(row, names)} for row in rows]


def _code(session: Session) -> str:
    code = session.address.get("q", "").strip().upper()
    if not state.CODE.fullmatch(code):
        raise BadInput(*both_words("code_only"))
    return code


def _of_firm(_: ZonesQueries, session: Session) -> Worded:
    return [(word("code", session.lang), _code(session))]


def _unfiltered(_: ZonesQueries, __: Session) -> Worded:
    return []


OF_ZONES = Offer(
    {
        "zones": ListFile(ROLES, PAGE, _zones, _unfiltered),
        "zones_ladder": ListFile(ROLES, PAGE, _ladder, _unfiltered),
        "zones_changes": ListFile(ROLES, PAGE, _changes, _unfiltered),
        "zones_comparison": ListFile(ROLES, PAGE, _comparison, _compared),
        "zones_matrix": ListFile(ROLES, PAGE, _matrix, _of_class),
        "zones_cohorts": ListFile(ROLES, PAGE, _cohorts, _of_cohorts),
        "zones_firms": ListFile(ROLES, PAGE, _firms, _listed),
        "zones_firm": ListFile(ROLES, PAGE, _firm, _of_firm),
        "zones_history": ListFile(ROLES, PAGE, _history, _of_firm),
        "zones_moves": ListFile(ROLES, PAGE, _moves, _unfiltered),
    },
    ZonesOrigin,
)
"""The lists of the site over all zones."""
