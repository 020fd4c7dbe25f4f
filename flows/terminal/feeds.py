"""What the terminal shows of feeds, and of a file that is only looked at."""

from collections.abc import Mapping, Sequence
from typing import Any

from flows.terminal.markup import styled
from flows.terminal.table import console, table


def feeds(known: Sequence[Mapping[str, Any]]) -> None:
    """Print every feed with the columns it may have."""
    for feed in known:
        console.print(styled("\n[bold]{name}[/bold]  {title_zh} {title_en}  use: {use}", **feed))
        console.print(styled("  [dim]{}[/dim]", " ".join(feed["patterns"])))
        for column in feed["columns"]:
            headings = " / ".join(column["headings"])
            console.print(f"  {column['name']:<28} {column['type']:<8} {headings}", soft_wrap=True)


def previews(found: Sequence[Mapping[str, Any]]) -> None:
    """Print what would be done with a file: mapping, units, counts, and what would be said of which rows."""
    for one in found:
        console.print(styled("\n[bold]{file_name}[/bold] → {feed}  {title_zh} {title_en}", **one))
        if one["refused"]:
            console.print(styled("[red]✗ 会被拒收 would be refused[/red] {zh}\n  {en}", **one["refused"]))
            continue
        console.print(
            f"  编码 encoding {one['encoding'] or 'XLSX'} · 金额单位 money {one['money_unit'] or '–'} · 写明 states"
            f" {one['stated']} · use {one['use']}"
        )
        for sheet in one["sheets"]:
            where = f"工作表 sheet {sheet['sheet'] or '–'} · 表头行 head row {sheet['head_row']}"
            console.print(f"  {where} · {sheet['rows']} 行 rows")
            table(sheet["columns"], ("heading", "column", "type", "unit"))
        console.print(
            f"  读入 read {one['rows_read']:,} = 装入 loaded {one['rows_loaded']:,} + 不是数据 no data"
            f" {one['rows_set_aside']:,} + 待核 waiting {one['rows_waiting']:,}"
        )
        for said in one["findings"]:
            first = f"{said['rows']} 行 rows, 首见 first in row {said['first_row'] or '–'}: {said['first_value']}"
            console.print(f"  {said['rule_id']} {said['severity']} {said['field']} · {first}", soft_wrap=True)
            console.print(f"      {said['message_zh']} {said['message_en']}", soft_wrap=True)
