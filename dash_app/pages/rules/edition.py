"""One edition: its document, each clause with what it requires and its edge, whom it is about, what it changed."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from dash_app import routing
from dash_app.components.badges import HIDDEN
from dash_app.components.downloads import downloads
from dash_app.components.firm_link import firm_link
from dash_app.components.sections import scrollable, section, table
from dash_app.components.still import Still, still
from dash_app.components.values import count, day
from dash_app.pages.rules.cases import cases_section
from dash_app.pages.rules.figures import OUTCOMES, answered, days
from dash_app.rows import Row
from dash_app.session import Session
from dash_app.wording.loader import Lang, value_word, words_of
from service.queries.rules.rules import RuleQueries
from service.wording.rendering import ANSWERS, Counted, show_gap

word = words_of("rules")
CLAUSES = ("clause", "condition", "required", "edge", "answers_here", "confidence")
NEAREST = ("firm", "lacks", "gap", "next")
CHANGES = ("change", "condition", "before_it", "in_this")
NOT_YET = {"future": "is_future", "draft": "is_draft"}
"""The text about editions that decide nothing yet, by their state."""
EDGES = {"at_least": "edge_in", "at_most": "edge_in", "more_than": "edge_out", "less_than": "edge_out"}
"""Whether the value on the line itself meets a condition, by its operator."""


def edition_body(rules: RuleQueries, session: Session, name: str) -> list[Any]:
    """The page of an edition, or that there is none of this name."""
    lang, row = session.lang, rules.edition(name)
    back = dcc.Link(f"← {routing.RULES.title(lang)}", href=session.href(routing.RULES.path()), className="back")
    if row is None:
        return [back, html.H1(word("no_edition", lang)), html.P(word("no_edition_hint", lang), className="state-empty")]
    return [
        back,
        html.H1(row[f"title_{lang}"]),
        _document(row, lang),
        *[html.P(note[lang], className="quiet") for note in row["notes"]],
        _affected(row, session),
        _clauses(row, session),
        cases_section(rules, row, session),
        *_nearest(rules, row, session),
        *_differences(row, session),
    ]


def _document(row: Row, lang: Lang) -> html.Div:
    number = f" {row['number']}" if row["number"] else ""
    pairs = [
        (word("title_of", lang), row[f"designation_{lang}"]),
        (word("place", lang), row["place_words"][lang]),
        (word("in_force", lang), days(row, lang)),
        (word("state_of", lang), value_word("edition_state", row["state"], lang)),
        (word("document", lang), f"《{row['document']}》{number}"),
        (word("issuer", lang), row["issuer"]),
        (word("confidence", lang), value_word("confidence", row["confidence"], lang)),
        (word("id", lang), row["edition_id"]),
    ]
    facts = html.Dl([html.Div([html.Dt(name), html.Dd(value)]) for name, value in pairs], className="facts")
    warnings = [html.P(word("from_memory", lang), className="state-unknown")] if row["confidence"] == "memory" else []
    if row["state"] in NOT_YET:
        warnings.append(html.P(word(NOT_YET[row["state"]], lang), className="state-closed"))
    return html.Div([facts, *warnings])


def _affected(row: Row, session: Session) -> Any:
    """How many firms of the scope meet it, and the list of those about this title."""
    lang, counts = session.lang, row["counts"]
    if row["tried"] is not None:
        return _tried(row, row["tried"], session)
    if counts is None:
        return section(word("affected", lang), html.P(word("not_evaluated_why", lang), className="state-closed"))
    href = session.href(routing.MOVERS.path(), {"designation": row["designation"]})
    link = dcc.Link(word("to_movers", lang).format(row[f"designation_{lang}"]), href=href)
    decides = word("decides", lang) if counts["is_selected"] else word("compares", lang)
    return section(word("affected", lang), html.P(decides), _cards(counts, lang), html.P(link))


def _cards(counts: Row, lang: Lang) -> html.Ul:
    return html.Ul(
        [
            html.Li([
                html.Span([html.Span(ANSWERS[outcome].sign, **HIDDEN), " ", value_word("outcome", outcome, lang)]),
                html.B(count(counts.get(outcome, 0))),
            ], className=f"answer-{outcome}")
            for outcome in OUTCOMES
        ],
        className="rules-answers",
    )  # fmt: skip


def _tried(row: Row, tried: Row, session: Session) -> Any:
    """What an edition that decides nothing yet would say of the firms of the scope, and who would gain and lose."""
    lang, first = session.lang, tried["first"]
    parts: list[Any] = [_cards(tried["answers"], lang)]
    if first is None:
        parts.append(html.P(word("nothing_decides", lang), className="quiet"))
    else:
        changed = word("would_change", lang).format(
            first, *(count(tried["changes"].get(name, 0)) for name in ("gained", "lost", "undecidable"))
        )
        parts.append(html.P([changed, *_to_trial(row, first, session)]))
    return section(word("affected", lang), html.P(word("if_in_force", lang), className="state-closed"), *parts)


def _to_trial(row: Row, first: str, session: Session) -> list[Any]:
    """The way to the firms one by one."""
    if row["state"] not in NOT_YET or session.scope.role not in routing.WHAT_IF.roles:
        return []
    href = session.href(routing.WHAT_IF.path(), {"edition": first, "other": row["edition_id"]})
    return [" ", dcc.Link(word("to_what_if", session.lang), href=href)]


def _clauses(row: Row, session: Session) -> Any:
    lang = session.lang
    heads = [word(head, lang) for head in CLAUSES]
    lines = [
        _clause(condition, row["answers"].get(condition["condition_id"]), heads, lang)
        for condition in row["conditions"]
    ]
    return section(
        f"{word('clauses', lang)} {len(lines)}",
        downloads("rule-clauses", session),
        _wide(heads, lines, word("clauses", lang)),
    )


def _clause(condition: Row, answers: Row | None, heads: Sequence[str], lang: Lang) -> html.Tr:
    route = [html.Span(condition[f"route_{lang}"], className="badge"), " "] if condition["route"] else []
    bounds = [
        f"{word(name, lang)} {day(condition[name])}" for name in ("since", "until") if condition[name] is not None
    ]
    metric = condition[f"metric_{lang}"] or ""
    cells: list[Any] = [
        condition["clause"],
        [
            *route,
            html.Strong(condition[lang]),
            html.Br(),
            html.Span(" · ".join([metric, *bounds]).strip(" ·"), className="quiet"),
        ],
        condition[f"required_{lang}"],
        word(EDGES[condition["operator"]], lang) if condition["operator"] in EDGES else "–",
        answered(answers, lang),
        value_word("confidence", condition["confidence"], lang),
    ]
    return _line(heads, cells)


def _nearest(rules: RuleQueries, row: Row, session: Session) -> list[Any]:
    """Firms that lack least; none for an edition that is not evaluated here."""
    lang = session.lang
    if row["counts"] is None:
        return []
    firms = rules.nearest(row["edition_id"])
    if not firms:
        return [section(word("nearest", lang), html.P(word("none_near", lang), className="state-empty"))]
    names = {condition["condition_id"]: condition[lang] for condition in row["conditions"]}
    heads = [word(head, lang) for head in NEAREST]
    lines = [
        _line(heads, [
            firm_link(firm["firm_id"], firm["name"], session),
            [names.get(firm["deciding_condition"], firm["deciding_condition"]), html.Br(),
             html.Span(word("open_conditions", lang).format(Counted(firm["open_conditions"])), className="quiet")],
            show_gap(firm["deciding_gap"], firm["gap_unit"], lang),
            firm[f"next_{lang}"] or "–",
        ])
        for firm in firms
    ]  # fmt: skip
    return [
        section(
            f"{word('nearest', lang)} {len(firms)}",
            downloads("rule-nearest", session),
            _wide(heads, lines, word("nearest", lang)),
        )
    ]


def _differences(row: Row, session: Session) -> list[Any]:
    lang, before = session.lang, row["before"]
    title = word("differences_now" if row["tried"] else "differences", lang)
    if before is None:
        return [section(title, html.P(word("no_edition_before", lang), className="state-empty"))]
    href = session.href(routing.RULES.path(), {"edition": before["edition_id"]})
    link = html.P(
        [
            word("compared_with_now" if row["tried"] else "compared_with", lang),
            " ",
            dcc.Link(f"{before[f'title_{lang}']} {before['edition_id']}", href=href),
        ]
    )
    if not row["differences"]:
        return [section(title, link, html.P(word("same_conditions", lang), className="state-empty"))]
    heads = [word(head, lang) for head in CHANGES]
    lines = [
        _line(heads, [
            value_word("rule_change", change["change"], lang),
            (change["after"] or change["before"])[lang],
            _required(change["before"], lang),
            _required(change["after"], lang),
        ])
        for change in row["differences"]
    ]  # fmt: skip
    return [
        section(
            f"{title} {len(lines)}",
            link,
            downloads("rule-differences", session),
            _wide(heads, lines, title),
        )
    ]


def _required(condition: Row | None, lang: Lang) -> Any:
    if condition is None:
        return "–"
    return [condition[f"required_{lang}"], html.Br(), html.Span(condition["clause"], className="quiet")]


def _line(heads: Sequence[str], cells: Sequence[Any]) -> html.Tr:
    labels: list[Any] = [{"data-label": head} for head in heads]
    return html.Tr([html.Td(cell, **label) for cell, label in zip(cells, labels, strict=True)])


def _wide(heads: Sequence[str], lines: Sequence[html.Tr], label: str) -> Still:
    return still(scrollable(table(heads, lines, className="data-cards"), label))
