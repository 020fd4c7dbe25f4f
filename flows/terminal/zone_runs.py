"""What the runs of the zones of an installation came to, in the terminal."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from flows.terminal.language import of_both, text_of
from flows.terminal.markup import styled
from flows.terminal.run import refused
from flows.terminal.table import console

STATES = {
    "published": ("green", "✓", "已发布", "published"),
    "unchanged": ("green", "✓", "无新件", "nothing new"),
    "held": ("yellow", "·", "待定", "held"),
    "busy": ("yellow", "·", "另有运行", "busy"),
    "refused": ("red", "✗", "未办成", "not done"),
    "missing": ("red", "✗", "无来件目录", "missing"),
    "failed": ("red", "✗", "出错", "failed"),
}


def runs(entries: Sequence[Mapping[str, Any]], home_of: Callable[[str], Path]) -> None:
    """A line a zone: state, release, seconds, and the message of what is to be mended; then the count of each state.

    The commands that a message names are of the home of the zone.
    """
    for run in entries:
        colour, sign, *words = STATES[run["state"]]
        line = (
            f"[{colour}]{sign}[/{colour}] {of_both(*words)}"
            + "  {zone}  {run_id} [dim]{seconds:.1f} s (CPU {cpu_seconds:.1f} s)[/dim]"
        )
        console.print(styled(line, **{**run, "run_id": run["run_id"] or "–"}))
        if message := text_of(run, "message"):
            console.print(styled("  {}", message.replace("\n", "\n  ")), soft_wrap=True)
        refused(run["refused"])
        if any("tidu " in text for text in (message, *(text_of(file, "message") for file in run["refused"]))):
            hint = of_both("该区的命令请加", "Commands of this zone take")
            console.print(styled("  {} --home {}", hint, str(home_of(run["zone"]))), soft_wrap=True)
    counted = Counter(run["state"] for run in entries)
    states = "  ".join(f"{of_both(*STATES[state][2:])} {counted[state]}" for state in STATES if counted[state])
    cpu_seconds = sum(run["cpu_seconds"] for run in entries)
    console.print(styled("{states} [dim](CPU {cpu_seconds:.1f} s)[/dim]", states=states, cpu_seconds=cpu_seconds))
