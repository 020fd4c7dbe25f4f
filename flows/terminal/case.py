"""The terminal's view of cases: what was kept, everything of a firm in 80 columns, what would change."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from flows.terminal.firm import localized_answer
from flows.terminal.language import of_both, text_of
from flows.terminal.markup import echo, styled
from flows.terminal.table import console, table
from service.wording.shown_moments import minute
from tiers.messages.counted import counted
from warehouse.rows import AnyRow

if TYPE_CHECKING:
    from warehouse.casebook.events import Event

THINGS = {
    "application": ("申报", "application"),
    "assignment": ("分派", "assignment"),
    "contest": ("异议", "contest"),
    "quarantine_correct": ("更正", "correction"),
    "leave": ("休假", "leave"),
    "request": ("诉求", "request"),
    "task": ("任务", "task"),
    "visit": ("走访", "visit"),
}
"""What an event may be about, by the beginning of its stream."""
SIDES = {"ours": ("我方", "zone"), "theirs": ("企业", "firm")}
SHOWN_VISITS, SHOWN_DUE = 3, 8
"""Of visits and of what is due, a case shows so many; JSON has all."""


def kept(events: "Iterable[Event]", until: str | None = None) -> None:
    """A line an event: its number, what it is about, and by when somebody has to act. Names nobody."""
    for event in events:
        withdrawal = of_both(f"撤回第 {event.withdraws} 号", f"withdraws {event.withdraws}")
        effect = withdrawal if event.withdraws else of_both("已记下", "kept")
        clock = f" · {of_both('至', 'until')} {until}" if until else ""
        what = of_both(*THINGS.get(event.thing, (event.thing, event.thing)))
        what += "" if event.thing == "leave" else f" {event.name}"
        echo(f"{of_both(f'第 {event.seq} 号', f'event {event.seq}')}: {effect} · {what}{clock}")


def history(rows: Sequence[AnyRow]) -> list[dict[str, Any]]:
    """The events of a case for a person: the local minute, and what was done in words."""
    from service.wording.event_words import event_words

    words = event_words()["case_event"]
    return [
        {
            **row,
            "at": minute(row["at"]),
            "kind": text_of(words[row["word"]]) if row["word"] in words else row["word"],
        }
        for row in rows
    ]


def effects(changes: Sequence[AnyRow]) -> None:
    """Which verdicts would change; also that none would."""
    if not changes:
        typer.echo(of_both("结论不会改变", "no verdict would change"))
        return
    rows = [
        {**change, "before": localized_answer(change["before"]), "after": localized_answer(change["after"])}
        for change in changes
    ]
    table(rows, ("title_zh", "before", "after"), of_both("会改变的结论", "verdicts that would change"))


def worked(answer: AnyRow) -> None:
    """A claim worked out: source, the cell's value before and after, effects."""
    console.print(styled("[bold]{}[/bold]\n  {}", text_of(answer, "about"), text_of(answer, "source")))
    before, after = answer["value_before"] or "–", answer["value"] or "–"
    console.print(f"  {of_both('该格', 'the cell')}: {before} → {after} {answer['money_unit'] or ''}".rstrip())
    kept_out(answer["kept_out"])
    if not answer["kept_out"]:
        effects(answer["effects"])


def kept_out(findings: Sequence[AnyRow]) -> None:
    """That a corrected row would wait and change nothing, by which rules, and the way out; nothing where it counts."""
    if not findings:
        return
    waits = of_both(
        "更正后的行将隔离待办，不改变任何结论，因为：", "the corrected row would wait in quarantine and change nothing:"
    )
    console.print(styled("[yellow]![/yellow] {}", waits))
    for finding in findings:
        rule = f"{finding['rule_id']} {finding['field_word']}".strip()
        console.print(styled("    {}: {}", rule, text_of(finding, "message")))
    way = of_both(
        "请一并更正相关各格，或核实后 tidu quarantine accept",
        "correct the other cells as well, or once checked: tidu quarantine accept",
    )
    console.print(f"    {way}")


