"""The terminal's view of cases: what was kept, everything of a firm in 80 columns, what would change."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from flows.terminal.markup import echo, styled
from flows.terminal.table import console, table

if TYPE_CHECKING:
    from warehouse.casebook.events import Event

Row = Mapping[str, Any]
SIDES = {"ours": ("我方", "zone"), "theirs": ("企业", "firm")}
ANSWERS = {"met": "达到 met", "not_met": "未达 not met", "unknown": "不能判定 unknown", "judgement": "待评审 judge"}
SHOWN_VISITS, SHOWN_DUE = 3, 8
"""Of visits and of what is due, a case shows so many; JSON has all."""


def kept(events: "Iterable[Event]", until: str | None = None) -> None:
    """A line an event: its number, what it is about, and by when somebody has to act. Names nobody."""
    for event in events:
        effect = f"撤回第 {event.withdraws} 号 withdraws {event.withdraws}" if event.withdraws else "已记下 kept"
        clock = f" · 至 until {until}" if until else ""
        thing, _, number = event.stream.partition(":")
        what = thing if thing == "leave" else f"{thing} {number}"
        echo(f"第 {event.seq} 号 event {event.seq}: {effect} · {what}{clock}")


def effects(changes: Sequence[Row]) -> None:
    """Which verdicts would change; that none would is said too."""
    if not changes:
        typer.echo("结论不会改变 no verdict would change")
        return
    rows = [
        {"title_zh": change["title_zh"], "before": ANSWERS[change["before"]], "after": ANSWERS[change["after"]]}
        for change in changes
    ]
    table(rows, ("title_zh", "before", "after"), "会改变的结论 verdicts that would change")


def worked(answer: Row) -> None:
    """A claim worked out: source, the cell's value before and after, effects."""
    console.print(styled("[bold]{fact}[/bold] {claimed}\n  {source_zh}\n  {source_en}", **answer))
    before, after = answer["value_before"] or "–", answer["value"] or "–"
    console.print(f"  该格 the cell: {before} → {after}")
    effects(answer["effects"])


def handed_over(firms: int, rows: Sequence[Row]) -> None:
    """How many firms, and what is open of them."""
    typer.echo(f"已移交 {firms} 家，未结 {len(rows)} 项 {firms} firms handed over, {len(rows)} things open")
    _things("未结 open", [{**row, "number": f"{row['thing']} {row['number']}"} for row in rows])


def with_promises(row: Row, today: date) -> dict[str, Any]:
    """A visit with its promises as lines: who, what, by when, and whether kept or past."""
    lines = [
        f"{side_zh} {side_en} {place}: {_promise(promise, today)}"
        for side, (side_zh, side_en) in SIDES.items()
        for place, promise in enumerate(row[side], 1)
    ]
    return {**row, "promises": "\n".join(lines) or "–"}


def with_papers(row: Row) -> dict[str, Any]:
    """An application with how many of its papers are ready."""
    ready = sum(paper["ready_on"] is not None for paper in row["papers"])
    return {**row, "papers": f"{ready}/{len(row['papers'])}"}


def case(answer: Row) -> None:
    """Everything of one firm: owner, open tasks, requests, applications, contests, visits, what is due."""
    firm, owner = answer["firm"], answer["owner"]
    console.print(styled("\n[bold]{}[/bold]  {}  第 {} 期 run", firm["name"], firm["firm_id"], answer["run_id"]))
    console.print(f"  {_owner(owner)}")
    if answer["pool"]:
        console.print(styled("  培育库 pool {pool}: {state} · 自 since {since}", **answer["pool"]))
    _things("任务 tasks", answer["tasks"])
    _things("诉求 requests", answer["requests"])
    _things("申报 applications", [{**row, "what": _application(row)} for row in answer["applications"]])
    _things("异议 contests", answer["contests"])
    if answer["services"]:
        table(answer["services"], ("given_on", "service_zh", "outcome_zh"), f"服务 services: {len(answer['services'])}")
    visits = [with_promises(row, answer["today"]) for row in answer["visits"]]
    if visits:
        title = f"走访 visits: {len(visits)}"
        table(visits[:SHOWN_VISITS], ("number", "visited_on", "note", "promises", "next_on"), title)
    if answer["due"]:
        title = f"到期 due: {len(answer['due'])}"
        table(answer["due"][:SHOWN_DUE], ("due_on", "start_by", "designation_zh", "kind_zh", "state_zh"), title)


def _owner(owner: Row | None) -> str:
    if owner is None:
        return "无人负责 nobody owns it: tidu assign"
    deputy = f" · 副手 deputy {owner['deputy']}" if owner["deputy"] else ""
    is_away = owner["acting"] != owner["owner"]
    acting = f" · 休假，现由 on leave, acting: {owner['acting'] or '无人 nobody'}" if is_away else ""
    return f"负责 owner {owner['owner']}{deputy}{acting} · 自 since {owner['since']}"


def _application(row: Row) -> str:
    receipt = f" {row['receipt']}" if row["receipt"] else ""
    return f"{row['designation']} {with_papers(row)['papers']}{receipt}"


def _things(title: str, rows: Sequence[Row]) -> None:
    if rows:
        lines = [{**row, "due_on": row.get("due_on") or row.get("closes_on")} for row in rows]
        table(lines, ("number", "what", "due_on", "days_left", "state_zh"), f"{title}: {len(rows)}")


def _promise(promise: Row, today: date) -> str:
    if promise["kept_on"]:
        return f"{promise['what']} ✓ {promise['kept_on']}"
    if promise["by_on"] is None:
        return str(promise["what"])
    mark = " 逾期 past" if promise["by_on"] < today.isoformat() else ""
    return f"{promise['what']} → {promise['by_on']}{mark}"
