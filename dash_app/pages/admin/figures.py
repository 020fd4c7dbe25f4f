"""The tables of the page of administration."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from dash import html

from dash_app.components.sections import table_of_cells
from dash_app.components.values import day, joined
from dash_app.rows import Row
from dash_app.session import Session
from dash_app.wording.lists import filter_names, list_titles
from dash_app.wording.loader import Lang, words_of
from service.people.access import KINDS
from service.people.access_words import detail_words, subject_words
from service.people.accounts import Account
from service.people.scope_words import Names, scope_words
from service.people.tokens import Token
from service.scope import roles
from service.wording.rendering import place_name
from service.wording.shown_moments import minute

word = words_of("admin")
RIGHTS = ("see", "edit", "export", "plan", "administer", "count")


def accounts(rows: Sequence[Account], zones: Names, session: Session) -> Any:
    """Table: name, role, scope, state, last sign-in; a sentence where there is no account."""
    lang = session.lang
    if not rows:
        return html.P(word("no_accounts", lang), className="state-empty")
    heads = [word(name, lang) for name in ("name", "role", "scope", "state", "signed_in")]
    cells = [
        [
            row.name,
            getattr(roles()[row.role], lang),
            scope_words(row.scope_kind, row.scope_keys, lang, zones),
            _state(row, lang),
            minute(row.signed_in_at),
        ]
        for row in rows
    ]
    return table_of_cells(word("accounts", lang), heads, cells)


def _state(account: Account, lang: Lang) -> html.Span:
    if not account.is_active:
        return html.Span(word("disabled", lang), className="badge state-closed")
    if account.password_hash is None:
        until = minute(account.link_until)
        return html.Span(word("link_waits", lang).format(until=until), className="badge signal")
    return html.Span(word("active", lang), className="badge held")


def tokens(rows: Sequence[tuple[Token, bool]], zones: Names, session: Session) -> Any:
    """Table: id, account, scope, state, validity, last use; a sentence where there is no token."""
    lang = session.lang
    if not rows:
        return html.P(word("no_tokens", lang), className="state-empty")
    heads = [word(name, lang) for name in ("token", "name", "scope", "state", "until", "used", "by")]
    cells = [
        [
            token.token_id,
            token.name,
            scope_words(token.scope_kind, token.scope_keys, lang, zones),
            word("valid" if is_valid else "revoked" if token.revoked_at else "expired", lang),
            minute(token.valid_until),
            token.used_on or "–",
            token.created_by,
        ]
        for token, is_valid in rows
    ]
    return table_of_cells(word("tokens", lang), heads, cells)


def role_table(session: Session) -> html.Div:
    """What each role may do, and why."""
    lang = session.lang
    heads = [word(name, lang) for name in ("role", "rights", "because")]
    cells = [
        [
            getattr(role, lang),
            joined((word(right, lang) for right in RIGHTS if right in role.rights), lang),
            getattr(role.because, lang),
        ]
        for role in roles().values()
    ]
    return table_of_cells(word("roles", lang), heads, cells)


def accesses(rows: Sequence[Row], session: Session) -> Any:
    """A row an access, the newest first."""
    lang = session.lang
    if not rows:
        return html.P(word("no_accesses", lang), className="state-empty")
    heads = [word(name, lang) for name in ("number", "when", "who", "role", "kind", "subject", "detail")]
    cells = [
        [
            row["seq"],
            minute(row["at"]),
            row["who"],
            getattr(roles()[row["role"]], lang) if row["role"] in roles() else row["role"],
            kind_word(row["kind"], lang),
            subject_words(row, lang, list_titles(lang)),
            detail_words(row["content"], lang, filter_names(lang)) or "–",
        ]
        for row in rows
    ]
    return table_of_cells(word("accesses", lang), heads, cells)


def kind_word(kind: str, lang: Lang) -> str:
    """A kind of access in words."""
    zh, en = KINDS.get(kind, (kind, kind))
    return zh if lang == "zh" else en


def jobs(last: Row, session: Session) -> html.Div:
    """When each job last left something."""
    lang = session.lang
    worded = {
        "nightly": _shown(last["nightly"]),
        "monthly_extracts": last["monthly_extracts"],
        "weekly_digest": last["weekly_digest"],
        "monthly_freeze": last["monthly_freeze"],
    }
    cells = [[word(name, lang), value or word("never", lang)] for name, value in worded.items()]
    return table_of_cells(word("runs", lang), [word("job", lang), word("last_done", lang)], cells)


def runs(rows: Sequence[Row], session: Session) -> Any:
    """The newest releases; of an installation its zones have their own."""
    lang = session.lang
    if not rows:
        return html.P(word("no_runs", lang), className="state-empty")
    heads = [word(name, lang) for name in ("run", "day", "place", "published")]
    cells = [
        [row["run_id"], day(row["day"]), place_name(row["place"], lang), minute(row["published_at"])] for row in rows
    ]
    return table_of_cells(word("run", lang), heads, cells)


def _shown(value: date | None) -> str | None:
    return minute(value) if isinstance(value, datetime) else day(value) if value else None
