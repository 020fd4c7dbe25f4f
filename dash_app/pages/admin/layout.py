"""The layout of the administration: each section with its table and the forms that change it."""

from typing import Any

from dash import dcc, html

from dash_app import ids, routing
from dash_app.components.lists import refused
from dash_app.components.page import page
from dash_app.components.sections import aria_label, section
from dash_app.components.still import Still, still
from dash_app.components.values import count
from dash_app.pages.admin import figures
from dash_app.pages.admin.forms import account_forms, token_forms
from dash_app.session import Session
from dash_app.wording.loader import words_of
from service.administration import SHOWN, Administration
from service.errors import BadInput
from service.people.access import KINDS
from service.reader import ReleaseQueries
from service.wording.rendering import Counted

word = words_of("admin")
HASH_DIGITS = 16


def layout(release: ReleaseQueries, session: Session) -> html.Div:
    """The page; ``who``, ``kind`` and ``since`` of the address filter accesses, ``verify=1`` verifies the chains."""
    notice = html.Div(id=ids.ADMIN_NOTICE, role="status")
    try:
        body = admin_body(release.administration(session.scope), session)
    except BadInput as error:  # of an administrator of some zones only
        body = [refused(error, session.lang)]
    title = html.H1(routing.ADMIN.title(session.lang))
    return page([title, notice, html.Div(body, id=ids.ADMIN_BODY)], session, release.freshness())


def admin_body(administration: Administration, session: Session) -> list[Any]:
    """All sections below the heading."""
    lang = session.lang
    accounts, tokens, zones = administration.accounts(), administration.tokens(), administration.zone_names()
    usable = [token for token, is_valid in tokens if is_valid]
    hint = html.P(word("confirm", lang), className="quiet")
    return [
        section(
            word("accounts", lang), hint, figures.accounts(accounts, zones, session), account_forms(accounts, session)
        ),
        section(word("tokens", lang), figures.tokens(tokens, zones, session), token_forms(usable, session)),
        section(word("roles", lang), figures.role_table(session)),
        _accesses(administration, session),
        _casebook(administration, session),
        section(
            word("runs", lang),
            figures.jobs(administration.jobs(), session),
            html.Br(),
            figures.runs(administration.runs(), session),
        ),
    ]


def _accesses(administration: Administration, session: Session) -> Any:
    lang, address = session.lang, session.address
    kind = address.get("kind") if address.get("kind") in KINDS else None
    rows = administration.accesses(address.get("who") or None, kind, session.day("since"))
    hint = html.P(word("accesses_hint", lang).format(count=count(SHOWN)), className="quiet")
    return section(word("accesses", lang), hint, _filters(kind, session), figures.accesses(rows, session))


def _filters(kind: str | None, session: Session) -> Still:
    """The kinds as links, who and since as a form that becomes an address; each keeps the others."""
    lang = session.lang
    kept = {name: value for name, value in session.address.items() if name in ("who", "since") and value}
    chips = [_chip(word("all", lang), kept, kind is None, session)]
    chips += [_chip(figures.kind_word(name, lang), {**kept, "kind": name}, name == kind, session) for name in KINDS]
    hidden = {"kind": kind or "", "lang": "en" if lang == "en" else ""}
    sent: dict[str, Any] = {"data-go": ""}
    form = html.Form(
        [
            html.Label([word("who", lang), _input("who", "text", session)]),
            html.Label([word("since", lang), _input("since", "date", session)]),
            *(dcc.Input(type="hidden", name=name, value=value) for name, value in hidden.items() if value),
            html.Button(word("find", lang), type="submit"),
        ],
        action=f"{session.base}{routing.ADMIN.path()}",
        className="admin-filters",
        **sent,
    )
    return still(html.Nav(chips, className="chips", **aria_label(word("kind", lang))), form)


def _chip(name: str, parameters: dict[str, str], is_chosen: bool, session: Session) -> html.A:
    href, go = session.href(routing.ADMIN.path(), parameters), {"data-go": ""}
    chosen: dict[str, Any] = {**go, **({"aria-current": "true"} if is_chosen else {})}
    return html.A(name, href=href, className="chip" + (" chosen" if is_chosen else ""), **chosen)


def _input(name: str, kind: Any, session: Session) -> dcc.Input:
    return dcc.Input(type=kind, name=name, value=session.address.get(name, ""))


def _casebook(administration: Administration, session: Session) -> Any:
    """Head and state of the casebook; both chains verified where the address asks for it."""
    lang, book = session.lang, administration.casebook()
    sound = word("damaged", lang) if book["fault"] else word("sound", lang)
    state = word("lost", lang).format(count=Counted(book["lost"])) if book["lost"] else sound
    head = " · ".join(filter(None, (word("event_number", lang).format(seq=book["seq"]), book["hash"][:HASH_DIGITS])))
    rows = [
        [word("head", lang), head],
        [word("state", lang), state],
        [word("verify", lang), _verified(administration, session)],
        [word("backup", lang), html.Code(word("backup_how", lang))],
    ]
    cells = [html.Tr([html.Th(name, scope="row"), html.Td(value)]) for name, value in rows]
    return section(word("casebook", lang), html.Table(html.Tbody(cells)))


def _verified(administration: Administration, session: Session) -> Any:
    lang = session.lang
    if session.address.get("verify") != "1":
        href = session.href(routing.ADMIN.path(), {**session.address, "verify": "1"})
        return html.Span([word("not_verified", lang), " · ", dcc.Link(word("verify", lang), href=href)])
    entries, fault = administration.verify()
    whole = word("whole", lang).format(count=Counted(entries))
    if fault is not None:
        what = fault.zh if lang == "zh" else fault.en
        whole = word("broken", lang).format(seq=fault.seq, what=what)
    problems = [problem[lang] for problem in administration.verify_casebook()]
    problems = problems or [f"{word('casebook', lang)}: {word('sound', lang)}"]
    lines = [html.P(line) for line in (whole, *problems)]
    return html.Div(lines, className="state-unknown" if fault else "")
