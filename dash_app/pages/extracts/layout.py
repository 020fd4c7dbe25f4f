"""The layout of extracts: incubators with their last delivery, or one of them; log, cards, and who exported."""

from secrets import token_hex
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dash_app import ids, routing
from dash_app.components.page import page
from dash_app.components.refusals import unreadable
from dash_app.components.sections import section
from dash_app.pages.extracts import figures
from dash_app.session import Session
from dash_app.wording.loader import words_of
from service.errors import BadInput
from service.extracts.extracts import Extracts
from service.queries.release.records import Slice
from service.reader import ReleaseQueries

word = words_of("extracts")
MOST_INCUBATORS = 1000


def layout(release: ReleaseQueries, session: Session) -> html.Div:
    """The page; ``incubator`` in the address shows one of them, ``revised`` what changed since a run."""
    notice = html.Div(id=ids.EXTRACTS_NOTICE, role="status")
    body = html.Div(extracts_body(release, session), id=ids.EXTRACTS_BODY)
    title = html.H1(routing.EXTRACTS.title(session.lang))
    return page([title, notice, body], session, release.freshness())


def extracts_body(release: ReleaseQueries, session: Session) -> list[Any]:
    """All sections below the heading."""
    lang = session.lang
    with release.extracts(session.scope) as extracts:
        chosen = session.address.get("incubator", "")
        if chosen:
            return [_back(session), *_incubator(extracts, chosen, session)]
        rows, fault = extracts.incubators(), extracts.log_fault
        logged = [] if fault else extracts.log()
    tenants = {row["incubator"]: row["firms"] for row in release.incubators(Slice(MOST_INCUBATORS, 0)).rows}
    none = word("partial" if tenants else "no_incubators", lang)
    listed = figures.incubators(rows, tenants, session) if rows else html.P(none, className="state-empty")
    if fault is not None:
        return [
            unreadable(fault, lang),
            section(word("workbooks", lang), html.P(word("without_log", lang), className="state-unknown"), listed),
        ]
    return [
        section(word("workbooks", lang), html.P(word("workbooks_hint", lang), className="quiet"), listed),
        section(word("log", lang), figures.log(logged, session)),
        *_cards(release, session),
        *_exports(release, session),
    ]


def _back(session: Session) -> dcc.Link:
    return dcc.Link(f"← {word('back', session.lang)}", href=session.href(routing.EXTRACTS.path()), className="back")


def _incubator(extracts: Extracts, name: str, session: Session) -> list[Any]:
    """The workbook of one incubator before it is handed over, and its deliveries."""
    lang = session.lang
    try:
        changes, tenants, last = extracts.preview(name, lang)
    except BadInput as error:
        return [html.P(error.zh if lang == "zh" else error.en, className="state-unknown")]
    if last is not None and not last.is_known:
        worded: list[Any] = [html.P(word("changes_unknown", lang), className="state-unknown")]
    elif last is None:
        worded = [html.P(word("first", lang), className="state-empty")]
    elif last.kept is None:
        worded = [html.P(word("lost", lang), className="state-unknown")]
    else:
        worded = figures.changed(changes, session) if changes else [html.P(word("unchanged", lang))]
    files: list[Any] = [
        figures.file_link(name, "workbook", word("workbook", lang), session),
        " · ",
        figures.file_link(name, "columns", word("columns", lang), session),
    ]
    fault = extracts.log_fault
    logged = [unreadable(fault, lang)] if fault else [figures.log(_of(extracts, name), session)]
    return [
        html.H2(name),
        *([html.P(files)] if session.scope.may("export") else []),
        section(word("changes", lang), *worded),
        section(
            f"{word('preview', lang)} · {word('tenants', lang)} {len(tenants)}", *figures.preview(tenants, session)
        ),
        *(_form(name, session) if extracts.may_deliver else []),
        section(word("log", lang), *logged),
    ]


def _of(extracts: Extracts, name: str) -> list[dict[str, Any]]:
    return [row for row in extracts.log() if row["incubator"] == name]


def _form(name: str, session: Session) -> list[Any]:
    lang = session.lang
    fields = [
        dmc.TextInput(id=ids.DELIVER_TO, label=word("recipient", lang), value=name),
        dmc.TextInput(id=ids.DELIVER_WHY, label=word("why", lang), value=""),
        dmc.Button(word("deliver", lang), id=ids.DELIVER),
    ]
    drawn = dcc.Store(id=ids.DELIVER_DRAWN, data={"incubator": name, "request": token_hex(8)})
    hint = html.P(word("deliver_hint", lang), className="quiet")
    return [drawn, section(word("deliver", lang), hint, html.Div(fields, className="form"))]


def _cards(release: ReleaseQueries, session: Session) -> list[Any]:
    lang = session.lang
    if not session.scope.may("export") or session.scope.kind != "zone":
        return []
    hint = html.P(word("cards_hint", lang), className="quiet")
    exports = release.exports(session.scope)
    paths = exports.cards()
    return [
        section(word("cards", lang), hint, figures.cards(paths, exports.supplier_names() if paths else {}, session))
    ]


def _exports(release: ReleaseQueries, session: Session) -> list[Any]:
    """Who exported what, for who may know; the figures revised since a run, where one is named."""
    lang, exports, run = session.lang, release.exports(session.scope), session.address.get("revised")
    if not exports.may_know:
        return []
    entries = exports.entries(run)
    empty = word("no_exports" if exports.has_people else "no_accounts", lang)
    listed = (
        figures.exported(entries, release.run()["run_id"], session)
        if entries
        else html.P(empty, className="state-empty")
    )
    parts = [section(word("exported", lang), html.P(word("exported_hint", lang), className="quiet"), listed)]
    if run:
        parts.append(section(word("revised", lang).format(run=run), *_revised(release, run, session)))
    return parts


def _revised(release: ReleaseQueries, run: str, session: Session) -> list[Any]:
    lang = session.lang
    try:
        rows = release.exports(session.scope).revised(run)
    except BadInput as error:
        return [html.P(error.zh if lang == "zh" else error.en, className="state-unknown")]
    return figures.revised(rows, session) if rows else [html.P(word("none_revised", lang))]
