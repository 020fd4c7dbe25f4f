"""The layout of the rules: the catalogue with its filters, or one edition."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from dash_app import routing
from dash_app.components.downloads import downloads
from dash_app.components.page import page
from dash_app.components.sections import aria_label, scrollable, section, table
from dash_app.components.still import Still, still
from dash_app.pages.rules.edition import edition_body
from dash_app.pages.rules.figures import counts, days, state_badge
from dash_app.rows import Row
from dash_app.session import Session
from dash_app.wording.loader import Lang, value_word, words_of
from service.errors import BadInput
from service.queries.rules.rules import STATES, EditionFilters, RuleQueries
from service.reader import ReleaseQueries

word = words_of("rules")
HEADS = ("edition", "title_of", "in_force", "document", "confidence", "answers_here")
CONFIDENCES = ("verified", "secondary", "memory")
LONGEST_OFFSET = 4
"""Digits of the number of a first row."""
ROWS = 40
"""Editions on one page."""


def layout(release: ReleaseQueries, session: Session) -> html.Div:
    """The page; ``edition=`` in the address names one edition."""
    rules, name = release.rules(), session.address.get("edition", "")
    body = edition_body(rules, session, name) if name else _catalogue(rules, session)
    return page(body, session, release.freshness())


def _catalogue(rules: RuleQueries, session: Session) -> list[Any]:
    lang, asked = session.lang, EditionFilters.of(session.address)
    title = html.H1(routing.RULES.title(lang))
    try:
        rows = rules.editions(asked)
    except BadInput as error:
        refusal = html.P(error.zh if lang == "zh" else error.en, className="state-unknown", role="alert")
        return [title, _filters(rules, asked, session), refusal]
    heading = f"{word('editions', lang)} {len(rows)}"
    start = session.address.get("start", "")
    first = int(start) if start.isdecimal() and len(start) <= LONGEST_OFFSET else 0
    shown = rows[first : first + ROWS]
    listed = _editions(shown, session) if shown else html.P(word("none_fit", lang), className="state-empty")
    return [
        title,
        section(
            heading,
            _filters(rules, asked, session),
            downloads("rule-editions", session),
            listed,
            _pager(first, len(rows), asked, session),
        ),
        *_refused_drafts(rules, lang),
        _unseen(rules, lang),
    ]


def _refused_drafts(rules: RuleQueries, lang: Lang) -> list[Any]:
    """Files among the drafts that cannot be read, each with the reason."""
    items = [html.Li([html.Code(row["file"]), " ", row["why"]]) for row in rules.refused_drafts()]
    if not items:
        return []
    note = html.P(word("drafts_refused_note", lang), className="state-unknown", role="alert")
    return [section(f"{word('drafts_refused', lang)} {len(items)}", note, still(html.Ul(items)))]


def _pager(first: int, total: int, asked: EditionFilters, session: Session) -> Still:
    """Which editions are shown, of how many, with links to those before and after."""
    lang = session.lang
    shown: list[Any] = [f"{min(first + 1, total)}–{min(first + ROWS, total)} / {total}"]
    links = [("previous", first - ROWS)] if first else []
    links += [("next_rows", first + ROWS)] if first + ROWS < total else []
    for name, start in links:
        href = session.href(routing.RULES.path(), {**asked.parameters(), "start": str(max(start, 0))})
        shown += [" · ", dcc.Link(word(name, lang), href=href)]
    return still(html.P(shown, className="data-pager"))


def _filters(rules: RuleQueries, asked: EditionFilters, session: Session) -> Still:
    """The filters as a form that becomes an address."""
    lang, choices = session.lang, rules.choices()
    confidences = [{"value": name, lang: value_word("confidence", name, lang)} for name in CONFIDENCES]
    states = [{"value": name, lang: value_word("edition_state", name, lang)} for name in STATES]
    boxes = [
        _select("designation", word("designation", lang), choices["designation"], asked.designation, lang),
        _select("place", word("place", lang), choices["place"], asked.place, lang),
        _select("confidence", word("confidence", lang), confidences, asked.confidence, lang),
        _select("state", word("state_of", lang), states, asked.state, lang),
        _input("on", word("on_day", lang), asked.on, "date"),
        _input("q", word("search", lang), asked.q, "search"),
    ]
    kept = [] if lang == "zh" else [dcc.Input(type="hidden", name="lang", value=lang)]
    clear = [dcc.Link(word("clear", lang), href=session.href(routing.RULES.path()))] if asked.parameters() else []
    sent: dict[str, Any] = {"data-go": "", **aria_label(word("filters", lang))}
    return still(
        html.Form(
            [*boxes, *kept, html.Button(word("show", lang), type="submit"), *clear],
            action=f"{session.base}{routing.RULES.path()}", className="data-filters", **sent,
        )
    )  # fmt: skip


def _select(name: str, label: str, choices: Sequence[Row], value: str, lang: Lang) -> html.Label:
    every = html.Option(word("every", lang), value="", selected=not value)
    options = [html.Option(row[lang], value=row["value"], selected=row["value"] == value) for row in choices]
    return html.Label([html.Span(label), html.Select([every, *options], name=name)], className="rules-filter")


def _input(name: str, label: str, value: str, kind: Any) -> html.Label:
    return html.Label([html.Span(label), dcc.Input(name=name, value=value, type=kind)], className="rules-filter")


def _editions(rows: Sequence[Row], session: Session) -> Still:
    lang = session.lang
    heads = [word(head, lang) for head in HEADS]
    lines = [_edition(row, heads, session) for row in rows]
    listed = table(heads, lines, className="data-cards rules-editions")
    return still(scrollable(listed, word("editions", lang)))


def _edition(row: Row, heads: Sequence[str], session: Session) -> html.Tr:
    lang = session.lang
    href = session.href(routing.RULES.path(), {"edition": row["edition_id"]})
    number = f" {row['number']}" if row["number"] else ""
    cells: list[Any] = [
        [dcc.Link(row[f"title_{lang}"], href=href), html.Br(), html.Span(row["edition_id"], className="quiet")],
        [row[f"designation_{lang}"], html.Br(), html.Span(row["place_words"][lang], className="quiet")],
        [days(row, lang), html.Br(), state_badge(row, lang)],
        [f"《{row['document']}》{number}", html.Br(), html.Span(row["issuer"], className="quiet")],
        value_word("confidence", row["confidence"], lang),
        counts(row["counts"], lang),
    ]
    labels: list[Any] = [{"data-label": head} for head in heads]
    return html.Tr([html.Td(cell, **label) for cell, label in zip(cells, labels, strict=True)])


def _unseen(rules: RuleQueries, lang: Lang) -> Any:
    """Known rule texts that were not available: they decide nothing."""
    items = [
        html.Li(f"{row[f'designation_{lang}']} · {row['place_words'][lang]} · {row[lang]}") for row in rules.unseen()
    ]
    fold = html.Details([html.Summary(f"{word('unseen', lang)} {len(items)}"), html.Ul(items)])
    return section(word("unseen", lang), html.P(word("unseen_note", lang), className="state-unknown"), still(fold))
