"""Quarantine: who sent what waits and why, the rows of a group, one row whole; decided singly or together."""

from collections.abc import Mapping, Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dash_app import ids
from dash_app.components.firm_link import firm_link
from dash_app.components.sections import section
from dash_app.components.values import count
from dash_app.pages.data.form import drawn, form, tick, tick_all, waiting_note
from dash_app.pages.data.view import LIVE, View, empty, line, pager, scrollable_table, search, still_table, take
from dash_app.rows import Row
from dash_app.wording.loader import value_word
from service.queries.data.decided import by_row
from service.queries.data.quarantine import RowFilters
from service.wording.rendering import Counted, row_text

GROUPS = ("supplier", "reason", "field_head", "rows_waiting", "firms")
ROWS = ("tick", "firm", "place_in_file", "field_head", "old_value", "consequence", "state")


def quarantine(view: View) -> list[Any]:
    """One row where the address names it; else the rows of a group, below all groups."""
    address = view.asked("row")
    return _row(view, address) if address else [_groups(view), *_rows(view)]


def _groups(view: View) -> Any:
    wanted = RowFilters(q=view.asked("q"))
    rows = view.data.groups(wanted)
    if not rows:
        return section(view.word("groups"), search(view), empty(view.word("nothing_waits")))
    heads = [view.word(head) for head in GROUPS]
    lines = [line(heads, _group(view, row)) for row in rows]
    fold = html.Details(
        [
            html.Summary(f"{view.word('groups')} {len(rows)}"),
            still_table(heads, lines, view.word("groups"), className="data-cards"),
        ],
        open=not _is_of_group(view),
    )
    return section(view.word("waits_for_you"), search(view), fold)


def _is_of_group(view: View) -> bool:
    return bool(view.asked("supplier") or view.asked("rule"))


def _group(view: View, row: Row) -> list[Any]:
    parameters = {"part": "quarantine", "supplier": row["supplier"], "rule": row["rule_id"], "field": row["field"],
                  "feed": row["feed"]}  # fmt: skip
    supplier = row["supplier"] if view.lang == "zh" else row["supplier_en"]
    href = view.href({name: value for name, value in parameters.items() if value})
    return [
        [supplier, html.Br(), html.Span(row[f"feed_{view.lang}"], className="quiet")],
        [dcc.Link(row[f"rule_{view.lang}"], href=href), html.Span(f" {row['rule_id']}", className="quiet")],
        _field(view, row),
        count(row["waiting"]),
        count(row["firms"]),
    ]


def _field(view: View, row: Row) -> str:
    """The column as the supplier names it; the unit of a whole report by our word."""
    if row["field"] == "money_unit":
        return view.word("money_unit")
    return row["field_word"] or view.word("whole_row")


def _rows(view: View) -> list[Any]:
    """The rows of the address with their boxes, and the form."""
    wanted = RowFilters.of(view.session.address)
    listed = view.data.waiting(wanted, view.part)
    if not listed.total:
        return [drawn(view, [])]
    decisions = by_row(view.data.decided())
    heads = [view.word(head) for head in ROWS]
    addresses = list(dict.fromkeys(row["address"] for row in listed.rows))
    lines = [
        line(
            heads,
            _cells(view, row, addresses.index(row["address"]), decisions),
            live=LIVE,
            is_decided=row["address"] in decisions,
        )
        for row in _first_of_each(listed.rows)
    ]
    title = f"{view.word('rows_waiting')} {count(listed.total)}"
    chosen = " · ".join(filter(None, [wanted.supplier, wanted.rule and listed.rows[0][f"rule_{view.lang}"]]))
    return [
        section(
            title,
            html.P([chosen, " · ", dcc.Link(view.word("every_group"), href=view.href({"part": "quarantine"}))])
            if _is_of_group(view)
            else None,
            _unit_hint(view, listed.rows),
            take("quarantine", view),
            *([tick_all(view)] if view.may_edit else []),
            scrollable_table(heads, lines, title, className="data-cards"),
            *pager(view, listed.total),
            form(view, ("accept", "reject")),
        ),
        drawn(view, addresses),
    ]


def _unit_hint(view: View, rows: Sequence[Row]) -> Any:
    if not any(row["field"] == "money_unit" for row in rows):
        return None
    return html.P([view.word("unit_hint"), " ", dcc.Link(view.word("units"), href=view.href({"part": "units"}))])


