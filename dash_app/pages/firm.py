"""One firm: where it stands on the ladder, what decides the next rung, the proof, and its figures."""

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dash_app import frame
from dash_app.numbers import count, day, money, place
from dash_app.pages.evidence import conditions, evidence
from dash_app.pages.history import history
from dash_app.words import Lang, word, word_or_dash
from service.queries.firm_page import FirmFile, read_firm
from warehouse.release.releases import Published


def layout(published: Published, firm_id: str, lang: Lang, address: dict[str, str]) -> Any:
    """The page of one firm, or a page that says there is none."""
    file = read_firm(published, firm_id)
    back = dcc.Link(f"← {word('back', lang)}", href=frame.with_lang("/", lang), className="back")
    if file is None:
        missing = [back, html.H1(word("not_found", lang)), html.P(word("not_found_hint", lang))]
        return frame.frame(published, lang, address, missing)
    return frame.frame(
        published,
        lang,
        address,
        [
            back,
            html.Div([html.H1(file.profile["name"]), *_movement(file, lang)], className="firm-head"),
            _facts(file, lang),
            _stepper(file, lang),
            evidence(file, lang),
            history(file, lang),
            _titles(file, lang),
        ],
    )


def proof_of(published: Published, firm_id: str, edition: str, lang: Lang) -> Any:
    """What an opened fold shows: the conditions of one edition; nothing where there is no such firm."""
    file = read_firm(published, firm_id)
    return conditions(file, edition, lang) if file else None


def _movement(file: FirmFile, lang: Lang) -> list[Any]:
    if file.mover is None:
        return []
    return [
        frame.movement_badge(file.mover["movement"], file.mover[f"movement_{lang}"]),
        html.Span(file.mover[f"reason_{lang}"], className="reason"),
    ]


def _facts(file: FirmFile, lang: Lang) -> html.Dl:
    profile = file.profile
    pairs = [
        (word("code", lang), profile["uscc"]),
        (word("stock_code", lang), profile["stock_code"]),
        (word("founded_on", lang), day(profile["founded_on"]) if profile["founded_on"] else None),
        (
            word("status", lang),
            word_or_dash("status", profile["status"], lang) if profile["status"] else None,
        ),
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
    """The rungs from the lowest up: held, met, for people, unknown or not met, each with its sign and word."""
    steps = []
    for verdict in (one for one in file.verdicts if one["is_selected"] and one["rank"]):
        held = file.held.get(verdict["designation"])
        lines: list[Any] = [html.Span(verdict[lang], className="rung-name")]
        if held:
            until = f" {word('until', lang)} {day(held['valid_to'])}" if held["valid_to"] else ""
            lines.append(html.Span(f"★ {word('holds', lang)}{until}", className="badge held"))
        lines.append(frame.answer_badge(verdict["outcome"], word_or_dash("outcome", verdict["outcome"], lang)))
        steps.append(html.Li(lines, className="step is-held" if held else "step"))
    return html.Ol(steps, className="stepper", **frame.labelled(word("ladder", lang)))


def _titles(file: FirmFile, lang: Lang) -> dmc.Paper:
    if not file.titles:
        return frame.section(word("titles", lang), html.P(word("no_titles", lang)))
    heads = ("titles", "event", "certificate", "valid", "match", "source")
    rows = [
        html.Tr(
            [
                html.Th(title[lang], scope="row"),
                html.Td(word_or_dash("event", title["event"], lang)),
                html.Td(title["certificate_no"] or "–"),
                html.Td(f"{day(title['valid_from'])} – {day(title['valid_to'])}", className="nowrap"),
                html.Td(word_or_dash("match", title["match_method"], lang)),
                html.Td(place(title["source"], lang), className="source"),
            ]
        )
        for title in file.titles
    ]
    head = html.Thead(html.Tr([html.Th(word(name, lang), scope="col") for name in heads]))
    return frame.section(word("titles", lang), html.Div(html.Table([head, html.Tbody(rows)]), className="wide"))
