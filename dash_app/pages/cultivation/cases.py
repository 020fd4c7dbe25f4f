"""What is open about firms as one list with facets, and contests to be decided."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from dash import html

from dash_app.components.downloads import downloads
from dash_app.components.sections import scrollable, section, table
from dash_app.components.still import still
from dash_app.components.things import THINGS, case_link, line
from dash_app.components.values import delivered
from dash_app.components.work_rows import kept_of, opened
from dash_app.pages.cultivation.frame import TEXT, facet, field, send
from dash_app.rows import Row
from dash_app.session import Session
from dash_app.wording.loader import Lang, value_word, words_of
from service.case_rules import case_rules
from service.casework import Casework
from service.casework.contesting import Contesting

word = words_of("cultivation")
CONTEST = "contest"
"""The form of a contest, which both of its buttons send."""
HEADS = ("firm", "kind", "what", "due_by", "days_left", "state", "acting", "number")


def cases(work: Casework, session: Session) -> list[Any]:
    """The facets and the list; ``whose=mine`` keeps the own work of the user."""
    lang, rows = session.lang, opened(work, session)
    kept = kept_of(rows, session)
    facets = _facets(rows, session)
    if not kept:
        return [facets, html.P(word("nothing_open", lang), className="state-empty")]
    listed = table([word(head, lang) for head in HEADS], [_line(row, session) for row in kept])
    title = f"{word('cases', lang)} {len(kept)}"
    return [facets, section(title, downloads("cases", session), still(scrollable(listed, word("cases", lang))))]


def _facets(rows: Sequence[Row], session: Session) -> html.Div:
    lang = session.lang
    kinds = Counter(row["thing"] for row in rows)
    people = Counter(row["acting"] for row in rows if row["acting"])
    late = sum((row["days_left"] or 0) < 0 for row in rows)
    parts = [
        facet("whose", word("whose", lang), [("mine", word("mine", lang), people[session.scope.who])], session),
        facet(
            "kind",
            word("kind", lang),
            [(kind, word(several, lang), kinds[kind]) for kind, several in THINGS.items()],
            session,
        ),
        facet(
            "acting",
            word("acting_filter", lang),
            [(name, name, count) for name, count in sorted(people.items())],
            session,
        ),
        facet("late", word("late_only", lang), [("1", word("late", lang), late)], session),
    ]
    return html.Div(parts, className="work-filters")


def _line(row: Row, session: Session) -> html.Tr:
    lang = session.lang
    what = row[f"about_{lang}"]
    if row["thing"] == "request":
        days = case_rules().clocks["request"].working_days
        what = [
            what,
            html.Div(
                f"{word('received', lang)} {row['raised_on']} · {days} {word('answer_within', lang)}", className="quiet"
            ),
        ]
    left = "–" if row["days_left"] is None else str(row["days_left"])
    mark = " ✗" if row["days_left"] is not None and row["days_left"] < 0 else ""
    due_on = row.get("due_on") or row.get("closes_on") or "–"
    return line([
        case_link(row, session), word(THINGS[row["thing"]], lang), what, due_on, f"{left}{mark}",
        row[f"state_{lang}"], row["acting"] or "–", row["number"],
    ])  # fmt: skip


def contests(deciding: Contesting, session: Session) -> list[Any]:
    """The open contests, each with what accepting would change and the form that decides it."""
    lang, rows = session.lang, deciding.rows()
    note = word("next_run" if deciding.may_decide else "statistician_decides", lang)
    state = "quiet" if deciding.may_decide else "state-forbidden"
    if not rows:
        return [html.P(note, className=state), html.P(word("no_contests", lang), className="state-empty")]
    return [html.P(note, className=state), *(_contest(row, deciding.may_decide, session) for row in rows)]


def _contest(row: Row, may_decide: bool, session: Session) -> Any:
    lang = session.lang
    facts = {
        "fact": row[f"fact_{lang}"],
        "claimed": row["claimed"],
        "value_before": delivered(row),
        "raised": f"{row['raised_on']} {row['raised_by']}",
        "due_by": f"{row['due_on']} · {word('days_left', lang)} {row['days_left']}",
        "proofs": "、".join(proof["name"] for proof in row["proofs"]),
    }
    listed = html.Dl(
        [html.Div([html.Dt(word(name, lang)), html.Dd(value)]) for name, value in facts.items()], className="facts"
    )
    number = row["number"]
    form = [
        field(CONTEST, "why", word("reason", lang), TEXT, number=number),
        send("accept", word("accept", lang), number),
        send("decline", word("decline", lang), number, variant="outline"),
    ]
    return section(
        row["name"],
        html.P([f"{word('reason_raised', lang)} {row['raised_why']} · ", case_link(row, session)]),
        listed,
        html.P(html.Strong(word("would_change", lang) if row["effects"] else word("changes_nothing", lang))),
        html.Ul([html.Li(_effect(effect, lang)) for effect in row["effects"]]),
        *_kept_out(row["kept_out"], lang),
        *([html.Div(form, className="form")] if may_decide else []),
    )


def _kept_out(findings: Sequence[Row], lang: Lang) -> list[Any]:
    """That the corrected row would wait, and by which rules."""
    if not findings:
        return []
    rules = [html.Li(f"{row['rule_id']} {row['field_word']}: {row[f'message_{lang}']}") for row in findings]
    return [html.P(word("kept_out", lang), role="alert"), html.Ul(rules)]


def _effect(effect: Row, lang: Lang) -> str:
    before, after = (value_word("outcome", effect[name], lang) for name in ("before", "after"))
    return f"{effect[f'title_{lang}']}：{before} → {after}"