def _first_of_each(rows: Sequence[Row]) -> list[Row]:
    """The findings with further ones on the same row put below the first."""
    by_address: dict[str, dict[str, Any]] = {}
    for row in rows:
        first = by_address.setdefault(row["address"], {**row, "further": []})
        if first["rule_id"] != row["rule_id"] or first["field"] != row["field"]:
            first["further"].append(row)
    return list(by_address.values())


def _cells(view: View, row: Row, number: int, decisions: Mapping[str, Row]) -> list[Any]:
    decision = decisions.get(row["address"])
    name = row["name"] or row["uscc"] or view.word("no_name")
    findings = [row, *row["further"]]
    box = tick(number, f"{name} {row['row_no']}") if view.may_edit and decision is None else None
    return [
        box,
        firm_of(view, row),
        [row["file_name"], html.Br(), html.Span(row_text(row, view.lang, "sheet"), className="quiet")],
        [part for each in findings for part in (_field(view, each), html.Br())][:-1],
        [part for each in findings for part in (_value(view, each), html.Br())][:-1],
        _consequence(view, row),
        waiting_note(view, decision) if decision else _open(view, row),
    ]


def _value(view: View, row: Row) -> str:
    """The value as delivered; of the unit of a whole report what is proposed."""
    if row["field"] == "money_unit" and row["value"]:
        return f"{view.word('factor')} {row['value']}"
    return row["value"] or "–"


def firm_of(view: View, row: Row) -> list[Any]:
    """Name and code in the row; a link where the firm is known."""
    name = row["name"] or view.word("no_name")
    shown = firm_link(row["firm_id"], name, view.session) if row["firm_id"] else name
    return [shown, html.Br(), html.Span(row["uscc"] or "–", className="quiet")]


def _consequence(view: View, row: Row) -> str:
    if not row["firm_id"]:
        return view.word("no_firm_yet")
    return view.word("cannot_judge").format(Counted(row["undecided"])) if row["undecided"] else view.word("all_judged")


def _open(view: View, row: Row) -> list[Any]:
    href = view.href({"part": "quarantine", "row": row["address"]})
    before = f" {view.word('decided_before')} {row['decided_before']}" if row["decided_before"] else ""
    return [dcc.Link(view.word("show_row"), href=href), html.Span(before, className="quiet")]


def _row(view: View, address: str) -> list[Any]:
    """Everything that waits on one row, what would change, and the form with a correction of a cell."""
    findings = view.data.findings_on(address)
    back = dcc.Link(f"← {view.word('every_group')}", href=view.href({"part": "quarantine"}), className="back")
    if not findings:
        return [back, empty(view.word("nothing_on_row")), drawn(view, [])]
    first = findings[0]
    decision = by_row(view.data.decided()).get(address)
    heads = [view.word(head) for head in ("field_head", "old_value", "reason", "severity")]
    lines = [
        line(heads, [
            _field(view, row), _value(view, row), row[f"message_{view.lang}"],
            value_word("severity", row["severity"], view.lang),
        ])
        for row in findings
    ]  # fmt: skip
    columns = {row["field"]: _field(view, row) for row in findings if row["field"] not in ("", "money_unit", None)}
    supplier = first["supplier"] if view.lang == "zh" else first["supplier_en"]
    return [
        back,
        section(
            first["name"] or view.word("no_name"),
            html.P([*firm_of(view, first)]),
            html.P(f"{supplier} · {row_text(first, view.lang, 'file_name', 'sheet')}"),
            html.P([view.word("address"), " ", html.Code(address, className="data-address")]),
            *([html.P(waiting_note(view, decision))] if decision else []),
            still_table(heads, lines, view.word("reason"), className="data-cards"),
            dmc.Button(view.word("work_out"), id=ids.DATA_WORK_OUT, variant="default"),
            html.Div(id=ids.DATA_WORKED, role="status"),
            form(view, ("accept", "reject", *(["correct"] if columns else [])), _correction(view, columns)),
        ),
        drawn(view, [address], is_single=True),
    ]


def _correction(view: View, columns: Mapping[str, str]) -> list[Any]:
    """Which cell, and what is right, in the unit of its file; both are used by a correction alone."""
    if not columns:
        return []
    choices = [{"value": name, "label": label} for name, label in columns.items()]
    return [
        dmc.Select(id=ids.data_field("column"), label=view.word("which_cell"), data=choices, value=choices[0]["value"]),
        dmc.TextInput(id=ids.data_field("value"), label=view.word("right_value")),
    ]
