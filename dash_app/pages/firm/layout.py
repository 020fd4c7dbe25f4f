"""The layout of one firm: what is needed first on the first screen, the proof and everything else in folds below."""

from collections.abc import Iterable, Mapping
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dash_app import ids, routing
from dash_app.components.downloads import downloads
from dash_app.components.page import page
from dash_app.components.sections import scrollable, section, table
from dash_app.components.still import Still, still
from dash_app.components.values import day
from dash_app.pages.firm.evidence import aimed_edition, other_editions
from dash_app.pages.firm.figures import history
from dash_app.pages.firm.folds import fold, opened_in
from dash_app.pages.firm.parts import RECORDS, STUDIES, Opening, Part
from dash_app.pages.firm.summary import actions, facts, head, rungs
from dash_app.session import Session
from dash_app.wording.loader import Lang, value_word, words_of
from service.queries.firm.edition_groups import aimed_at
from service.queries.firm.firm_page import FirmFile
from service.reader import ReleaseQueries
from service.wording.rendering import source_text

word = words_of("firm")
TITLE_HEADS = ("titles", "event", "certificate", "valid", "match", "source")


def layout(release: ReleaseQueries, session: Session, firm_id: str) -> html.Div:
    """The page of a firm, or the notice that there is no such firm."""
    file, lang = release.firm(firm_id), session.lang
    study = release.casework(session.scope).study(firm_id)
    back = dcc.Link(f"← {word('back', lang)}", href=session.href(routing.MOVERS.path()), className="back")
    if file is None or study is None:
        children: list[Any] = [html.H1(word("unknown_firm", lang)), html.P(word("unknown_firm_hint", lang))]
    else:
        children = _firm(Opening(file, study, session, opened_in(session)))
    return page([back, *children], session, release.freshness())


def _firm(at: Opening) -> list[Any]:
    """The first screen; the rest comes when that is drawn."""
    return [
        still(
            head(at.file, at.session),
            rungs(at.file, at.lang),
            actions(at.file, at.study.owner(), at.session),
            facts(at.file, at.lang),
        ),
        html.Div(id=ids.FIRM_BELOW, className="firm-below"),
    ]


def below(at: Opening) -> list[Any]:
    """What is below the first screen: the proof, what can be worked out, figures by year, duties and history, lists."""
    file, lang, aim = at.file, at.lang, aimed_at(at.file)
    return [
        *([aimed_edition(file, lang), _folds("studies", STUDIES, at, aim[lang])] if aim else []),
        other_editions(file, at.opened, lang, _taken("firm_conditions", at)),
        section(word("history", lang), *history(file, lang), _taken("firm_years", at)),
        _folds("records", RECORDS, at, "", _taken("firm_due", at)),
        _titles(at),
    ]


def _taken(name: str, at: Opening) -> Still:
    """The links to a list of the firm as a file."""
    return still(downloads(name, at.session, {routing.OF_FIRM: at.file.profile["firm_id"]}))


def _folds(name: str, parts: Mapping[str, Part], at: Opening, title: str, *after: Any) -> dmc.Paper:
    """A section of folds; those that the address names are filled."""
    folds = [
        fold(
            key,
            [
                html.Span(word(key, at.lang).format(title=title), className="edition"),
                html.Span(value_word("fold_hint", key, at.lang).format(title=title), className="sentence"),
            ],
            part(at) if key in at.opened else None,
        )
        for key, part in parts.items()
    ]
    return section(word(name, at.lang).format(title=title), *folds, *after, id=name)


def _titles(at: Opening) -> dmc.Paper:
    file, lang = at.file, at.lang
    if not file.titles:
        return section(word("titles", lang), html.P(word("no_titles", lang), className="state-empty"))
    heads = [word(name, lang) for name in TITLE_HEADS]
    return section(
        word("titles", lang),
        still(scrollable(table(heads, list(_title_rows(file, lang))), word("titles", lang))),
        _taken("firm_titles", at),
    )


def _title_rows(file: FirmFile, lang: Lang) -> Iterable[html.Tr]:
    for title in file.titles:
        yield html.Tr(
            [
                html.Th(title[lang], scope="row"),
                html.Td(value_word("event", title["event"], lang)),
                html.Td(title["certificate_no"] or "–"),
                html.Td(f"{day(title['valid_from'])} – {day(title['valid_to'])}", className="nowrap"),
                html.Td(value_word("match", title["match_method"], lang)),
                html.Td(source_text(title["source"], lang), className="source"),
            ]
        )
