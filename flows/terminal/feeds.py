"""The terminal's view of feeds, and of a file that is checked and not loaded."""

from collections.abc import Mapping, Sequence
from typing import Any

from flows.terminal.language import of_both, spoken
from flows.terminal.markup import styled
from flows.terminal.table import console, table


def feeds(rows: Sequence[Mapping[str, Any]]) -> None:
    """Print every feed with the columns it may have."""
    for feed in rows:
        console.print(styled("\n[bold]{name}[/bold]  {title_zh} {title_en}  use: {use}", **feed))
        console.print(f"  {_cadence(feed['cadence'])}", soft_wrap=True)
        console.print(styled("  [dim]{}[/dim]", " ".join(feed["patterns"])))
        for column in feed["columns"]:
            headings = " / ".join(column["headings"])
            console.print(f"  {column['name']:<28} {column['type']:<8} {headings}", soft_wrap=True)


_EVERY = {
    "week": "每周 every week",
    "month": "每月 every month",
    "quarter": "每季 every quarter",
    "year": "每年 every year",
    "event": "随事而报 with an event",
    "once": "一次性 once",
}


def _cadence(cadence: Mapping[str, Any]) -> str:
    every = _EVERY[cadence["every"]]
    if cadence["grace_days"] is None:
        return every
    due = f"{cadence['months']} 个月 months {cadence['days']} 天 days"
    return f"{every} · 期后 due after {due} · 宽限 grace {cadence['grace_days']} 天 days"


_STATES = {
    "late": "逾期 late",
    "in_grace": "宽限内 in grace",
    "never": "从未来件 never came",
    "on_time": "按时 on time",
    "on_event": "随事而报 with an event",
}


def deliveries_due(rows: Sequence[Mapping[str, Any]]) -> None:
    """Print every feed with the day by which its next delivery is due, and how late it is."""
    table(
        [{**row, "state": spoken(_STATES[row["state"]])} for row in rows],
        ("feed", "zh", "state", "expected_by", "days_late", "firms_undecided", "reason_zh"),
    )


def late_feeds(rows: Sequence[Mapping[str, Any]]) -> None:
    """Print a line for every late feed: what is missing since when, and what rests on it."""
    for feed in rows:
        zh = "[yellow]! 逾期[/yellow] {feed} {zh}（{publisher_zh}）{reason_zh}"
        en = "[yellow]! late[/yellow] {feed} {en} ({publisher_en}): {reason_en}"
        console.print(styled(of_both(zh, en), **feed), soft_wrap=True)


def previews(rows: Sequence[Mapping[str, Any]]) -> None:
    """Print what would be done with a file: mapping, units, counts, and the findings by rule."""
    for preview in rows:
        console.print(styled("\n[bold]{file_name}[/bold] → {feed}  {title_zh} {title_en}", **preview))
        if preview["refused"]:
            console.print(styled("[red]✗ 会被拒收 would be refused[/red] {zh}\n  {en}", **preview["refused"]))
            continue
        console.print(
            f"  编码 encoding {preview['encoding'] or 'XLSX'} · 金额单位 money {preview['money_unit'] or '–'}"
            f" · 写明 states {preview['stated']} · use {preview['use']}"
        )
        for sheet in preview["sheets"]:
            where = f"工作表 sheet {sheet['sheet'] or '–'} · 表头行 head row {sheet['head_row']}"
            console.print(f"  {where} · {sheet['rows']} 行 rows")
            table(sheet["columns"], ("heading", "column", "type", "unit"))
        console.print(
            f"  读入 read {preview['rows_read']:,} = 装入 loaded {preview['rows_loaded']:,} + 不是数据 no data"
            f" {preview['rows_set_aside']:,} + 待核 waiting {preview['rows_waiting']:,}"
        )
        for finding in preview["findings"]:
            first = f"首见 first in row {finding['first_row'] or '–'}: {finding['first_value']}"
            rule = f"{finding['rule_id']} {finding['severity']} {finding['field']}"
            console.print(f"  {rule} · {finding['rows']} 行 rows, {first}", soft_wrap=True)
            console.print(f"      {finding['message_zh']} {finding['message_en']}", soft_wrap=True)
