"""The terminal's view of scores: the range, then each indicator with what it earned or which figure is missing."""

from collections.abc import Mapping, Sequence
from typing import Any

from flows.terminal.language import language, of_both, text_of
from flows.terminal.markup import styled
from flows.terminal.table import console, table
from tiers.messages.verdict import show as show_value


def score(answer: Mapping[str, Any]) -> None:
    """One firm: the scheme with its version, the range of the total, and one line an indicator."""
    firm, scheme, total = answer["firm"], answer["scheme"], answer["score"]
    _heading(scheme)
    phase = total["phase"] or of_both("阶段未知", "phase unknown")
    console.print(
        styled(
            "[bold]{}[/bold]  {} · {} · {} · [bold]{}[/bold] / {:g} · {} {:,}",
            *(
                firm["name"],
                firm["firm_id"],
                total["day"],
                phase,
                _range(total),
                total["total"],
                of_both("同评", "firms"),
                total["firms"],
            ),
        )
    )
    rows = [
        {
            "indicator": f"{text_of(indicator, 'group')} · {text_of(indicator)}",
            "value": f"{of_both('缺', 'missing')} {text_of(indicator, 'missing')}"
            if indicator["missing_zh"]
            else show_value(indicator["value"], indicator["unit"], language()),
            "points": _range(indicator),
            "weight": f"{indicator['weight']:g}",
        }
        for indicator in answer["indicators"]
    ]
    table(rows, ("indicator", "value", "points", "weight"))


RESULTS = {
    "higher": ("前者高", "the first is higher"),
    "lower": ("前者低", "the first is lower"),
    "equal": ("相同", "equal"),
    "overlapping": ("高低未定", "undecided"),
    "not_comparable": ("不可比", "not comparable"),
}


def comparison(answer: Mapping[str, Any]) -> None:
    """Both totals, and which is surely higher."""
    _heading(answer["scheme"])
    rows = [
        {"name": row["firm"]["name"], "firm_id": row["firm"]["firm_id"], "points": _range(row["score"])}
        for row in answer["firms"]
    ]
    table(rows, ("name", "firm_id", "points"))
    reason = answer["reason"]
    console.print(f"  {of_both(*RESULTS[answer['result']])}" + (f": {text_of(reason)}" if reason else ""))


def scores(rows: Sequence[Mapping[str, Any]], scheme: Mapping[str, Any]) -> None:
    """One line a firm."""
    _heading(scheme)
    lines = [{**row, "points": _range(row)} for row in rows]
    table(lines, ("name", "firm_id", "phase", "points"))


def _heading(scheme: Mapping[str, Any]) -> None:
    console.print(styled("\n[bold]{}[/bold] ({})", text_of(scheme, "title"), scheme["scheme_id"]))
    if scheme["is_example"]:
        console.print("  " + of_both("示例方案，不得用于真实企业", "An example: nobody is to be judged by it"))


def _range(row: Mapping[str, Any]) -> str:
    return f"{row['low']:g}" if row["low"] == row["high"] else f"{row['low']:g} – {row['high']:g}"
