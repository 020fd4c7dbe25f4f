"""Totals of feeds under the statistics law: figures of firms are not shown, and held cells are not zero."""

from collections.abc import Sequence
from typing import Any

from dash import html

from dash_app.components.sections import section
from dash_app.components.still import Still
from dash_app.components.values import count, industry, money
from dash_app.pages.data.view import View, chip, chips, empty, line, still_table, take
from dash_app.rows import Row
from service.wording.rendering import Counted, show

MONTH = ("industry", "firms", "revenue_to_date", "staff_end", "rd_to_date")
YEAR = ("indicator", "firms", "total")


def totals(view: View) -> list[Any]:
    """The totals of a period, the newest unless the address names another."""
    periods = view.data.periods()
    if not periods:
        return [section(view.word("totals"), empty(view.word("no_totals")))]
    period = view.asked("period") if view.asked("period") in periods else periods[0]
    monthly, yearly, limits = view.data.totals(period)
    links = [chip(name, view.href({"part": "totals", "period": name}), name == period) for name in periods]
    held = sum(row["is_hidden"] for row in (*monthly, *yearly))
    notes = [html.P(view.word("totals_note"), className="quiet")]
    if limits:
        named = {**limits, "fewest_firms": Counted(limits["fewest_firms"])}
        notes.append(html.P(view.word("limits").format(**named), className="quiet"))
    if held:
        notes.append(html.P(f"{view.word('held_cells')} {count(held)}", className="state-closed"))
    shown = [take("totals", view), _monthly(view, monthly)] if monthly else []
    shown += [take("survey", view), _yearly(view, yearly)] if yearly else []
    return [section(f"{view.word('totals')} {period}", chips(links, view.word("every")), *notes, *shown)]


def _monthly(view: View, rows: Sequence[Row]) -> Still:
    heads = [view.word(head) for head in MONTH]
    lines = []
    for row in rows:
        named = {"all": view.word("all_industries"), "": view.word("no_industry")}
        name = named.get(row["industry"]) or industry(row["industry"], view.lang)
        figures = [count(row["firms"]), money(row["revenue_to_date_fen"], view.lang), count(row["staff_end"])]
        figures.append(money(row["rd_to_date_fen"], view.lang))
        lines.append(line(heads, [name, *_or_held(view, row, figures)]))
    return still_table(heads, lines, view.word("totals"), className="data-cards data-figures")


def _yearly(view: View, rows: Sequence[Row]) -> Still:
    heads = [view.word(head) for head in YEAR]
    lines = []
    for row in rows:
        code = f"{row['indicator_code']} " if row["indicator_code"] else ""
        name = row["zh"] if view.lang == "zh" and row["zh"] else row["indicator"]
        lines.append(line(heads, [f"{code}{name}", *_or_held(view, row, [count(row["firms"]), _total(view, row)])]))
    return still_table(heads, lines, view.word("totals"), className="data-cards data-figures")


def _total(view: View, row: Row) -> str:
    if row["total"] is None:
        return "–"
    if row["is_money"]:
        return money(int(row["total"]), view.lang)
    return f"{show(float(row['total']), '', view.lang)} {row['unit_filed'] or ''}".strip()


def _or_held(view: View, row: Row, figures: Sequence[str]) -> list[Any]:
    """The figures, or the word that they are held in each cell, which no one takes for nothing."""
    if not row["is_hidden"]:
        return list(figures)
    return [html.Span(view.word("held"), className="data-held") for _ in figures]
