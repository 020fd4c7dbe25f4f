"""The layout of the movers: ladder, totals by change and signal, filters, grid."""

from collections.abc import Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dash_app import ids, routing
from dash_app.components.badges import HIDDEN, SIGNS
from dash_app.components.downloads import downloads
from dash_app.components.page import page
from dash_app.components.sections import aria_label
from dash_app.components.values import count
from dash_app.pages.movers.figures import grid
from dash_app.session import Session
from dash_app.wording.loader import Lang, value_word, words_of
from service.queries.movers import Choices, Filters
from service.reader import ReleaseQueries

word = words_of("movers")


def layout(release: ReleaseQueries, session: Session) -> html.Div:
    """The page for the filters in the address; the grid begins in the order of the session."""
    filters, lang = Filters.of(session.address), session.lang
    parameters = {name: value for name, value in vars(filters).items() if value}
    return page(
        [
            html.H1(routing.MOVERS.title(lang)),
            _ladder(release.ladder(), lang),
            *_totals(release.mover_totals(filters), filters, lang),
            _controls(release.mover_choices(), filters, lang),
            _matching(release.mover_count(filters), release.mover_count(Filters()), filters, lang),
            downloads("movers", session),
            grid(lang, session.order),
        ],
        session,
        release.freshness(),
        parameters,
    )


def _ladder(rungs: Sequence[dict[str, Any]], lang: Lang) -> html.Ol:
    """The rungs, with how many firms hold and meet each."""
    return html.Ol(
        [
            html.Li(
                [
                    html.Span(rung[lang], className="rung-name"),
                    _counted(rung["held_count"], word("hold_count", lang)),
                    _counted(rung["met_count"], word("meet_count", lang), className="quiet"),
                    _counted(rung["judgement_count"], value_word("outcome", "judgement", lang), className="quiet"),
                ]
            )
            for rung in rungs
        ],
        className="ladder",
        **aria_label(word("ladder", lang)),
    )


def _counted(firms: int, name: str, **attributes: Any) -> html.Span:
    return html.Span([html.B(count(firms)), " ", name], **attributes)


def _totals(totals: Sequence[dict[str, Any]], filters: Filters, lang: Lang) -> list[Any]:
    """Each kind of change and each signal is a link that filters by it, or, where it is chosen, no longer does."""
    changes = [row for row in totals if row["total"] == "change"]
    signals = [row for row in totals if row["total"] == "signal"]
    everything = _chip("change", "", word("all", lang), sum(row["firms"] for row in changes), filters, lang)
    return [
        html.Nav(
            [everything, *(_chip("change", row["kind"], row[lang], row["firms"], filters, lang) for row in changes)],
            className="chips",
            **aria_label(word("change", lang)),
        ),
        html.Nav(
            [_chip("signal", row["kind"], row[lang], row["firms"], filters, lang) for row in signals],
            className="chips",
            **aria_label(word("signal_filter", lang)),
        ),
        html.P(word("overlap", lang), className="quiet chips-note"),
    ]


def _chip(field: str, kind: str, name: str, firms: int, filters: Filters, lang: Lang) -> dcc.Link:
    is_chosen = getattr(filters, field) == kind
    target = filters.with_(**{field: "" if is_chosen else kind})
    return dcc.Link(
        [
            html.Span(SIGNS.get(kind, ""), className="sign", **HIDDEN),
            html.Span(name),
            html.B(count(firms)),
        ],
        href=routing.MOVERS.path() + target.address(lang),
        className=f"chip move-{kind or 'all'}" + (" chosen" if is_chosen else ""),
    )


def _controls(choices: Choices, filters: Filters, lang: Lang) -> html.Div:
    titles = [{"value": title["designation"], "label": title[lang]} for title in choices.titles]
    return html.Div(
        [
            dmc.TextInput(
                id=ids.SEARCH,
                label=word("search", lang),
                placeholder=word("search_hint", lang),
                value=filters.q,
                debounce=True,
            ),
            dmc.Select(
                id=ids.HELD,
                label=word("held_filter", lang),
                data=[*titles, {"value": "none", "label": word("none_held", lang)}],
                value=filters.held or None,
                clearable=True,
                placeholder=word("all", lang),
            ),
            dmc.Select(
                id=ids.INCUBATOR,
                label=word("incubator_filter", lang),
                data=choices.incubators,
                value=filters.incubator or None,
                clearable=True,
                searchable=True,
                placeholder=word("all", lang),
            ),
        ],
        className="controls",
    )


def _matching(matching: int, firms: int, filters: Filters, lang: Lang) -> html.P:
    unit = word("firms_unit", lang)
    parts: list[Any] = [
        word("matching", lang),
        " ",
        html.B(count(matching), id=ids.MATCHING),
        f" {unit} · ",
        f"{word('of_all', lang)} {count(firms)} {unit}",
    ]
    if filters != Filters():
        parts += [" · ", dcc.Link(word("clear", lang), href=routing.MOVERS.path() + Filters().address(lang))]
    return html.P(parts, className="matching", role="status")
