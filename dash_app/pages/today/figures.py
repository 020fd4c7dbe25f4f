"""The blocks of an officer and of an incubator."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from dash import dcc, html

from dash_app import ids, routing
from dash_app.components.downloads import downloads
from dash_app.components.sections import aria_label, section
from dash_app.components.still import still
from dash_app.pages.today.items import Rows, block, columns, counted, days, listed, more, planned
from dash_app.rows import Row
from dash_app.session import Session, parsed
from dash_app.wording.loader import Lang, words_of
from service.alerts.current import Alert
from service.queries.release.records import Listed
from service.today import Since, Work
from service.wording.rendering import about
from service.wording.shown_moments import minute

word = words_of("today")


def movers(session: Session, is_mine: bool, **filters: str) -> str:
    """The address of the list of movers with filters, of the own firms where today shows those."""
    own = {"owner": session.scope.who} if is_mine else {}
    return session.href(routing.MOVERS.path(), {**filters, **own})


def alerts(matching: Sequence[Alert], session: Session) -> list[Any]:
    """The alerts of the user: how many, what to do, and the link to where it is done; none where there are none."""
    lang = session.lang
    items = [
        html.Li(
            [
                dcc.Link(
                    f"{getattr(alert.definition, lang)} · {counted(len(alert.items), 'unit_items', lang)}",
                    href=_page_of(alert, session),
                ),
                html.Span(getattr(alert.definition.action, lang), className="quiet"),
            ]
        )
        for alert in matching
    ]
    label = aria_label(word("alerts", lang))
    return [html.Ul(items, className="today-alerts", **label)] if items else []


def _page_of(alert: Alert, session: Session) -> str:
    page = urlsplit(alert.definition.page)
    return session.href(page.path, parsed(page.query))


def since(changed: Since, session: Session, rows: Rows) -> Any:
    """What changed since today was last marked as seen, with the moment and the button that sets it anew."""
    lang = session.lang
    items = [_changed(row, rows, lang) for row in changed.rows or []]
    note, total = word("never_seen", lang), changed.against.total
    if changed.seen is not None:
        note = f"{word('seen_at', lang)} {minute(changed.seen.at)}"
        total = len(items)
    else:
        items = [_moved(row, rows, lang) for row in changed.against.rows]
    ended = _why_nothing(changed)
    content = html.P(word(ended, lang), className="state-empty") if ended else listed(items[:8], lang)
    href = session.href(routing.MOVERS.path(), {"change": "up,back,down,gone"})
    return section(
        f"{word('since', lang)} · {counted(total, 'unit_firms', lang)}",
        html.P([f"{note} ", html.Button(word("seen", lang), id=ids.TODAY_SEEN, className="today-button")]),
        content,
        *more(total, min(len(items), 8), href, word("since", lang), lang),
    )


def _why_nothing(changed: Since) -> str:
    if changed.rows is None:
        return "gone_run"
    if changed.is_same_run:
        return "same_run"
    return "unchanged" if changed.seen is not None and not changed.rows else ""


def _changed(row: Row, rows: Rows, lang: Lang) -> html.Li:
    parts = [word("new_firm", lang)] if row["is_new"] else []
    names = {"held": "holds", "met": "meets"}
    parts += [
        f"{word(names[part], lang)} {row['was'][f'{part}_{lang}'] or word('nobody', lang)}"
        f" → {row[f'{part}_{lang}'] or word('nobody', lang)}"
        for part in row["moved"]
    ]
    parts += [
        f"+ {signal[f'signal_{lang}']} {signal[f'designation_{lang}'] or ''}".strip() for signal in row["signals"]
    ]
    text = (" · ").join(parts)
    return rows.item(row, text, text, do=row[f"next_{lang}"])


def _moved(row: Row, rows: Rows, lang: Lang) -> html.Li:
    words = {"held": "holds", "met": "meets"}
    parts = [
        f"{word(name, lang)} {row[f'from_{part}_{lang}'] or word('nobody', lang)}"
        f" → {row[f'{part}_{lang}'] or word('nobody', lang)}"
        for part, name in words.items()
        if row[f"from_{part}_{lang}"] != row[f"{part}_{lang}"]
    ]
    badge = row[f"change_{lang}"]
    return rows.item(row, " · ".join(parts) or badge, badge, do=row[f"next_{lang}"], badge=badge)


def calls(matching: Mapping[str, Listed], session: Session, rows: Rows, is_mine: bool) -> Any:
    """The telephone list: each row with the question to read out."""
    lang = session.lang
    items = [
        rows.item(
            row, row[f"reason_{lang}"], _about(row, lang),
            do=f"☎ {row[f'question_{lang}']}", badge=row[f"signal_{lang}"],
        )
        for listing in matching.values()
        for row in listing.rows
    ]  # fmt: skip
    links = [
        link
        for signal, listing in matching.items()
        for link in more(
            listing.total, len(listing.rows), movers(session, is_mine, signal=signal), _named(listing, lang), lang
        )
    ]
    total = sum(listing.total for listing in matching.values())
    sheet = downloads("calls", session)
    hint = word("calls_hint", lang)
    return block(
        word("calls", lang), total, sheet, listed(items, lang), *links, lang=lang, unit="unit_signals", hint=hint
    )


def signals(name: str, matching: Mapping[str, Listed], session: Session, rows: Rows, is_mine: bool) -> Any:
    """A block of signals, each kind up to its ceiling."""
    lang = session.lang
    items = [
        rows.item(row, row[f"reason_{lang}"], _about(row, lang), do=row[f"do_{lang}"], badge=row[f"signal_{lang}"])
        for listing in matching.values()
        for row in listing.rows
    ]
    links = [
        link
        for signal, listing in matching.items()
        for link in more(
            listing.total, len(listing.rows), movers(session, is_mine, signal=signal), _named(listing, lang), lang
        )
    ]
    total = sum(listing.total for listing in matching.values())
    return block(word(name, lang), total, listed(items, lang), *links, lang=lang, unit="unit_signals")


def due(matching: Listed, session: Session, rows: Rows) -> Any:
    """What is due and to be started soon."""
    lang = session.lang
    items = [
        rows.item(
            row, f"{row[f'designation_{lang}']} · {row[f'duty_{lang}']}",
            f"{row[f'designation_{lang}']} {row[f'kind_{lang}']}",
            do=planned(row, lang), mark=days(row["days_left"], lang), badge=row[f"kind_{lang}"],
        )
        for row in matching.rows
    ]  # fmt: skip
    href = session.href(routing.CULTIVATION.path(), {"view": "calendar"})
    links = more(matching.total, len(matching.rows), href, word("due", lang), lang)
    return block(word("due", lang), matching.total, listed(items, lang), *links, lang=lang)


def things(name: str, matching: Listed, session: Session) -> Any:
    """Rows of the casebook, each with the link to the case."""
    lang = session.lang
    items = [_thing(row, session) for row in matching.rows]
    href = session.href(routing.CULTIVATION.path(), {"view": "cases"})
    links = more(matching.total, len(matching.rows), href, word(name, lang), lang)
    return block(word(name, lang), matching.total, listed(items, lang), *links, lang=lang)


def _thing(row: Row, session: Session) -> html.Li:
    lang = session.lang
    state = row.get(f"state_{lang}")
    answer = row.get("decided_why") or row.get("answer")
    text = " · ".join(str(part) for part in (about(row, lang), state, row["by_on"], answer) if part)
    case = dcc.Link(row["name"], href=session.href(routing.CASE.path(firm_id=row["firm_id"])), className="firm-link")
    head = [case, html.Span(word(row["thing"], lang), className="badge today-badge")]
    mark = [] if row.get("decided_on") or row["left"] is None else [days(row["left"], lang)]
    drawn = still(html.Div([*head, *mark], className="today-head"), html.Div(text, className="today-sentence"))
    return html.Li(drawn, className="today-item")


def _about(row: Row, lang: Lang) -> str:
    return " ".join(filter(None, (row[f"signal_{lang}"], row[f"designation_{lang}"])))


def _named(listing: Listed, lang: Lang) -> str:
    return str(listing.rows[0][f"signal_{lang}"]) if listing.rows else ""


def work(matching: Work, session: Session, may_edit: bool) -> html.Div:
    """The blocks in two columns: what to do first, and what was promised beside it."""
    rows = Rows(session, matching.contacted, may_edit)
    first = [
        calls(matching.calls, session, rows, matching.is_mine),
        due(matching.due, session, rows),
        *(signals(name, listings, session, rows, matching.is_mine) for name, listings in matching.signals.items()),
    ]
    beside = [
        since(matching.since, session, rows),
        *(things(name, getattr(matching, name), session) for name in ("promises", "replies", "answered")),
    ]
    return columns(first, beside)
