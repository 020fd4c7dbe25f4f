"""The list of movers for a person: a firm a block, since sentences with their figures need the width of the line."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from flows.terminal.markup import styled
from flows.terminal.table import console
from tiers.messages.wording import OUTCOMES


def movers(rows: Sequence[Mapping[str, Any]]) -> None:
    """Change, titles, signals with their reasons, the next step and the first end of a title, in both languages."""
    for row in rows:
        console.print(styled("[bold]{}[/bold]  {} {}", row["name"], row["change_zh"], row["change_en"]))
        block = Table.grid(padding=(0, 1))
        block.add_column(width=3, justify="right")
        block.add_column(overflow="fold")
        for mark, line in _lines(row):
            block.add_row(mark, line)
        console.print(block)
    console.print(styled("[dim]{} 家 firms[/dim]", len(rows)))


def _lines(row: Mapping[str, Any]) -> Iterator[tuple[str, Text]]:
    yield "", styled("持有 {} · 达到 {}", row["titles_zh"] or "–", row["met_zh"] or "–")
    yield "", styled("[dim]holds {} · meets {}[/dim]", row["titles_en"] or "–", row["met_en"] or "–")
    if row.get("officer"):
        acting = f" · 经办 acting {row['acting'] or '–'}" if row["acting"] != row["officer"] else ""
        yield "", styled("负责 owner {}{}", row["officer"], acting)
    if row["due_on"]:
        yield "", styled("先到期 ends first {} {} {}", row["due_zh"], row["due_en"], row["due_on"])
    for signal in row["signals"]:
        yield "•", styled("[bold]{}[/bold] {}", signal["signal_zh"], signal["reason_zh"])
        yield "", styled("[dim]{}: {}[/dim]", signal["signal_en"], signal["reason_en"])
    if row["next_zh"]:
        yield "→", styled("下一步 {}", row["next_zh"])
        yield "", styled("[dim]next: {}[/dim]", row["next_en"])


APPLICATIONS = {"applied": "已申报 applied", "not_applied": "未申报 not applied", "unknown": "不明 not known"}


def titles(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows by firm and title, with outcome and application in words."""
    return [
        {
            **row,
            "outcome": OUTCOMES[row["outcome"]].bilingual if row["outcome"] else None,
            "application": APPLICATIONS.get(row["application"]),
        }
        for row in rows
    ]
