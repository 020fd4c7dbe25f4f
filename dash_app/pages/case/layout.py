"""The layout of a case: who owns the firm, what is open about it, forms, visits, pool, history."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from secrets import token_hex
from typing import Any

from dash import dcc, html

from dash_app import ids, routing
from dash_app.components.page import page
from dash_app.components.sections import section, table
from dash_app.components.values import day
from dash_app.pages.case.forms import forms
from dash_app.session import Session
from dash_app.wording.loader import Lang, words_of
from service.casework import Casework
from service.reader import ReleaseQueries

word = words_of("case")
Row = Mapping[str, Any]
OPEN = ("tasks", "requests", "applications", "contests")
THING = ("number", "what", "due_on", "days_left", "state", "acting")


def today() -> date:
    """The day of this machine, by which days left are counted."""
    return datetime.now(UTC).astimezone().date()


def layout(release: ReleaseQueries, session: Session, firm_id: str) -> html.Div:
    """The page of a case, or a page that says there is no such firm."""
    lang = session.lang
    back = dcc.Link(f"← {word('back', lang)}", href=session.href(routing.CULTIVATION.path()), className="back")
    body = case_body(release.casework(session.scope), session, firm_id)
    if body is None:
        body = [html.H1(word("not_found", lang)), html.P(word("not_found_hint", lang))]
    notice = html.Div(id=ids.CASE_NOTICE, role="status")
    return page([back, notice, html.Div(body, id=ids.CASE_BODY)], session, release.freshness())


def case_body(work: Casework, session: Session, firm_id: str) -> list[Any] | None:
    """Everything of a case; None where there is no such firm in the scope."""
    lang, case = session.lang, work.case(firm_id, today())
    if case is None:
        return None
    steps = work.steps(firm_id, _aim(case), today()) if work.may_edit and _aim(case) else []
    link = dcc.Link(word("firm_page", lang), href=session.href(routing.FIRM.path(firm_id=firm_id)))
    shown = [
        html.H1(case["firm"]["name"]),
        html.P([f"{firm_id} · ", _owner(case["owner"], lang), " · ", link]),
        *(things(name, case[name], lang) for name in OPEN if case[name]),
        *([] if any(case[name] for name in OPEN) else [html.P(word("nothing_open", lang))]),
        _pool(case["pool"], steps, lang),
        *(_visits(case["visits"], lang) if case["visits"] else []),
        *(_due(case["due"], lang) if case["due"] else []),
        _history(case["history"], lang),
    ]
    return [*shown[:2], *(_forms(case, steps, work.titles(), lang) if work.may_edit else []), *shown[2:]]


def things(name: str, rows: Sequence[Row], lang: Lang, *, with_firm: Any = None) -> Any:
    """A section of what is open, first what is due first; ``with_firm`` makes the link to the firm of a row."""
    heads = [*(["firm"] if with_firm else []), *THING]
    lines = [_line([*([with_firm(row)] if with_firm else []), *_thing(row, lang)]) for row in rows]
    return section(
        f"{word(name, lang)} {len(rows)}",
        html.Div(table([word(head, lang) for head in heads], lines), className="wide"),
    )


def _thing(row: Row, lang: Lang) -> list[Any]:
    what = row.get("what") or row.get("designation") or f"{row.get('fact')} → {row.get('claimed')}"
    due_on = row.get("due_on") or row.get("closes_on")
    left = "–" if row["days_left"] is None else str(row["days_left"])
    return [row["number"], what, due_on or "–", left, row[f"state_{lang}"], row["acting"] or "–"]


def _line(cells: Iterable[Any]) -> html.Tr:
    return html.Tr([html.Td(cell) for cell in cells])


def _forms(case: Row, steps: Sequence[Row], titles: Sequence[Row], lang: Lang) -> list[Any]:
    versions = {row["number"]: row["version"] for name in OPEN for row in case[name]}
    versions["pool"] = case["pool"]["version"] if case["pool"] else 0
    drawn = {"firm_id": case["firm"]["firm_id"], "request": token_hex(8), "versions": versions}
    return [dcc.Store(id=ids.CASE_DRAWN, data=drawn), forms(case, steps, titles, lang)]


def _aim(case: Row) -> str:
    return str(case["pool"]["designation"]) if case["pool"] else ""


def _owner(owner: Row | None, lang: Lang) -> str:
    if owner is None:
        return f"{word('owner', lang)}: {word('nobody', lang)}"
    deputy = f" · {word('deputy', lang)}: {owner['deputy']}" if owner["deputy"] else ""
    return f"{word('owner', lang)}: {owner['owner']}{deputy}"


def _pool(member: Row | None, steps: Sequence[Row], lang: Lang) -> Any:
    if member is None:
        return html.P(f"{word('pool', lang)}: –")
    facts = f"{member['designation']} · {member['state']} · {word('due_on', lang)} {day(member['due_on'])}"
    lines = [
        _line([row[f"step_{lang}"], "✓" if row["may"] else "；".join(reason[lang] for reason in row["reasons"])])
        for row in steps
    ]
    return section(word("pool", lang), html.P(facts), *([table((), lines)] if lines else []))


def _visits(visits: Sequence[Row], lang: Lang) -> list[Any]:
    heads = [word(name, lang) for name in ("visited_on", "note", "ours", "theirs", "next_on")]
    lines = [
        _line([row["visited_on"], row["note"], *(_promises(row[side]) for side in ("ours", "theirs")), row["next_on"] or "–"])  # noqa: E501
        for row in visits
    ]  # fmt: skip
    return [section(word("visits", lang), html.Div(table(heads, lines), className="wide"))]


def _promises(promises: Sequence[Row]) -> list[html.Div]:
    return [
        html.Div(f"{promise['what']}{' ✓' if promise['kept_on'] else ''} {promise['by_on'] or ''}")
        for promise in promises
    ]


def _due(rows: Sequence[Row], lang: Lang) -> list[Any]:
    heads = [word(name, lang) for name in ("due_on", "start_by", "what", "state")]
    lines = [
        _line([day(row["due_on"]), day(row["start_by"]), f"{row[f'designation_{lang}']} {row[f'duty_{lang}']}", row[f"state_{lang}"]])  # noqa: E501
        for row in rows
    ]  # fmt: skip
    return [section(word("due", lang), html.Div(table(heads, lines), className="wide"))]


def _history(rows: Sequence[Row], lang: Lang) -> Any:
    if not rows:
        return html.P(word("no_history", lang), className="quiet")
    heads = [word(name, lang) for name in ("seq", "at", "by", "kind", "why")]
    lines = [
        _line([row["seq"], f"{row['at']:%Y-%m-%d %H:%M}", row["by"], _kind(row, lang), row["why"]])
        for row in reversed(rows)
    ]
    return section(word("history", lang), html.Div(table(heads, lines), className="wide"))


def _kind(row: Row, lang: Lang) -> str:
    return f"{row['kind']} · {word('withdrawn', lang)}" if row["is_withdrawn"] else str(row["kind"])
