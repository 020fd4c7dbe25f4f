"""Steps of the pool, services and playbooks for a person: sentences, each as wide as the line."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from rich.table import Table
from rich.text import Text

from flows.terminal.language import language, of_both, text_of
from flows.terminal.markup import styled
from flows.terminal.table import console
from tiers.messages.counted import counted
from tiers.messages.verdict import show as show_value
from tiers.messages.wording import OUTCOMES


def steps_taken(rows: Sequence[Mapping[str, Any]], refused: Sequence[Mapping[str, Any]]) -> None:
    """The number of each step with its state and what is due then; the firms that may not, with the reasons."""
    for row in rows:
        console.print(styled(of_both("[bold]{}[/bold]  第 {} 号", "[bold]{}[/bold]  no. {}"), row["name"], row["seq"]))
        line = styled("{} → {}", text_of(row, "step"), text_of(row, "state"))
        dues = [styled("{} {}  {}", of_both("到期", "due"), due["due_on"], text_of(due, "step")) for due in row["due"]]
        _block([("•", line), *(("", due) for due in dues)])
    for row in refused:
        console.print(styled("[yellow]·[/yellow] [bold]{}[/bold]", row["name"]))
        _block(_reasons(row["reasons"]))
    console.print(
        styled(of_both("[dim]已办 {} · 未办 {}[/dim]", "[dim]taken {} · not taken {}[/dim]"), len(rows), len(refused))
    )


def answers(rows: Sequence[Mapping[str, Any]]) -> None:
    """Each step with a mark, and the reasons against it."""
    for row in rows:
        mark = "[green]✓[/green]" if row["may"] else "[red]✗[/red]"
        console.print(styled(mark + " [bold]{}[/bold] {}", row["step"], text_of(row, "step")))
        _block(_reasons(row["reasons"]))


def services(rows: Sequence[Mapping[str, Any]]) -> None:
    """Each service with what it answers, the evidence and the question asked afterwards."""
    for row in rows:
        console.print(styled("[bold]{}[/bold]  {}", text_of(row, "service"), row["service"]))
        _block(_service(row))
    console.print(styled("[dim]{}[/dim]", of_both(f"{len(rows)} 项服务", counted(len(rows), "service", "services"))))


def playbook(rows: Sequence[Mapping[str, Any]]) -> None:
    """Each signal with its reason and its three steps."""
    if not rows:
        console.print(of_both("没有信号", "no signal"))
    for _, steps in groupby(rows, key=lambda row: (row["signal"], row["designation"])):
        own = list(steps)
        console.print(styled("[bold]{}[/bold]", text_of(own[0], "signal")))
        _block([("•", styled("{}", text_of(own[0], "reason"))), *map(_play, own)])


STATES = {
    "taken": ("[green]✓[/green] 享受", "[green]✓[/green] taken"),
    "dropped": ("[yellow]–[/yellow] 舍去", "[yellow]–[/yellow] left out"),
    **{
        outcome: (f"[yellow]?[/yellow] {OUTCOMES[outcome].zh}", f"[yellow]?[/yellow] {OUTCOMES[outcome].en}")
        for outcome in ("judgement", "unknown")
    },
    "not_entitled": ("[red]✗[/red] 不适用", "[red]✗[/red] not entitled"),
    "not_in_force": ("[red]✗[/red] 不在有效期", "[red]✗[/red] not in force"),
}
"""States of a benefit, in the order in which they are shown."""


def benefits(answer: Mapping[str, Any]) -> None:
    """The tax before and with the best set, and the policies by state with the reason and the document."""
    console.print(styled("[bold]{}[/bold]  {}  {}", answer["name"], answer["firm_id"], answer["day"]))
    if answer["tax_yuan"] is not None:
        before, after = (show_value(answer[name], "yuan", language()) for name in ("tax_before_yuan", "tax_yuan"))
        console.print(styled("{} {} → [bold]{}[/bold]", of_both("企业所得税", "income tax"), before, after))
    console.print(styled("[dim]{}[/dim]", text_of(answer, "assumed")))
    for row in sorted(answer["policies"], key=lambda row: list(STATES).index(row["state"])):
        automatic = of_both(" · 免申即享", " · automatic") if row["is_automatic"] and row["state"] == "taken" else ""
        console.print(styled(of_both(*STATES[row["state"]]) + "  [bold]{}[/bold]{}", text_of(row), automatic))
        _block([("", styled("{}", text_of(row, "because"))), ("", styled("[dim]{}[/dim]", row["document"]))])


def _play(row: Mapping[str, Any]) -> tuple[str, Text]:
    service = f"  [{text_of(row, 'service')} {row['service']}]" if row["service"] else ""
    before = f"  {row['given_on']} {of_both('已提供', 'given')} {text_of(row, 'outcome')}" if row["given_on"] else ""
    return str(row["step_no"]), styled(
        of_both("{}（{} 内）{}{}", "{} (within {}){}{}"),
        text_of(row, "step"),
        of_both(f"{row['days']} 个工作日", counted(row["days"], "working day", "working days")),
        service,
        before,
    )


def _service(row: Mapping[str, Any]) -> Iterator[tuple[str, Text]]:
    for answer in row[f"answers_{language()}"]:
        yield "•", styled("{}", answer)
    yield (
        "",
        styled(
            of_both("提供方 {} · 材料 {}", "provider {} · evidence {}"),
            text_of(row, "provider"),
            of_both("、", ", ").join(row[f"evidence_{language()}"]),
        ),
    )
    yield "?", styled("{}", text_of(row, "closes"))
    if row["given_on"]:
        yield "", styled("{} {} {}", of_both("上次", "last given"), row["given_on"], text_of(row, "outcome") or "–")


def _reasons(reasons: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Text]]:
    for reason in reasons:
        yield "•", styled("{}", text_of(reason))


def _block(lines: Any) -> None:
    block = Table.grid(padding=(0, 1))
    block.add_column(width=3, justify="right")
    block.add_column(overflow="fold")
    for mark, line in lines:
        block.add_row(mark, line)
    if block.row_count:
        console.print(block)
