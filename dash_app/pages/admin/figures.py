"""The tables of the page of administration."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dash import html

from dash_app.components.sections import aria_label, table
from dash_app.components.values import day
from dash_app.session import Session
from dash_app.wording.loader import Lang, words_of
from service.people.access import KINDS
from service.people.accounts import Account
from service.people.scopes import written
from service.people.tokens import Token
from service.rendering import park_name
from service.scope import roles

word = words_of("admin")
Row = Mapping[str, Any]
MINUTE = 16
"""Signs of a moment up to its minute."""
RIGHTS = ("see", "edit", "export", "plan", "administer", "count")


def wide(name: str, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> html.Div:
    """A table that scrolls within itself, reachable by keyboard."""
    scrolled: dict[str, Any] = {"role": "region", "tabIndex": 0, **aria_label(name)}
    lines = [html.Tr([html.Td(cell) for cell in cells]) for cells in rows]
    return html.Div(table(heads, lines), className="wide", **scrolled)


def moment(text: str | None) -> str:
    """A moment as it is read, in UTC."""
    return "–" if text is None else f"{text[:MINUTE].replace('T', ' ')} UTC"


def accounts(rows: Sequence[Account], session: Session) -> Any:
    """A row an account."""
    lang = session.lang
    if not rows:
        return html.P(word("no_accounts", lang), className="state-empty")
    heads = [word(name, lang) for name in ("name", "role", "scope", "state", "signed_in")]
    cells = [
        [
            row.name,
            getattr(roles()[row.role], lang),
            _scope(row.scope_kind, row.scope_keys),
            _state(row, lang),
            moment(row.signed_in_at),
        ]
        for row in rows
    ]
    return wide(word("accounts", lang), heads, cells)


def _scope(kind: str, keys: tuple[str, ...]) -> str:
    """A scope as it is typed, with the names of parks after it."""
    names = " · ".join(map(park_name, keys)) if kind == "park" else ""
    return f"{written(kind, keys)} {names}".strip()


def _state(account: Account, lang: Lang) -> html.Span:
    if not account.is_active:
        return html.Span(word("disabled", lang), className="badge state-closed")
    if account.password_hash is None:
        until = moment(account.link_until)
        return html.Span(word("link_waits", lang).format(until=until), className="badge signal")
    return html.Span(word("active", lang), className="badge held")


def tokens(rows: Sequence[tuple[Token, bool]], session: Session) -> Any:
    """A row a token."""
    lang = session.lang
    if not rows:
        return html.P(word("no_tokens", lang), className="state-empty")
    heads = [word(name, lang) for name in ("token", "name", "scope", "state", "until", "used", "by")]
    cells = [
        [
            token.token_id,
            token.name,
            _scope(token.scope_kind, token.scope_keys),
            word("valid" if is_valid else "revoked" if token.revoked_at else "expired", lang),
            moment(token.valid_until),
            token.used_on or "–",
            token.created_by,
        ]
        for token, is_valid in rows
    ]
    return wide(word("tokens", lang), heads, cells)


def role_table(session: Session) -> html.Div:
    """What each role may do, and why."""
    lang = session.lang
    heads = [word(name, lang) for name in ("role", "rights", "because")]
    cells = [
        [
            getattr(role, lang),
            "、".join(word(right, lang) for right in RIGHTS if right in role.rights)
            if lang == "zh"
            else ", ".join(word(right, lang) for right in RIGHTS if right in role.rights),
            getattr(role.because, lang),
        ]
        for role in roles().values()
    ]
    return wide(word("roles", lang), heads, cells)


def accesses(rows: Sequence[Row], session: Session) -> Any:
    """A row an access, the newest first."""
    lang = session.lang
    if not rows:
        return html.P(word("no_accesses", lang), className="state-empty")
    heads = [word(name, lang) for name in ("number", "when", "who", "role", "kind", "subject", "detail")]
    cells = [
        [
            row["seq"],
            moment(row["at"]),
            row["who"],
            getattr(roles()[row["role"]], lang) if row["role"] in roles() else row["role"],
            kind_word(row["kind"], lang),
            row["subject"],
            json.dumps(row["content"], ensure_ascii=False) if row["content"] else "–",
        ]
        for row in rows
    ]
    return wide(word("accesses", lang), heads, cells)


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
    return wide(word("runs", lang), [word("job", lang), word("last_done", lang)], cells)


def runs(rows: Sequence[Row], session: Session) -> html.Div:
    """The newest releases."""
    lang = session.lang
    heads = [word(name, lang) for name in ("run", "day", "place", "published")]
    cells = [[row["run_id"], _shown(row["day"]), row["place"], _shown(row["published_at"])] for row in rows]
    return wide(word("run", lang), heads, cells)


def _shown(value: Any) -> str | None:
    return day(value) if isinstance(value, date) else (str(value)[:MINUTE] if value else None)
