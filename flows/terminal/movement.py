"""The list of movers for a person: a firm a block, since sentences with their figures need the width of the line."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from flows.terminal.language import language, of_both, text_of
from flows.terminal.markup import styled
from flows.terminal.table import console
from tiers.messages.counted import counted
from tiers.messages.wording import OUTCOMES, POSITIONS


def movers(rows: Sequence[Mapping[str, Any]]) -> None:
    """Change, titles, signals with their reasons, the next step and the first end of a title."""
    for row in rows:
        console.print(styled("[bold]{}[/bold]  {}", row["name"], text_of(row, "change")))
        block = Table.grid(padding=(0, 1))
        block.add_column(width=3, justify="right")
        block.add_column(overflow="fold")
        for mark, line in _lines(row):
            block.add_row(mark, line)
        console.print(block)
    console.print(styled("[dim]{}[/dim]", of_both(f"{len(rows)} 家", counted(len(rows), "firm", "firms"))))


def _lines(row: Mapping[str, Any]) -> Iterator[tuple[str, Text]]:
    holds, meets = (POSITIONS[name].label(language()) for name in ("holds", "meets"))
    yield "", styled(f"{holds} {{}} · {meets} {{}}", text_of(row, "titles") or "–", text_of(row, "met") or "–")
    if row.get("officer"):
        acting = f" · {of_both('经办', 'acting')} {row['acting'] or '–'}" if row["acting"] != row["officer"] else ""
        yield "", styled("{} {}{}", of_both("负责", "owner"), row["officer"], acting)
    if row["due_on"]:
        yield "", styled("{} {} {}", of_both("先到期", "ends first"), text_of(row, "due"), row["due_on"])
    for signal in row["signals"]:
        yield (
            "•",
            styled(
                of_both("[bold]{}[/bold]：{}", "[bold]{}[/bold]: {}"),
                text_of(signal, "signal"),
                text_of(signal, "reason"),
            ),
        )
    if row["next_zh"]:
        yield "→", styled("{} {}", of_both("下一步", "next:"), text_of(row, "next"))


APPLICATIONS = {
    "applied": ("已申报", "applied"),
    "not_applied": ("未申报", "not applied"),
    "unknown": ("不明", "not known"),
}


def titles(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows by firm and title, with outcome and application in words."""
    return [
        {
            **row,
            "outcome": OUTCOMES[row["outcome"]].label(language()) if row["outcome"] else None,
            "application": of_both(*APPLICATIONS.get(row["application"], ("", ""))),
        }
        for row in rows
    ]
