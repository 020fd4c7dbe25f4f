"""What landing kept, passed over and refused, as a run reports it."""

from collections.abc import Iterable, Sequence

from flows.progress import say
from flows.terminal.language import of_both
from tiers.messages.counted import counted
from warehouse.errors import BadInput
from warehouse.intake.landing import Delivery, Landing, PassedOver

LISTED = 20
"""Entries of landing that were not landed, as a run names them at most."""


def landed_files(landed: Landing, cut_short: Sequence[Delivery], unknown: Sequence[BadInput]) -> None:
    """Which files wait, fit no feed, replace one that was cut short, or lie in landing though no run put them there."""
    left_alone(landed.passed_over)
    for name in landed.waiting:
        waits = of_both("正在写入，留待下次运行", "still being written, left for the next run")
        say(f"{name}: {waits}", "·")
    for delivery in cut_short:
        replaced = of_both("上次收存时未写完，已由全文取代", "the copy that was cut short is replaced")
        say(f"{delivery.file_name}: {replaced} ({delivery.delivery_id})", "·")
    for error in [*landed.refused, *unknown[:LISTED]]:
        say(of_both(error.zh, error.en), "✗")
    if (rest := len(unknown) - LISTED) > 0:
        more = (
            f"landing/ 中另有 {rest} 项不属于收存的来件",
            f"{counted(rest, 'more entry', 'more entries')} of landing/, not landed by a run",
        )
        say(of_both(*more), "✗")


def left_alone(entries: Iterable[PassedOver]) -> None:
    """Which entries of the inbox no run lands, and why."""
    for entry in entries:
        say(f"{entry.name}: {of_both(entry.zh, entry.en)}", "·")
