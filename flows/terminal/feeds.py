"""The terminal's view of feeds, and of a file that is checked and not loaded."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from flows.terminal.language import of_both, text_of
from flows.terminal.markup import styled
from flows.terminal.table import console, table
from flows.terminal.values import value_spoken
from service.queries.files.file_words import field_word
from tiers.messages.counted import counted


def feeds(rows: Sequence[Mapping[str, Any]]) -> None:
    """Print every feed with the columns it may have."""
    for feed in rows:
        console.print(
            styled("\n[bold]{}[/bold]  {}  {}", feed["name"], text_of(feed, "title"), of_both(*_USES[feed["use"]]))
        )
        console.print(f"  {_cadence(feed['cadence'])}", soft_wrap=True)
        console.print(styled("  [dim]{}[/dim]", " ".join(feed["patterns"])))
        for column in feed["columns"]:
            headings = " / ".join(column["headings"])
            console.print(
                f"  {column['name']:<28} {value_spoken('type', column['type']):<6} {headings}", soft_wrap=True
            )


_USES = {"service": ("供服务", "for service"), "statistics": ("仅供统计", "for statistics only")}
_EVERY = {
    "week": ("每周", "every week"),
    "month": ("每月", "every month"),
    "quarter": ("每季", "every quarter"),
    "year": ("每年", "every year"),
    "event": ("随事而报", "with an event"),
    "once": ("一次性", "once"),
}


def _cadence(cadence: Mapping[str, Any]) -> str:
    every = of_both(*_EVERY[cadence["every"]])
    if cadence["grace_days"] is None:
        return every
    months, days = cadence["months"], cadence["days"]
    zh = [f"{months} 个月"] * (months > 0) + [f"{days} 天"] * (days > 0 or not months)
    en = [counted(months, "month", "months")] * (months > 0)
    en += [counted(days, "day", "days")] * (days > 0 or not months)
    return of_both(
        f"{every} · 期后 {' '.join(zh)} · 宽限 {cadence['grace_days']} 天",
        f"{every} · due after {' '.join(en)} · grace {counted(cadence['grace_days'], 'day', 'days')}",
    )


_STATES = {
    "late": ("逾期", "late"),
    "in_grace": ("宽限内", "in grace"),
    "never": ("从未来件", "never came"),
    "on_time": ("按时", "on time"),
    "on_event": ("随事而报", "with an event"),
}


def deliveries_due(rows: Sequence[Mapping[str, Any]]) -> None:
    """Print every feed with the day by which its next delivery is due, and how late it is."""
    table(
        [{**row, "state": of_both(*_STATES[row["state"]])} for row in rows],
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
        console.print(
            styled("\n[bold]{}[/bold] → {}  {}", preview["file_name"], preview["feed"], text_of(preview, "title"))
        )
        if preview["refused"]:
            console.print(
                styled("[red]✗ {}[/red] {}", of_both("会被拒收", "would be refused"), text_of(preview["refused"]))
            )
            if preview["refused"].get("operator_zh"):
                way = text_of(preview["refused"], "operator")
                console.print(styled("  {}: {}", of_both("运维", "operator"), way), soft_wrap=True)
            continue
        _read(preview)
        for sheet in preview["sheets"]:
            where = of_both(
                "  工作表 {sheet} · 表头行 {head_row} · 读作数据 {rows} 行",
                "  sheet {sheet} · head row {head_row} · rows read as data: {rows}",
            )
            console.print(styled(where, **{**sheet, "sheet": sheet["sheet"] or "–"}))
            table(sheet["columns"], ("heading", "column", "type", "unit"))
        counts = of_both(
            "  读入 {rows_read:,} = 装入 {rows_loaded:,} + 非数据行 {rows_not_data:,} + 待办 {rows_waiting:,}",
            "  read {rows_read:,} = loaded {rows_loaded:,} + not data {rows_not_data:,} + waiting {rows_waiting:,}",
        )
        console.print(styled(counts, **preview))
        for finding in preview["findings"]:
            where = field_word(preview["feed"], finding["field"])
            rule = f"{finding['rule_id']} {value_spoken('severity', finding['severity'])} {where}".strip()
            template = of_both(
                "{rows} 行，首见第 {first_row} 行：{first_value}",
                "rows: {rows}, first in row {first_row}: {first_value}",
            )
            first = text_of(finding, "first_value") or "–"
            shown = {**finding, "first_row": finding["first_row"] or "–", "first_value": first}
            console.print(styled("  {} · ", rule) + styled(template, **shown), soft_wrap=True)
            console.print(f"      {text_of(finding, 'message')}", soft_wrap=True)


def _read(preview: Mapping[str, Any]) -> None:
    """How a file was read, and what it states about itself."""
    stated = " ".join(f"{name}={value}" for name, value in json.loads(preview["stated"]).items())
    parts = (
        f"{of_both('编码', 'encoding')} {preview['encoding'] or 'XLSX'}",
        f"{of_both('金额单位', 'money in')} {preview['money_unit'] or '–'}",
        f"{of_both('写明', 'states')} {stated or '–'}",
        of_both(*_USES[preview["use"]]),
    )
    console.print(f"  {' · '.join(parts)}")
