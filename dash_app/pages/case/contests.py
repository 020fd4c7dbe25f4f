"""Every contest of a firm: what was delivered and what is claimed, where it stands, what was decided and why."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from dash_app import ids, routing
from dash_app.components.downloads import downloads
from dash_app.components.sections import scrollable, section, table
from dash_app.components.still import still
from dash_app.components.values import delivered
from dash_app.rows import Row
from dash_app.session import Session
from dash_app.wording.loader import Lang, words_of

word = words_of("case")
HEADS = ("number", "fact", "delivered_as", "claimed", "raised_on", "state", "decision", "proofs", "source_row")
STANDINGS = {
    "counted": "correction_counted",
    "waits": "correction_waits",
    "next_run": "correction_next_run",
    "not_applied": "correction_not_applied",
}
"""The sentence on what became of a correction."""
CONTEST = "contest"
"""The parameter of the address that names one of them."""


def contests(rows: Sequence[Row], firm_id: str, incubator: str | None, session: Session) -> Any:
    """The open ones first; the one that the address names is marked. The statement of the incubator is a link away."""
    lang, chosen = session.lang, session.address.get(CONTEST, "")
    if not rows:
        return html.P(word("no_contests", lang), className="state-empty")
    ordered = sorted(rows, key=lambda row: row["days_left"] is None)
    lines = [_line(row, lang, is_chosen=row["number"] == chosen) for row in ordered]
    listed = table([word(head, lang) for head in HEADS], lines)
    title = f"{word('contests', lang)} {len(rows)}"
    return section(
        title,
        still(downloads("firm_contests", session, {routing.OF_FIRM: firm_id})),
        still(scrollable(listed, title)),
        *_statement(incubator, session),
        id=ids.CONTESTS,
    )


def _line(row: Row, lang: Lang, *, is_chosen: bool) -> html.Tr:
    decided = " · ".join(filter(None, (row["decided_on"], row["decided_why"])))
    left = (
        []
        if row["days_left"] is None
        else [html.Div(f"{word('due_by', lang)} {row['due_on']}", className="quiet nowrap")]
    )
    cells = [
        row["number"],
        row[f"fact_{lang}"],
        html.Span(delivered(row), className="unbroken"),
        html.Span(row["claimed"], className="unbroken"),
        [html.Span(row["raised_on"], className="nowrap"), f" {row['raised_by']}"],
        [row[f"state_{lang}"], *left],
        [decided or "–", *_correction(row["correction"], lang)],
        "、".join(proof["name"] for proof in row["proofs"]) or "–",
        html.Span(row["cell"], className="source"),
    ]
    return html.Tr([html.Td(cell) for cell in cells], className="chosen-row" if is_chosen else "")


def _correction(correction: Row | None, lang: Lang) -> list[html.Div]:
    """What became of the correction of an accepted contest; where its row waits, by which rules."""
    if correction is None:
        return []
    worded = word(STANDINGS[correction["standing"]], lang).format(correction["correction"])
    rules = [f"{row['rule_id']} {row['field_word']} {row[lang]}" for row in correction["findings"]]
    return [html.Div(text, className="quiet") for text in (worded, *rules)]


def _statement(incubator: str | None, session: Session) -> list[Any]:
    """The link to the promotion-credit statement that quotes the open ones, for who may see extracts."""
    if incubator is None or session.scope.role not in routing.EXTRACTS.roles:
        return []
    href = session.href(routing.EXTRACTS.path(), {"incubator": incubator})
    return [html.P([word("in_statement", session.lang), " ", dcc.Link(incubator, href=href)], className="quiet")]
