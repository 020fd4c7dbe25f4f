"""What the terminal shows: one screen after a run, tables, the evidence of one firm."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from flows.questions.finding import BY
from flows.questions.holding import held_words
from tiers.words.explain import show as show_value
from tiers.words.explain import why_unknown
from warehouse import landing, release
from warehouse.home import Home

console = Console(highlight=False)

HEADINGS = {
    "name": "企业 firm",
    "rule": "规则 rule",
    "row": "行 row",
    "candidates": "候选 candidates",
    "held": "持有 held",
    "met": "达到 met",
    "movement": "动向 movement",
    "reason_zh": "原因 reason",
    "next_condition_zh": "下一步 next",
    "due_on": "到期 due",
    "zh": "",
    "rank": "级",
    "held_count": "持有 hold",
    "met_count": "达到 meet",
    "judgement_count": "待评审 judge",
    "unknown_count": "不能判定 unknown",
    "not_met_count": "未达 not met",
    "feed": "来源 feed",
    "rows_read": "读入 read",
    "rows_loaded": "装入 loaded",
    "rows_quarantined": "隔离 quarantined",
    "deliveries": "文件 files",
    "edition_id": "版本 edition",
    "title_zh": "名称 title",
    "in_force_from": "起 from",
    "in_force_to": "止 to",
    "number": "文号 number",
    "confidence": "可信度 confidence",
    "run_id": "期 run",
    "day": "评价日 day",
    "place": "属地 place",
    "published_at": "发布 published",
    "is_current": "现行 current",
    "path": "文件 file",
    "clause": "条款 clause",
    "effect": "后果 effect",
    "outcome": "结论",
    "value": "实际 value",
    "required": "要求 required",
    "gap": "差距 gap",
    "source": "来源 source",
    "before": "原来 before",
    "after": "之后 after",
    "change": "变化 change",
    "firms": "企业 firms",
    "condition": "条件 condition",
    "address": "地址 address",
    "file_name": "文件 file",
    "rule_id": "规则 rule",
    "field": "字段 field",
    "message_zh": "说明 message",
    "decided_before": "此前决定 decided before",
    "decision": "决定 decision",
    "statement_id": "号 no.",
    "subject": "对象 subject",
    "said_by": "谁 by",
    "said_at": "何时 when",
    "why": "为何 why",
    "rows_waiting": "待办 waiting",
    "rows_decided": "已决定 decided",
    "scheme_id": "方案 scheme",
    "phase": "阶段 phase",
    "points": "得分 points",
    "weight": "权重 weight",
    "has_weights": "有权重 weights",
    "is_example": "示例 example",
}


def table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], title: str | None = None) -> None:
    """Print rows as a table with headings in both languages."""
    view = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for column in columns:
        numeric = any(isinstance(row.get(column), int) and not isinstance(row.get(column), bool) for row in rows)
        view.add_column(HEADINGS.get(column, column), justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        view.add_row(*(_text(row.get(column)) for column in columns))
    console.print(view)


def _text(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "是" if value else ""
    return f"{value:,}" if isinstance(value, int) else str(value)


def collect(home: Home, inbox: Path) -> dict[str, Any]:
    """What the screen after a run says, as data: the same for people and for ``--json``.

    Refused are files that lie in the inbox still.
    """
    published = release.Published(home)
    run = published.query("select * from mart_run__summary")[0]
    return {
        "run": run,
        "ladder": published.query("select * from mart_zone__ladder where rank is not null order by rank"),
        "movement": published.query("select * from mart_movers__totals order by seq"),
        "feeds": published.query("select * from mart_run__freshness where deliveries > 0 order by feed"),
        "titles": published.query(
            "select designation, count(*) as titles, count(*) filter (firm_id is not null) as matched"
            " from core_title group by all order by designation"
        ),
        "refused": [
            row
            for row in published.query("select * from rejection order by file_name")
            if row["file_name"] in landing.names_in(inbox)
        ],
        "release": str(release.current(home)),
        "extracts": str(home.extracts / run["run_id"]),
        "report_cards": str(home.report_cards / run["run_id"]),
        "quarantine": str(home.quarantine / f"{run['run_id']}.csv"),
    }


def show(facts: Mapping[str, Any]) -> None:
    """Print one screen: the ladder, the movement, the accounts of every feed, and where everything lies."""
    run = facts["run"]
    console.print(
        f"\n[bold]Tidu 梯度[/bold]  评价日 day {run['day']} · 对比 against {run['previous_day']}"
        f" · 属地 place {run['place']} · 期 run {run['run_id']}\n"
    )
    table(
        facts["ladder"],
        ("zh", "held_count", "met_count", "judgement_count", "unknown_count", "not_met_count"),
        "梯度 The ladder",
    )
    movement = "  ".join(f"{row['zh']} {row['en']} [bold]{row['firms']:,}[/bold]" for row in facts["movement"])
    console.print(f"\n动向 Movement: {movement}")
    matched = "  ".join(f"{row['designation']} {row['matched']:,}/{row['titles']:,}" for row in facts["titles"])
    console.print(f"名单匹配 Titles matched to firms: {matched or '–'}\n")
    accounts = ("feed", "deliveries", "rows_read", "rows_loaded", "rows_quarantined", "rows_waiting", "rows_decided")
    table(facts["feeds"], accounts, "读入 = 装入 + 隔离  read = loaded + quarantined")
    for refused in facts["refused"]:
        console.print(f"[red]✗ 拒收 refused[/red] {refused['message_zh']}\n  {refused['message_en']}")
    console.print(
        f"\n发布 release     {facts['release']}\n名单 extracts    {facts['extracts']}"
        f"\n隔离 quarantine  {facts['quarantine']}\n回执 cards       {facts['report_cards']}"
        "\n看板 dashboard   tidu serve   (make serve)",
        soft_wrap=True,
    )


def evidence(found: Mapping[str, Any]) -> None:
    """Print one firm: what it holds, then each edition's verdict with every condition, the deciding one marked."""
    firm = found["firm"]
    console.print(f"\n[bold]{firm['name']}[/bold]  {firm['firm_id']}  评价日 day {found['day']}")
    if firm["found_by"] not in ("code", "registered"):
        by_zh, by_en = BY[firm["found_by"]]
        console.print(f"  查得依据 found by {by_zh} {by_en}: {firm['found_name']}")
    for link in found["links"]:
        told = f"{link['valid_from']} {link['name']} {LINKS[link['kind']]} {link['other_name']} · {link['evidence']}"
        console.print(f"  {told}\n  跨此日的增长不全是企业自身的 growth across that day is not all its own (T06)")
    for title in found["titles"]:
        console.print(f"  {held_words(title)}  {title['source']}")
    for verdict in found["verdicts"]:
        console.print(f"\n[bold]{verdict['title_zh']}[/bold] {verdict['title_en']} ({verdict['edition_id']})")
        console.print(f"  {verdict['sentence_zh']}\n  {verdict['sentence_en']}")
        for one in verdict["conditions"]:
            _condition(one)
        worth(verdict["worth"])


