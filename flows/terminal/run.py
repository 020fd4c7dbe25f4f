"""What the terminal shows after a run: one screen."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flows.terminal.feeds import late_feeds
from flows.terminal.language import of_both, text_of
from flows.terminal.markup import styled
from flows.terminal.table import console, table


def refused(files: Iterable[Mapping[str, Any]]) -> None:
    """A line for each refused file: which, why, and the way out."""
    for file in files:
        line = styled("[red]✗[/red] {}: {}", of_both("拒收", "refused"), text_of(file, "message"))
        console.print(line, soft_wrap=True)


def _accounts(feeds: Sequence[Mapping[str, Any]]) -> None:
    """The rows of each feed; what was decided has a column where something was."""
    columns = ["feed", "deliveries", "rows_read", "rows_loaded", "rows_quarantined", "rows_not_data", "rows_waiting"]
    if any(row["rows_decided"] for row in feeds):
        columns.append("rows_decided")
    table(feeds, columns, of_both("读入 = 装入 + 隔离 + 非数据行", "read = loaded + quarantine + not data"))


def show(facts: Mapping[str, Any]) -> None:
    """Print one screen: the ladder, the movement, the accounts of every feed, and where everything lies."""
    run = facts["run"]
    console.print(
        styled(
            of_both(
                "\n[bold]Tidu 梯度[/bold]  评价日 {day} · 对比 {previous_day} · 属地 {place} · 期 {run_id}\n",
                "\n[bold]Tidu[/bold]  day {day} · against {previous_day} · place {place} · run {run_id}\n",
            ),
            **run,
        )
    )
    table(
        facts["ladder"],
        ("zh", "held_count", "met_count", "judgement_count", "unknown_count", "not_met_count"),
        of_both("梯度", "The ladder"),
    )
    changes, signals = (
        "  ".join(f"{text_of(row)} {row['firms']:,}" for row in facts["movement"] if row["total"] == total)
        for total in ("change", "signal")
    )
    console.print(f"\n{of_both('变化', 'Changes')}: {changes}")
    console.print(f"{of_both('信号（可重叠）', 'Signals (may overlap)')}: {signals}")
    matched = "  ".join(f"{text_of(row)} {row['matched']:,}/{row['titles']:,}" for row in facts["titles"])
    console.print(f"{of_both('名单匹配', 'Titles matched to firms')}: {matched or '–'}\n")
    _accounts(facts["feeds"])
    late_feeds(facts["late_feeds"])
    refused(facts["refused"])
    console.print()
    for zh, en, where in (
        ("发布", "release", facts["release"]),
        ("名单", "extracts", facts["extracts"]),
        ("隔离", "quarantine", facts["quarantine"]),
        ("回执", "cards", facts["report_cards"]),
        ("看板", "dashboard", "tidu serve   (make serve)"),
    ):
        console.print(f"{of_both(f'{zh}  ', f'{en:<12}')}{where}", soft_wrap=True)
