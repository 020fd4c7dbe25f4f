"""The layout of the drawer: the verdict in a sentence, what decides it, what to do, by when and who."""

from typing import Any

from dash import html

from dash_app import ids, routing
from dash_app.components.badges import answer_badge, beside_badge, change_badge
from dash_app.components.changes import changed
from dash_app.components.still import GO, Still, still
from dash_app.components.values import day
from dash_app.rows import Row
from dash_app.session import Session
from dash_app.wording.loader import Lang, words_of
from service.queries.firm.glance import Glance
from service.wording.rendering import measured, sentence, show_gap, source_text

BUTTONS = {"previous": "previous_firm", "next": "next_firm", "close": "close_drawer"}
"""What ``assets/shell.js`` does for a button, and its word."""
word = words_of("drawer")


def drawer(glance: Glance, session: Session) -> Still:
    """Verdict, signals, facts and conditions of a firm, without callbacks."""
    mover, lang = glance.mover, session.lang
    body = html.Div(
        [
            html.P(_verdict(glance, lang), className="drawer-verdict"),
            *_signals(glance.signals, lang),
            _facts(glance, lang),
            *_conditions(glance, lang),
        ],
        id=ids.DRAWER_TEXT,
    )
    return _panel([_head(mover, session), body, _links(mover["firm_id"], session)], session)


def no_such_firm(session: Session) -> Still:
    """The drawer of a firm that there is not, or that is another's."""
    title = html.H2(word("no_firm", session.lang), id=ids.DRAWER_TITLE, tabIndex=-1)
    return _panel([title, html.P(word("no_firm_hint", session.lang), className="state-unknown")], session)


def _panel(children: list[Any], session: Session) -> Still:
    buttons = [_button(act, name, session.lang) for act, name in BUTTONS.items()]
    labelled: dict[str, Any] = {"role": "dialog", "aria-labelledby": ids.DRAWER_TITLE}
    return still(html.Aside([html.Div(buttons, className="drawer-buttons"), *children], className="drawer", **labelled))


def _button(act: str, name: str, lang: Lang, **attributes: Any) -> html.Button:
    acting: dict[str, Any] = {"data-act": act, "type": "button", **attributes}
    return html.Button(word(name, lang), **acting)


def _head(mover: Row, session: Session) -> html.Div:
    lang = session.lang
    return html.Div(
        [
            html.H2(mover["name"], id=ids.DRAWER_TITLE, tabIndex=-1),
            change_badge(mover["change"], changed(mover, lang)),
            " ",
            html.Span(mover["firm_id"], className="quiet"),
        ],
        className="drawer-head",
    )


def _verdict(glance: Glance, lang: Lang) -> list[Any]:
    verdict = glance.verdict
    if verdict is None:
        return [word("nothing_next", lang)]
    worded = beside_badge(verdict, sentence(verdict, glance.conditions, lang), lang)
    return [answer_badge(verdict, lang), " ", " · ".join(filter(None, (verdict[lang], worded)))]


def _signals(signals: list[dict[str, Any]], lang: Lang) -> list[html.Ul]:
    rows = [
        html.Li(
            [
                html.Span(signal[f"signal_{lang}"], className="badge signal"),
                f" {signal[f'reason_{lang}']} ",
                html.Span(signal[f"do_{lang}"], className="quiet"),
            ]
        )
        for signal in signals
    ]
    return [html.Ul(rows, className="drawer-signals")] if rows else []


def _facts(glance: Glance, lang: Lang) -> html.Dl:
    mover = glance.mover
    acting = mover["acting"] or mover["officer"]
    pairs = [
        (word("holds_now", lang), mover[f"titles_{lang}"] or word("none_of_them", lang)),
        (word("next_step", lang), mover[f"next_{lang}"] or word("none_of_them", lang)),
        (word("due_next", lang), [html.Div(_due(row, lang)) for row in glance.due] or word("nothing_due", lang)),
        (word("in_charge", lang), acting or word("nobody_yet", lang)),
        (word("incubator_of", lang), mover["incubator"] or word("none_of_them", lang)),
    ]
    return html.Dl([html.Div([html.Dt(name), html.Dd(value)]) for name, value in pairs], className="drawer-facts")


def _due(row: Row, lang: Lang) -> str:
    text = f"{day(row['due_on'])} {row[f'duty_{lang}']} · {row[f'owner_role_{lang}'] or '–'}"
    start = f" · {word('start_by', lang)} {day(row['start_by'])}" if row["start_by"] else ""
    return text + start + (f" · {word('overdue', lang)}" if row["is_overdue"] else "")


def _conditions(glance: Glance, lang: Lang) -> list[Any]:
    if not glance.conditions:
        return []
    return [
        html.H3(word("what_decides", lang)),
        html.Ul([_condition(row, lang) for row in glance.conditions], className="drawer-conditions"),
    ]


def _condition(row: Row, lang: Lang) -> html.Li:
    gap = f" · {word('short_by', lang)} {show_gap(row['gap'], row['gap_unit'], lang)}" if row["gap"] else ""
    sources = [html.Div(source_text(source, lang), className="source") for source in row["sources"]]
    return html.Li(
        [
            html.Div([answer_badge(row, lang), " ", html.Strong(row[lang]), *_decides(row, lang)]),
            html.Div(f"{measured(row, lang)} · {word('line', lang)} {row[f'required_{lang}']}{gap}"),
            *_bar(row, lang),
            html.Div(row["clause"], className="quiet"),
            *sources,
        ],
        className="deciding" if row["is_deciding"] else "",
    )


def _decides(row: Row, lang: Lang) -> list[Any]:
    return [" ", html.Em(word("decides", lang))] if row["is_deciding"] else []


def _bar(row: Row, lang: Lang) -> list[Any]:
    """How much of its line the value reaches; the value and the line stand above in words."""
    share = row["share_of_line"]
    if share is None:
        return []
    percent = f"{max(0.0, min(1.0, share)) * 100:.0f}"
    labelled: dict[str, Any] = {"aria-label": f"{word('reaches', lang)} {percent}%"}
    return [html.Progress(value=percent, max="100", className=f"bar-{row['outcome']}", **labelled)]


def _links(firm_id: str, session: Session) -> html.P:
    lang = session.lang
    firm = session.href(routing.FIRM.path(firm_id=firm_id))
    case = session.href(routing.CASE.path(firm_id=firm_id))
    copied = {"data-copy": f"#{ids.DRAWER_TEXT}", "data-done": word("copied", lang)}
    return html.P(
        [
            html.A(word("firm_page", lang), href=firm, className="button first", **GO),
            html.A(word("case_page", lang), href=case, className="button", **GO),
            html.A(word("contest", lang), href=f"{case}#contests", className="button", **GO),
            _button("copy", "copy", lang, **copied),
        ],
        className="drawer-links",
    )
