"""The zones of an installation in the terminal: what a run of them came to, and what they count together."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from flows.terminal.markup import styled
from flows.terminal.table import console, table

if TYPE_CHECKING:
    from flows.zones.run_zone import ZoneRun

STATES = {
    "published": "[green]✓[/green] 已发布 published",
    "unchanged": "[green]✓[/green] 无新件 nothing new",
    "held": "[yellow]·[/yellow] 待定 held",
    "busy": "[yellow]·[/yellow] 另有运行 busy",
    "refused": "[red]✗[/red] 未办成 refused",
    "missing": "[red]✗[/red] 无来件目录 missing",
    "failed": "[red]✗[/red] 出错 failed",
}
COLUMNS: dict[str, tuple[str, ...]] = {
    "zones": ("code", "zh", "peers", "place", "day", "run_id"),
    "ladder": ("peers", "zh", "zones", "held_count", "met_count", "unknown_count"),
    "comparison": ("peers", "zone", "change_zh", "firms", "share", "share_low", "share_high", "peers_share"),
    "transitions": ("peers", "from_zh", "to_zh", "firms", "share", "share_low", "share_high"),
    "cohorts": ("first_zh", "cohort_year", "zh", "years", "firms", "reached", "reached_share"),
    "changes": ("zh", "firms", "moved"),
    "moves": ("firm_id", "name", "from_zone", "to_zone", "from_held", "held"),
}


def runs(entries: "Sequence[ZoneRun]") -> None:
    """A line a zone: state, release, seconds, and the message of what is to be mended."""
    for run in entries:
        console.print(
            styled(
                STATES[run.state] + "  {zone}  {run_id} [dim]{seconds:.1f} s (CPU {cpu_seconds:.1f} s)[/dim]",
                **{**vars(run), "run_id": run.run_id or "–"},
            )
        )
        if run.message:
            console.print(styled("  {message}", message=run.message.replace("\n", "\n  ")), soft_wrap=True)


def notes(left_out: Sequence[Mapping[str, Any]]) -> None:
    """The zones that are left out of a table, and why."""
    if left_out:
        console.print("\n未计入：对比日与多数不同 left out, since they compare other days than most:")
        table(left_out, ("zone", "zh", "previous_day", "day"))