def handed_over(firms: int, rows: Sequence[AnyRow]) -> None:
    """How many firms, and what is open of them."""
    typer.echo(
        of_both(
            f"已移交 {firms} 家，未结 {len(rows)} 项",
            f"{counted(firms, 'firm', 'firms')} handed over, {counted(len(rows), 'thing', 'things')} open",
        )
    )
    numbered = [{**row, "number": f"{of_both(*THINGS[row['thing']])} {row['number']}"} for row in rows]
    _things(of_both("未结", "open"), numbered)


def with_promises(row: AnyRow, today: date) -> dict[str, Any]:
    """A visit with its promises as lines: who, what, by when, and whether kept or past."""
    lines = [
        f"{of_both(*words)} {place}: {_promise(promise, today)}"
        for side, words in SIDES.items()
        for place, promise in enumerate(row[side], 1)
    ]
    return {**row, "promises": "\n".join(lines) or "–"}


def with_papers(row: AnyRow) -> dict[str, Any]:
    """An application with how many of its papers are ready."""
    ready = sum(paper["ready_on"] is not None for paper in row["papers"])
    return {**row, "papers": f"{ready}/{len(row['papers'])}"}


def case(answer: AnyRow) -> None:
    """Everything of one firm: owner, open tasks, requests, applications, contests, visits, what is due."""
    firm, owner = answer["firm"], answer["owner"]
    console.print(
        styled(
            of_both("\n[bold]{}[/bold]  {}  第 {} 期", "\n[bold]{}[/bold]  {}  run {}"),
            firm["name"],
            firm["firm_id"],
            answer["run_id"],
        )
    )
    console.print(f"  {_owner(owner)}")
    if answer["pool"]:
        console.print(
            styled(
                of_both("  培育库 {pool}：{state_zh} · 自 {since}", "  pool {pool}: {state_en} · since {since}"),
                **answer["pool"],
            )
        )
    _things(of_both("任务", "tasks"), answer["tasks"])
    _things(of_both("诉求", "requests"), answer["requests"])
    _things(of_both("申报", "applications"), [{**row, **_application(row)} for row in answer["applications"]])
    _things(of_both("异议", "contests"), answer["contests"])
    if answer["services"]:
        table(
            answer["services"],
            ("given_on", "service_zh", "outcome_zh"),
            f"{of_both('服务', 'services')}: {len(answer['services'])}",
        )
    visits = [with_promises(row, answer["today"]) for row in answer["visits"]]
    if visits:
        title = f"{of_both('走访', 'visits')}: {len(visits)}"
        table(visits[:SHOWN_VISITS], ("number", "visited_on", "note", "promises", "next_on"), title)
    if answer["due"]:
        title = f"{of_both('到期', 'due')}: {len(answer['due'])}"
        table(answer["due"][:SHOWN_DUE], ("due_on", "start_by", "designation_zh", "kind_zh", "state_zh"), title)


def _owner(owner: AnyRow | None) -> str:
    if owner is None:
        return of_both("无人负责：tidu assign", "nobody owns it: tidu assign")
    deputy = f" · {of_both('副手', 'deputy')} {owner['deputy']}" if owner["deputy"] else ""
    is_away = owner["acting"] != owner["owner"]
    acting = (
        f" · {of_both('休假，现由', 'on leave, acting:')} {owner['acting'] or of_both('无人', 'nobody')}"
        if is_away
        else ""
    )
    return f"{of_both('负责', 'owner')} {owner['owner']}{deputy}{acting} · {of_both('自', 'since')} {owner['since']}"


def _application(row: AnyRow) -> dict[str, str]:
    receipt = f" {row['receipt']}" if row["receipt"] else ""
    papers = with_papers(row)["papers"]
    return {name: f"{row[name]} {papers}{receipt}" for name in ("about_zh", "about_en")}


def _things(title: str, rows: Sequence[AnyRow]) -> None:
    if rows:
        lines = [{**row, "due_on": row.get("due_on") or row.get("closes_on")} for row in rows]
        table(lines, ("number", "about_zh", "due_on", "days_left", "state_zh"), f"{title}: {len(rows)}")


def _promise(promise: AnyRow, today: date) -> str:
    if promise["kept_on"]:
        return f"{promise['what']} ✓ {promise['kept_on']}"
    if promise["by_on"] is None:
        return str(promise["what"])
    mark = of_both(" 逾期", " past") if promise["by_on"] < today.isoformat() else ""
    return f"{promise['what']} → {promise['by_on']}{mark}"
