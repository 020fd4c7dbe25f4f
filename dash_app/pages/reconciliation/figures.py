"""The tables of reconciliation: statuses by rung, the matrix of a rung, its firms."""

from collections import Counter
from collections.abc import Iterable, Sequence

from dash import dcc, html

from dash_app import routing
from dash_app.components.badges import HIDDEN
from dash_app.components.firm_link import firm_link
from dash_app.components.lists import counted_link, figure_cell, line, scrollable_table, with_changes
from dash_app.components.still import Still
from dash_app.components.values import count, day
from dash_app.rows import Row
from dash_app.session import Session
from dash_app.wording.loader import Lang, value_word, words_of
from service.queries.zone.reconciliation import COMPUTED, STATUSES
from service.wording.rendering import show_gap, why_unknown

word = words_of("reconciliation")
PATH = routing.RECONCILIATION.path()
SIGNS = {
    "eligible_not_applied": "▲", "title_ending": "!", "name_without_substance": "✗", "awaiting": "…",
    "unknown": "?", "agrees_held": "✓", "agrees_none": "＝",
}  # fmt: skip
"""The sign of each status, beside its word."""
SIDES = (("held", ""), ("ending", ""), ("none", "applied"), ("none", "not_applied"), ("none", "unknown"))
"""The rows of the matrix: what the lists say, and of a firm without the title what is known of an application."""
CELL = {"status": "", "certified": "", "claimed": "", "computed": "", "sort": ""}
"""What another cell of the address takes away."""


def status_table(counts: Sequence[Row], rungs: Sequence[Row], chosen: str, session: Session) -> Still:
    """A row a rung, a column a status; every number is the link to its firms, and a row adds up to its firms."""
    lang = session.lang
    firms: Counter[tuple[str, str]] = Counter()
    for row in counts:
        firms[row["designation"], row["status"]] += row["firms"]
    lines = [
        line(
            dcc.Link(rung[lang], href=_href(session, designation=rung["designation"])),
            [
                *(
                    figure_cell(
                        counted_link(
                            firms[rung["designation"], status],
                            _href(session, designation=rung["designation"], status=status),
                            lang,
                        )
                    )
                    for status in STATUSES
                ),
                figure_cell(count(sum(firms[rung["designation"], status] for status in STATUSES))),
            ],
            className="chosen-row" if rung["designation"] == chosen else "",
        )
        for rung in rungs
    ]
    heads = [word("rung", lang), *(status_badge(status, lang) for status in STATUSES), word("living_firms", lang)]
    return scrollable_table(word("by_rung", lang), heads, lines, className="numbers")


def status_badge(status: str, lang: Lang) -> html.Span:
    """A status by sign, word and colour."""
    name = value_word("reconciled", status, lang)
    return html.Span([html.Span(SIGNS[status], **HIDDEN), " ", name], className=f"badge rec-{status}")


def matrix(counts: Iterable[Row], designation: str, session: Session) -> Still:
    """What the lists say against what the figures say; each cell has its firms and the status they are in."""
    lang = session.lang
    cells = {_place(row): row for row in counts if row["designation"] == designation}
    firms: Counter[tuple[str, str, str]] = Counter()
    for row in counts:
        if row["designation"] == designation:
            firms[_place(row)] += row["firms"]
    columns = [name for name in COMPUTED if any(firms[*side, name] for side in SIDES) or name != "people"]
    lines = [
        line(
            _side(certified, claimed, lang),
            [
                _matrix_cell(firms[certified, claimed, name], cells.get((certified, claimed, name)), session)
                for name in columns
            ],
        )
        for certified, claimed in SIDES
    ]
    heads = [word("certified_against", lang), *(value_word("computed", name, lang) for name in columns)]
    return scrollable_table(word("matrix", lang), heads, lines, className="numbers matrix")


def _place(row: Row) -> tuple[str, str, str]:
    """The row and column of a count; of a title that is held it does not matter who applied."""
    return row["certified"], row["claimed"] if row["certified"] == "none" else "", row["computed"]


def _side(certified: str, claimed: str, lang: Lang) -> str:
    name = value_word("certified", certified, lang)
    return f"{name} · {value_word('claimed', claimed, lang)}" if claimed else name


def _matrix_cell(firms: int, row: Row | None, session: Session) -> html.Td:
    if row is None:
        return figure_cell(counted_link(0, "", session.lang))
    claimed = row["claimed"] if row["certified"] == "none" else ""
    href = _href(
        session,
        designation=row["designation"], certified=row["certified"], claimed=claimed, computed=row["computed"],
    )  # fmt: skip
    number = counted_link(firms, href, session.lang)
    return html.Td([number, html.Div(status_badge(row["status"], session.lang))], className="figure")


def _href(session: Session, **cell: str) -> str:
    return with_changes(session, PATH, **{**CELL, **cell})


def firms_table(rows: Sequence[Row], session: Session) -> Still:
    """The firms with the status of each side and its reason."""
    lang = session.lang
    lines = [
        line(
            firm_link(row["firm_id"], row["name"], session),
            [
                status_badge(row["status"], lang),
                _certified(row, lang),
                value_word("computed", row["computed"], lang),
                _claimed(row, lang),
                html.Td(reason(row, lang), className="reason"),
            ],
        )
        for row in rows
    ]
    heads = [
        _sortable("name", session), _sortable("status", session), _sortable("valid_to", session),
        word("computed", lang), _sortable("applied_on", session), word("reason", lang),
    ]  # fmt: skip
    return scrollable_table(word("firms", lang), heads, lines)


def _certified(row: Row, lang: Lang) -> str:
    name = value_word("certified", row["certified"], lang)
    return f"{name} · {word('until_day', lang)} {day(row['valid_to'])}" if row["valid_to"] else name


def _claimed(row: Row, lang: Lang) -> str:
    name = value_word("claimed", row["claimed"], lang)
    return f"{name} · {day(row['applied_on'])}" if row["applied_on"] else name


def reason(row: Row, lang: Lang) -> str:
    """The condition that decides with its clause and gap, or the figure that is missing."""
    if row["computed"] == "people":
        return word("people_decide", lang)
    if row["computed"] == "unknown":
        return why_unknown(row["missing_fact"], "", lang)
    if row["computed"] != "not_met" or not row[f"condition_{lang}"]:
        return word("every_condition", lang)
    short = f" · {word('short', lang)} {show_gap(row['gap'], row['gap_unit'], lang)}" if row["gap"] else ""
    return f"{row[f'condition_{lang}']} ({row['clause']}){short}"


def _sortable(column: str, session: Session) -> dcc.Link:
    """The heading of a column as the link that sorts by it, falling where it is sorted by it already."""
    sorted_by = session.address.get("sort", "status")
    mark = {column: " ▲", f"-{column}": " ▼"}.get(sorted_by, "")
    other = f"-{column}" if sorted_by == column else column
    return dcc.Link([word(column, session.lang), mark], href=with_changes(session, PATH, sort=other))
