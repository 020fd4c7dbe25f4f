"""The first screen of a firm: one sentence, the ladder, what to do next, by when, and who."""

from typing import Any

from dash import dcc, html

from dash_app import routing
from dash_app.components.badges import answer_badge, change_badge
from dash_app.components.sections import aria_label
from dash_app.components.values import count, day, industry, money
from dash_app.rows import Row
from dash_app.session import Session
from dash_app.wording.loader import Lang, value_word, words_of
from service.queries.firm.firm_page import FirmFile
from service.queries.firm.firm_sentence import firm_sentence
from service.wording.rendering import Counted

word = words_of("firm")
SIGNALS_SHOWN = 2
"""Of the signals of the first screen; the others are in a fold below them."""


def head(file: FirmFile, session: Session) -> html.Div:
    """The name, what became of the firm, and its sentence."""
    lang, profile = session.lang, file.profile
    status = value_word("status", profile["status"], lang) if profile["status"] else None
    ended = profile["is_living"] is False and status
    marks = [html.Span(status, className="badge move-gone")] if ended else _change(file, lang)
    return html.Div(
        [
            html.Div([html.H1(profile["name"]), *marks], className="firm-head"),
            html.P(firm_sentence(file, lang, status), className="firm-sentence"),
        ]
    )


def _change(file: FirmFile, lang: Lang) -> list[Any]:
    return [change_badge(file.mover["change"], file.mover[f"change_{lang}"])] if file.mover else []


def rungs(file: FirmFile, lang: Lang) -> html.Ol:
    """The rungs from the lowest up: held until when, what the figures meet, whether the firm has applied."""
    listed = [_rung(file, row, lang) for row in file.verdicts if row["is_selected"] and row["rank"]]
    return html.Ol(listed, className="stepper", **aria_label(word("ladder", lang)))


def _rung(file: FirmFile, verdict: Row, lang: Lang) -> html.Li:
    held, place = file.held.get(verdict["designation"]), file.places.get(verdict["designation"])
    marks: list[Any] = [html.Span(verdict[lang], className="rung-name")]
    if held:
        until = f" {word('until', lang)} {day(held['valid_to'])}" if held["valid_to"] else ""
        marks.append(html.Span(f"★ {word('holds', lang)}{until}", className="badge held"))
    marks.append(answer_badge(verdict, lang))
    applied = place["application"] if place and not held else None
    if applied:
        since = f" {day(place['applied_on'])}" if place and place["applied_on"] else ""
        marks.append(html.Span(f"{value_word('application', applied, lang)}{since}", className="badge"))
    is_next = bool(file.mover and file.mover["next_designation"] == verdict["designation"])
    names = [
        "step",
        *(["is-held"] if held else []),
        *(["is-closed"] if verdict["is_closed"] and not held else []),
        *(["is-next"] if is_next else []),
    ]
    return html.Li(marks, className=" ".join(names), **({"aria-current": "step"} if is_next else {}))  # type: ignore[arg-type]


def actions(file: FirmFile, owner: Row | None, session: Session) -> html.Div:
    """What to do next, by when, and who: three cards beside one another."""
    lang = session.lang
    return html.Div(
        [
            _card("next", _next(file, lang), lang),
            _card("by_when", _by_when(file, lang), lang),
            _card("who", _who(file, owner, session), lang),
        ],
        className="firm-cards",
    )


def _card(name: str, body: list[Any], lang: Lang) -> html.Section:
    return html.Section([html.H2(word(name, lang), className="card-title"), *body], className=f"firm-card {name}")