def worth(rows: Sequence[Mapping[str, Any]]) -> None:
    """What holding the rung gives this firm under tax law: an amount with its assumption, or what it hangs on."""
    for one in rows:
        amount = "" if one["yuan"] is None else f" [bold]{show_value(one['yuan'], 'yuan', 'zh')}[/bold]"
        console.print(f"  值多少 worth: {one['zh']} {one['en']}{amount}")
        console.print(f"      [dim]{one['assumed_zh']} {one['assumed_en']}  {one['document']}[/dim]")


def _condition(one: Mapping[str, Any]) -> None:
    mark = "  [bold]← 决定性 decides[/bold]" if one["is_deciding"] else ""
    console.print(f"\n  {OUTCOMES[one['outcome']]} {one['zh']} {one['en']}{mark}")
    gap = f" · 差距 gap {show_value(one['gap'], one['gap_unit'], 'zh')}" if one["gap"] else ""
    value = show_value(one["value"], one["unit"], "zh")
    if one["value_high"] not in (None, one["value"]):
        value = f"{value} – {show_value(one['value_high'], one['unit'], 'zh')}"
    if one["outcome"] == "unknown":
        value = " ".join(why_unknown(one["missing_fact"], one["unit"], lang) for lang in ("zh", "en"))
    console.print(f"      实际 value {value} · 要求 required {one['required_zh']}{gap} · {one['clause']}")
    for source in filter(None, one["source"].split("\n")):
        console.print(f"      [dim]{source}[/dim]")


LINKS = {
    "merged_into": "并入 went into",
    "split_from": "分立自 came out of",
    "successor": "承继 follows",
    "same_as": "即 is",
    "listing_passed": "的证券代码转给 passed its stock code to",
}
OUTCOMES = {"met": "✓ 达到", "not_met": "✗ 未达", "unknown": "? 不能判定", "judgement": "◇ 待评审"}


def feeds(known: Sequence[Mapping[str, Any]]) -> None:
    """Print every feed with the columns it may have."""
    for feed in known:
        console.print(f"\n[bold]{feed['name']}[/bold]  {feed['title_zh']} {feed['title_en']}  use: {feed['use']}")
        console.print(f"  [dim]{' '.join(feed['patterns'])}[/dim]")
        for column in feed["columns"]:
            headings = " / ".join(column["headings"])
            console.print(f"  {column['name']:<28} {column['type']:<8} {headings}", soft_wrap=True)


def previews(found: Sequence[Mapping[str, Any]]) -> None:
    """Print what would be done with a file: mapping, units, counts, and what would be said of which rows."""
    for one in found:
        console.print(f"\n[bold]{one['file_name']}[/bold] → {one['feed']}  {one['title_zh']} {one['title_en']}")
        if one["refused"]:
            console.print(f"[red]✗ 会被拒收 would be refused[/red] {one['refused']['zh']}\n  {one['refused']['en']}")
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
