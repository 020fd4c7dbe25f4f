"""The layout of one firm: facts, ladder, evidence, figures by year, titles."""

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dash_app import routing
from dash_app.components.badges import answer_badge, change_badge
from dash_app.components.changes import changed
from dash_app.components.page import page
from dash_app.components.sections import aria_label, section, table
from dash_app.components.values import count, day, money
from dash_app.pages.firm.evidence import evidence
from dash_app.pages.firm.figures import history
from dash_app.session import Session
from dash_app.wording.loader import Lang, value_word, words_of
from service.queries.firm_page import FirmFile
from service.reader import ReleaseQueries
from service.rendering import source_text

word = words_of("firm")
TITLE_HEADS = ("titles", "event", "certificate", "valid", "match", "source")


def layout(release: ReleaseQueries, session: Session, firm_id: str) -> html.Div:
    """The page of a firm, or a page that says there is no such firm."""
    file, lang = release.firm(firm_id), session.lang
    back = dcc.Link(f"← {word('back', lang)}", href=session.href(routing.MOVERS.path()), className="back")
    if file is None:
        children: list[Any] = [html.H1(word("not_found", lang)), html.P(word("not_found_hint", lang))]
    else:
        children = [
            html.Div(
                [html.H1(file.profile["name"]), *_ended(file, lang), *_change(file, lang), _case(file, session)],
                className="firm-head",
            ),
            *_signals(file, lang),
            _facts(file, lang),
            _stepper(file, lang),
            evidence(file, lang),
            history(file, lang),
            _titles(file, lang),
        ]
    return page([back, *children], session, release.freshness())


def _case(file: FirmFile, session: Session) -> dcc.Link:
    href = session.href(routing.CASE.path(firm_id=file.profile["firm_id"]))
    return dcc.Link(routing.CASE.title(session.lang), href=href, className="to-case")


def _ended(file: FirmFile, lang: Lang) -> list[Any]:
    """The status of a firm that no longer exists, before everything else."""
    profile = file.profile
    if profile["is_living"] is not False or not profile["status"]:
        return []
    since = f" {day(profile['ended_on'])}" if profile["ended_on"] else ""
    return [html.Span(value_word("status", profile["status"], lang) + since, className="badge move-gone")]


def _change(file: FirmFile, lang: Lang) -> list[Any]:
    return [change_badge(file.mover["change"], changed(file.mover, lang))] if file.mover else []


def _signals(file: FirmFile, lang: Lang) -> list[Any]:
    """Every signal with its reason and what to do, and the next step."""
    rows = [
        html.Li(
            [
                html.Span(signal[f"signal_{lang}"], className="badge signal"),
                html.Span(f" {signal[f'reason_{lang}']}", className="reason"),
                html.Span(signal[f"do_{lang}"], className="quiet do"),
            ]
        )
        for signal in file.signals
    ]
    if file.mover and file.mover[f"next_{lang}"]:
        rows.append(
            html.Li(
                [html.Span(word("next", lang), className="badge"), " ", file.mover[f"next_{lang}"]], className="next"
            )
        )
    return [html.Ul(rows, className="signals", **aria_label(word("signals", lang)))] if rows else []


def _facts(file: FirmFile, lang: Lang) -> html.Dl:
    profile = file.profile
    pairs = [
        (word("code", lang), profile["uscc"]),
        (word("stock_code", lang), profile["stock_code"]),
        (word("founded_on", lang), day(profile["founded_on"]) if profile["founded_on"] else None),
        (word("status", lang), value_word("status", profile["status"], lang) if profile["status"] else None),
        (word("industry", lang), profile["industry_code"]),
        (word("incubator", lang), profile["incubator"]),
        (word("staff", lang), count(file.mover["staff_end_y0"]) if file.mover else None),
        (word("revenue", lang), money(file.mover["revenue_y0_fen"], lang) if file.mover else None),
    ]
    return html.Dl(
        [html.Div([html.Dt(name), html.Dd(value)]) for name, value in pairs if value],
        className="facts",
    )


def _stepper(file: FirmFile, lang: Lang) -> html.Ol:
    """The rungs from the lowest up, each with its answer, and until when it is held."""
    steps = []
    for verdict in file.verdicts:
        if not (verdict["is_selected"] and verdict["rank"]):
            continue
        held = file.held.get(verdict["designation"])
        lines: list[Any] = [html.Span(verdict[lang], className="rung-name")]
        if held:
            until = f" {word('until', lang)} {day(held['valid_to'])}" if held["valid_to"] else ""
            lines.append(html.Span(f"★ {word('holds', lang)}{until}", className="badge held"))
        lines.append(answer_badge(verdict, lang))
        steps.append(html.Li(lines, className="step is-held" if held else "step"))
    return html.Ol(steps, className="stepper", **aria_label(word("ladder", lang)))


def _titles(file: FirmFile, lang: Lang) -> dmc.Paper:
    if not file.titles:
        return section(word("titles", lang), html.P(word("no_titles", lang)))
    rows = [
        html.Tr(
            [
                html.Th(title[lang], scope="row"),
                html.Td(value_word("event", title["event"], lang)),
                html.Td(title["certificate_no"] or "–"),
                html.Td(f"{day(title['valid_from'])} – {day(title['valid_to'])}", className="nowrap"),
                html.Td(value_word("match", title["match_method"], lang)),
                html.Td(source_text(title["source"], lang), className="source"),
            ]
        )
        for title in file.titles
    ]
    heads = [word(name, lang) for name in TITLE_HEADS]
    return section(word("titles", lang), html.Div(table(heads, rows), className="wide"))