def _next(file: FirmFile, lang: Lang) -> list[Any]:
    """The next step, then each signal with what to do about it."""
    step = file.mover[f"next_{lang}"] if file.mover else None
    worded = [html.P(step, className="next-step")] if step else []
    signals = [_signal(row, lang) for row in file.signals]
    rest = signals[SIGNALS_SHOWN:]
    more = (
        [
            html.Details(
                [
                    html.Summary(word("more_signals", lang).format(n=Counted(len(rest)))),
                    html.Ul(rest, className="signals"),
                ]
            )
        ]
        if rest
        else []
    )
    if not (worded or signals):
        return [html.P(word("nothing_to_do", lang), className="state-empty")]
    return [*worded, html.Ul(signals[:SIGNALS_SHOWN], className="signals", **aria_label(word("signals", lang))), *more]


def _signal(signal: Row, lang: Lang) -> html.Li:
    return html.Li(
        [
            html.Span(signal[f"signal_{lang}"], className="badge signal"),
            html.Span(f" {signal[f'do_{lang}']}", className="do"),
            html.Span(signal[f"reason_{lang}"], className="quiet reason"),
        ]
    )


def _by_when(file: FirmFile, lang: Lang) -> list[Any]:
    """What is due first, by when to start; else that nothing is."""
    dated = [row for row in file.due if row["due_on"] is not None]
    if not dated:
        return [html.P(word("nothing_due", lang), className="state-empty")]
    first, rest = dated[0], len(file.due) - 1
    late = [html.Span(word("start_past", lang), className="badge move-down")] if first["is_start_past"] else []
    lines = [
        html.P([html.B(day(first["due_on"])), " ", first[f"designation_{lang}"], " ", first[f"duty_{lang}"]]),
        html.P([word("start_by", lang), " ", html.B(day(first["start_by"])), " ", *late]),
    ]
    if first["is_overdue"]:
        lines = [
            html.P([html.Span(first[f"state_{lang}"], className="badge move-down"), " ", *_text(lines[0])]),
            *lines[1:],
        ]
    more = html.P(html.A(word("more_due", lang).format(n=rest), href="#due"), className="quiet")
    return [*lines, *([more] if rest else [])]


def _text(paragraph: html.P) -> list[Any]:
    return list(paragraph.children)


def _who(file: FirmFile, owner: Row | None, session: Session) -> list[Any]:
    """Who owns the firm, and the ways to act."""
    lang, firm_id = session.lang, file.profile["firm_id"]
    if owner is None:
        name: Any = html.P(word("no_owner", lang), className="state-unknown")
    else:
        acting = owner["acting"] or word("on_leave", lang)
        deputy = "" if owner["acting"] == owner["owner"] else f"（{word('acting', lang)} {acting}）"
        name = html.P([html.B(owner["owner"]), deputy])
    case = routing.CASE.path(firm_id=firm_id)
    ways: list[Any] = [
        dcc.Link(word("act", lang), href=session.href(case), className="button"),
        dcc.Link(word("contest", lang), href=session.href(case, {"open": "contest"}), className="button second"),
    ]
    if session.scope.may("export"):
        href = session.href(routing.sheet_path(firm_id))
        ways.append(html.A(word("print", lang), href=href, className="button second", target="_blank", rel="noopener"))
    return [name, html.P(ways, className="ways")]


def facts(file: FirmFile, lang: Lang) -> html.Dl:
    """Who the firm is, in a line of facts; what is not known is left out."""
    profile, mover = file.profile, file.mover
    pairs = [
        (word("code", lang), profile["uscc"]),
        (word("stock_code", lang), profile["stock_code"]),
        (word("founded_on", lang), day(profile["founded_on"]) if profile["founded_on"] else None),
        (word("status", lang), value_word("status", profile["status"], lang) if profile["status"] else None),
        (word("industry", lang), industry(profile["industry_code"], lang) if profile["industry_code"] else None),
        (word("incubator", lang), profile["incubator"]),
        (word("staff", lang), count(mover["staff_end_y0"]) if mover else None),
        (word("revenue", lang), money(mover["revenue_y0_fen"], lang) if mover else None),
    ]
    return html.Dl([html.Div([html.Dt(name), html.Dd(value)]) for name, value in pairs if value], className="facts")
