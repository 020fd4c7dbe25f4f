"""What the terminal shows after a run: one screen."""

from collections.abc import Mapping
from typing import Any

from flows.terminal.markup import styled
from flows.terminal.table import console, table


def show(facts: Mapping[str, Any]) -> None:
    """Print one screen: the ladder, the movement, the accounts of every feed, and where everything lies."""
    run = facts["run"]
    console.print(
        styled(
            "\n[bold]Tidu 梯度[/bold]  评价日 day {day} · 对比 against {previous_day}"
            " · 属地 place {place} · 期 run {run_id}\n",
            **run,
        )
    )
    table(
        facts["ladder"],
        ("zh", "held_count", "met_count", "judgement_count", "unknown_count", "not_met_count"),
        "梯度 The ladder",
    )
    changes, signals = (
        "  ".join(f"{row['zh']} {row['en']} {row['firms']:,}" for row in facts["movement"] if row["total"] == total)
        for total in ("change", "signal")
    )
    console.print(f"\n变化 Changes: {changes}\n信号（可重叠）Signals (may overlap): {signals}")
    matched = "  ".join(f"{row['designation']} {row['matched']:,}/{row['titles']:,}" for row in facts["titles"])
    console.print(f"名单匹配 Titles matched to firms: {matched or '–'}\n")
    accounts = ("feed", "deliveries", "rows_read", "rows_loaded", "rows_quarantined", "rows_waiting", "rows_decided")
    table(facts["feeds"], accounts, "读入 = 装入 + 隔离  read = loaded + quarantined")
    for refused in facts["refused"]:
        console.print(styled("[red]✗ 拒收 refused[/red] {message_zh}\n  {message_en}", **refused))
    console.print(
        f"\n发布 release     {facts['release']}\n名单 extracts    {facts['extracts']}"
        f"\n隔离 quarantine  {facts['quarantine']}\n回执 cards       {facts['report_cards']}"
        "\n看板 dashboard   tidu serve   (make serve)",
        soft_wrap=True,
    )
