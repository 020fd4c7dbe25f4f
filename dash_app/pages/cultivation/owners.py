"""Owners of firms and their open work; firms without an owner, rules, leave; assigning and handing over."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html

from dash_app.components.downloads import downloads
from dash_app.components.firm_link import firm_link
from dash_app.components.lists import scrollable_table
from dash_app.components.sections import section
from dash_app.components.things import THINGS, line
from dash_app.components.values import firms_counted, joined
from dash_app.pages.cultivation.frame import DAY, LINE, facet, fields, href, send
from dash_app.rows import Row
from dash_app.session import Session
from dash_app.wording.loader import Lang, value_word, words_of
from service.casework.assigning import Assigning
from service.wording.rendering import park_name

word = words_of("cultivation")
SHOWN = 50
FORMS: Mapping[str, Mapping[str, str]] = {
    "assign": {"firm": LINE, "to": LINE, "deputy": LINE, "why": LINE},
    "hand_over": {"former": LINE, "to": LINE, "deputy": LINE, "why": LINE},
    "leave": {"officer": LINE, "first_on": DAY, "last_on": DAY, "deputy": LINE, "why": LINE},
}
LOAD = ("firms_owned", "firms_acting", "open_things", "late_things")


def owners(assigning: Assigning, session: Session) -> list[Any]:
    """Firms by owner, firms without an owner, and the forms for roles that may assign."""
    lang, load = session.lang, assigning.load()
    former = session.address.get("former", "")
    unowned = assigning.unowned()
    return [
        _load(load, session),
        facet(
            "former", word("preview_of", lang), [(row["owner"], row["owner"], row["firms"]) for row in load], session
        ),
        *(_preview(assigning, former, session) if former else []),
        *(_forms(assigning, former, lang) if assigning.may_assign else [_may_not(lang)]),
        _unowned(unowned, session),
        _rules(assigning, lang),
        _away(assigning.away(), lang),
    ]


def _load(load: Sequence[Row], session: Session) -> Any:
    lang = session.lang
    lines = [
        line([
            dcc.Link(row["owner"], href=href(session, view="cases", acting=row["owner"], former="")), str(row["firms"]),
            str(row["acting"]), str(row["open"]), f"{row['late']} ✗" if row["late"] else "0",
        ])
        for row in load
    ]  # fmt: skip
    heads = [word("owner", lang), *(word(name, lang) for name in LOAD)]
    listed = (
        scrollable_table(word("load", lang), heads, lines)
        if load
        else html.P(word("no_owners", lang), className="state-empty")
    )
    return section(f"{word('load', lang)} {len(load)}", downloads("owners", session), listed)


def _preview(assigning: Assigning, former: str, session: Session) -> list[Any]:
    lang = session.lang
    firms, opened = assigning.preview(former)
    lines = [
        line(
            [
                word(THINGS[row["thing"]], lang),
                row["name"],
                row[f"about_{lang}"],
                row.get("due_on") or row.get("closes_on") or "–",
            ]
        )
        for row in opened
    ]
    heads = [word(name, lang) for name in ("kind", "firm", "what", "due_by")]
    listed = (
        scrollable_table(word("opened_with", lang), heads, lines)
        if lines
        else html.P(word("nothing_open", lang), className="state-empty")
    )
    title = f"{word('preview', lang)} · {former}：{firms_counted(len(firms), lang)}"
    return [section(title, html.P(f"{word('opened_with', lang)} {len(opened)}"), listed)]


def _forms(assigning: Assigning, former: str, lang: Lang) -> list[Any]:
    filled = {"former": former, "officer": former}
    folds = [
        html.Details(
            [
                html.Summary(word(act, lang)),
                html.Div([*fields(act, _named(named), lang, filled), send(act, word("save", lang))], className="form"),
            ],
            open=bool(former) and act == "hand_over",
        )
        for act, named in FORMS.items()
    ]
    by_rule = send("by_rule", word("by_rule", lang), variant="outline", disabled=not assigning.rules())
    return [section(word("owners", lang), *folds, html.Div(by_rule, className="work-by-rule"))]


def _named(named: Mapping[str, str]) -> Mapping[str, str]:
    return {"firm_words" if name == "firm" else name: kind for name, kind in named.items()}


def _may_not(lang: Lang) -> html.P:
    return html.P(word("may_not_assign", lang), className="state-forbidden")


def _unowned(rows: Sequence[Row], session: Session) -> Any:
    lang = session.lang
    title = f"{word('unowned', lang)} {len(rows):,}"
    if not rows:
        return section(title, html.P(word("all_owned", lang), className="state-empty"))
    lines = [
        line(
            [firm_link(row["firm_id"], row["name"], session), row["incubator"] or "–",
             park_name(row["division_code"], lang)]
        )
        for row in rows[:SHOWN]
    ]  # fmt: skip
    note = [html.P(word("shown_unowned", lang), className="quiet")] if len(rows) > SHOWN else []
    heads = [word("firm", lang), word("incubator", lang), word("park", lang)]
    return section(title, downloads("unowned", session), *note, scrollable_table(title, heads, lines))


def _rules(assigning: Assigning, lang: Lang) -> Any:
    rules = assigning.rules()
    if not rules:
        return section(word("rules", lang), html.P(word("no_rules", lang), className="state-empty"))
    lines = [
        line([
            rule.id, rule.incubator or "–", joined((park_name(code, lang) for code in rule.park), lang),
            joined((value_word("sector", code, lang) for code in rule.sector), lang), rule.owner, rule.deputy or "–",
            rule.because,
        ])
        for rule in rules
    ]  # fmt: skip
    names = ("rules", "incubator", "park", "sector", "owner", "deputy", "why")
    return section(
        word("rules", lang), scrollable_table(word("rules", lang), [word(name, lang) for name in names], lines)
    )


def _away(rows: Sequence[Row], lang: Lang) -> Any:
    if not rows:
        return section(word("away", lang), html.P(word("nobody_away", lang), className="state-empty"))
    lines = [line([row["officer"], row["first_on"], row["last_on"], row["deputy"]]) for row in rows]
    names = ("officer", "first_on", "last_on", "deputy")
    return section(
        word("away", lang), scrollable_table(word("away", lang), [word(name, lang) for name in names], lines)
    )
