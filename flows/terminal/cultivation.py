"""Steps of the pool, services and playbooks for a person: sentences, each as wide as the line."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from rich.table import Table
from rich.text import Text

from flows.terminal.markup import styled
from flows.terminal.table import console


def steps_taken(rows: Sequence[Mapping[str, Any]], refused: Sequence[Mapping[str, Any]]) -> None:
    """The number of each step with its state and what is due then; the firms that may not, with the reasons."""
    for row in rows:
        console.print(styled("[bold]{}[/bold]  第 {} 号 no. {}", row["name"], row["seq"], row["seq"]))
        line = styled("{} → {}  {} → {}", row["step_zh"], row["state_zh"], row["step_en"], row["state_en"])
        dues = [styled("到期 due {}  {} {}", due["due_on"], due["step_zh"], due["step_en"]) for due in row["due"]]
        _block([("•", line), *(("", due) for due in dues)])
    for row in refused:
        console.print(styled("[yellow]·[/yellow] [bold]{}[/bold]", row["name"]))
        _block(_reasons(row["reasons"]))
    console.print(styled("[dim]已办 taken {} · 未办 not taken {}[/dim]", len(rows), len(refused)))


def answers(rows: Sequence[Mapping[str, Any]]) -> None:
    """Each step with a mark, and the reasons against it."""
    for row in rows:
        mark = "[green]✓[/green]" if row["may"] else "[red]✗[/red]"
        console.print(styled(mark + " [bold]{}[/bold] {} {}", row["step"], row["step_zh"], row["step_en"]))
        _block(_reasons(row["reasons"]))


def services(rows: Sequence[Mapping[str, Any]]) -> None:
    """Each service with what it answers, the evidence and the question asked afterwards."""
    for row in rows:
        console.print(styled("[bold]{}[/bold] {}  {}", row["service_zh"], row["service_en"], row["service"]))
        _block(_service(row))
    console.print(styled("[dim]{} 项服务 services[/dim]", len(rows)))


def playbook(rows: Sequence[Mapping[str, Any]]) -> None:
    """Each signal with its reason and its three steps."""
    if not rows:
        console.print("没有信号 no signal")
    for _, steps in groupby(rows, key=lambda row: (row["signal"], row["designation"])):
        own = list(steps)
        console.print(styled("[bold]{}[/bold] {}", own[0]["signal_zh"], own[0]["signal_en"]))
        _block([("•", styled("{}", own[0]["reason_zh"])), *map(_play, own)])


STATES = {
    "taken": "[green]✓[/green] 享受 taken",
    "dropped": "[yellow]–[/yellow] 舍去 left out",
    "judgement": "[yellow]?[/yellow] 待核实 to be judged",
    "unknown": "[yellow]?[/yellow] 数据不全 unknown",
    "not_entitled": "[red]✗[/red] 不适用 not entitled",
    "not_in_force": "[red]✗[/red] 不在有效期 not in force",
}
"""States of a benefit, in the order in which they are shown."""


def benefits(answer: Mapping[str, Any]) -> None:
    """The tax before and with the best set, and the policies by state with the reason and the document."""
    console.print(styled("[bold]{}[/bold]  {}  {}", answer["name"], answer["firm_id"], answer["day"]))
    if answer["tax_yuan"] is not None:
        before, after = (f"{answer[name] / 10_000:,.2f} 万元" for name in ("tax_before_yuan", "tax_yuan"))
        console.print(styled("企业所得税 income tax {} → [bold]{}[/bold]", before, after))
    console.print(styled("[dim]{}\n{}[/dim]", answer["assumed_zh"], answer["assumed_en"]))
    for row in sorted(answer["policies"], key=lambda row: list(STATES).index(row["state"])):
        automatic = " · 免申即享 automatic" if row["is_automatic"] and row["state"] == "taken" else ""
        console.print(styled(STATES[row["state"]] + "  [bold]{}[/bold]{}", row["zh"], automatic))
        _block([("", styled("{}", row["because_zh"])), ("", styled("[dim]{}[/dim]", row["document"]))])


def _play(row: Mapping[str, Any]) -> tuple[str, Text]:
    service = f"  〔{row['service_zh']} {row['service']}〕" if row["service"] else ""
    before = f"  {row['given_on']} 已提供 given {row['outcome_zh'] or ''}" if row["given_on"] else ""
    return str(row["step_no"]), styled(
        "{}（{} 个工作日内 working days）{}{}", row["step_zh"], row["days"], service, before
    )


def _service(row: Mapping[str, Any]) -> Iterator[tuple[str, Text]]:
    for answer in row["answers_zh"]:
        yield "•", styled("{}", answer)
    yield "", styled("提供方 provider {} · 材料 evidence {}", row["provider_zh"], "、".join(row["evidence_zh"]))
    yield "?", styled("{}", row["closes_zh"])
    if row["given_on"]:
        yield "", styled("上次 last given {} {}", row["given_on"], row["outcome_zh"] or "–")


def _reasons(reasons: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Text]]:
    for reason in reasons:
        yield "•", styled("{}", reason["zh"])
        yield "", styled("[dim]{}[/dim]", reason["en"])


def _block(lines: Any) -> None:
    block = Table.grid(padding=(0, 1))
    block.add_column(width=3, justify="right")
    block.add_column(overflow="fold")
    for mark, line in lines:
        block.add_row(mark, line)
    if block.row_count:
        console.print(block)
