"""The layout of a case: who owns the firm, forms, what is open about it, pool, visits, what is due, history."""

from collections.abc import Mapping, Sequence
from secrets import token_hex
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dash_app import ids, routing
from dash_app.components.page import page
from dash_app.components.sections import section, table
from dash_app.components.things import THINGS, line, things, today
from dash_app.components.values import day
from dash_app.pages.case.forms import forms
from dash_app.session import Session
from dash_app.wording.loader import Lang, value_word, words_of
from service.casework import Casework
from service.reader import ReleaseQueries

word = words_of("case")
Row = Mapping[str, Any]
VISIT = ("visited_on", "note", "ours", "theirs", "next_on")
DUE = ("due_on", "start_by", "what", "state")
EVENT = ("seq", "at", "by", "kind", "why")


def layout(release: ReleaseQueries, session: Session, firm_id: str) -> html.Div:
    """The page of a case, or a page that says there is no such firm."""
    lang = session.lang
    title = routing.CULTIVATION.title(lang)
    back = dcc.Link(f"← {title}", href=session.href(routing.CULTIVATION.path()), className="back")
    body = case_body(release.casework(session.scope), session, firm_id)
    if body is None:
        body = [html.H1(word("no_firm", lang)), html.P(word("no_firm_hint", lang))]
    notice = html.Div(id=ids.CASE_NOTICE, role="status")
    return page([back, notice, html.Div(body, id=ids.CASE_BODY)], session, release.freshness())


def case_body(work: Casework, session: Session, firm_id: str) -> list[Any] | None:
    """Everything of a case; None where there is no such firm in the scope."""
    lang, case = session.lang, work.case(firm_id, today())
    if case is None:
        return None
    steps = work.steps(firm_id, case["pool"], today())
    link = dcc.Link(routing.FIRM.title(lang), href=session.href(routing.FIRM.path(firm_id=firm_id)))
    opened = [things(kind, case[several], lang) for kind, several in THINGS.items() if case[several]]
    return [
        html.H1(case["firm"]["name"]),
        html.P([f"{firm_id} · ", _owner(case["owner"], lang), " · ", link]),
        *(_forms(case, steps, work.titles(), lang) if work.may_edit else []),
        *(opened or [html.P(word("nothing_open", lang))]),
        _pool(case["pool"], steps, lang),
        *(_visits(case["visits"], lang) if case["visits"] else []),
        *(_due(case["due"], lang) if case["due"] else []),
        _history(case["history"], lang),
    ]


def _forms(case: Row, steps: Sequence[Row], titles: Sequence[Row], lang: Lang) -> list[Any]:
    """The forms, and what they were drawn with: a number against double clicks, the version of each thing."""
    versions = {row["number"]: row["version"] for several in THINGS.values() for row in case[several]}
    versions["pool"] = case["pool"]["version"] if case["pool"] else case["pool_version"]
    drawn = {"firm_id": case["firm"]["firm_id"], "request": token_hex(8), "versions": versions}
    return [dcc.Store(id=ids.CASE_DRAWN, data=drawn), forms(case, steps, titles, lang)]


def _owner(owner: Row | None, lang: Lang) -> str:
    if owner is None:
        return word("no_owner", lang)
    deputy = f" · {word('deputy', lang)} {owner['deputy']}" if owner["deputy"] else ""
    return f"{word('owner', lang)} {owner['owner']}{deputy}"


def _pool(member: Row | None, steps: Sequence[Row], lang: Lang) -> Any:
    """State, what is due next, and each step: whether it may be taken now, and why not."""
    if member is None:
        return html.P(word("no_member", lang), className="quiet")
    facts = " · ".join(
        [member[f"designation_{lang}"], member[f"state_{lang}"], f"{word('due_on', lang)} {day(member['due_on'])}"]
    )
    lines = [line([row[f"step_{lang}"], _why_not(row, lang)]) for row in steps]
    return section(word("pool", lang), html.P(facts), html.Div(table((), lines), className="wide"))


def _why_not(step: Row, lang: Lang) -> str:
    reasons = ("；" if lang == "zh" else "; ").join(reason[lang] for reason in step["reasons"])
    return f"✓ {word('may', lang)}" if step["may"] else f"✗ {reasons}"


def _visits(visits: Sequence[Row], lang: Lang) -> list[dmc.Paper]:
    lines = [
        line([row["visited_on"], row["note"], _promises(row["ours"]), _promises(row["theirs"]), row["next_on"] or "–"])
        for row in visits
    ]
    return [_listed("visits", VISIT, lines, lang)]


def _promises(promises: Sequence[Row]) -> list[html.Div]:
    kept = {True: " ✓", False: ""}
    return [
        html.Div(f"{promise['what']}{kept[bool(promise['kept_on'])]} {promise['by_on'] or ''}") for promise in promises
    ]


def _due(rows: Sequence[Row], lang: Lang) -> list[dmc.Paper]:
    lines = [
        line([
            day(row["due_on"]), day(row["start_by"]), f"{row[f'designation_{lang}']} {row[f'duty_{lang}']}",
            row[f"state_{lang}"],
        ])
        for row in rows
    ]  # fmt: skip
    return [_listed("due", DUE, lines, lang)]


def _history(rows: Sequence[Row], lang: Lang) -> Any:
    if not rows:
        return html.P(word("no_history", lang), className="quiet")
    lines = [
        line([row["seq"], f"{row['at'].astimezone():%Y-%m-%d %H:%M}", row["by"], _kind(row, lang), row["why"]])
        for row in reversed(rows)
    ]
    return _listed("history", EVENT, lines, lang)


def _listed(title: str, heads: Sequence[str], lines: Sequence[html.Tr], lang: Lang) -> dmc.Paper:
    return section(word(title, lang), html.Div(table([word(head, lang) for head in heads], lines), className="wide"))


def _kind(row: Row, lang: Lang) -> str:
    name = value_word("case_event", row["kind"], lang)
    if row["withdraws"]:
        return f"{word('withdraws', lang)} {row['withdraws']}"
    return f"{name} · {word('withdrawn', lang)}" if row["is_withdrawn"] else name
