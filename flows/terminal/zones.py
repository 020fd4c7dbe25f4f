"""The zones of an installation in the terminal: what a run of them came to, and what they count together."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from flows.terminal.flows import HIDDEN, matrix
from flows.terminal.language import of_both, text_of
from flows.terminal.markup import styled
from flows.terminal.run import refused
from flows.terminal.table import console, table

STATES = {
    "published": ("green", "✓", "已发布", "published"),
    "unchanged": ("green", "✓", "无新件", "nothing new"),
    "held": ("yellow", "·", "待定", "held"),
    "busy": ("yellow", "·", "另有运行", "busy"),
    "refused": ("red", "✗", "未办成", "refused"),
    "missing": ("red", "✗", "无来件目录", "missing"),
    "failed": ("red", "✗", "出错", "failed"),
}
COLUMNS: dict[str, tuple[str, ...]] = {
    "zones": ("code", "zh", "peers", "place", "day", "run_id", "state"),
    "ladder": ("peers", "zh", "zones", "held_count", "met_count", "judgement_count", "unknown_count"),
    "comparison": ("zone", "change_zh", "firms", "share", "interval", "peers_share"),
    "cohorts": ("first_zh", "cohort_year", "zh", "years", "firms", "reached", "share"),
    "changes": ("zh", "firms", "moved"),
    "firm": ("on_day", "zh", "event", "until", "zones"),
    "moves": ("firm_id", "name", "from_zone", "to_zone"),
}


def show(view: str, rows: Sequence[Mapping[str, Any]], classes: Mapping[str, Mapping[str, str]]) -> None:
    """A view as a table; matrices one below the other, each under its class of zones.

    ``classes`` are the names of classes by their codes.
    """
    if view == "transitions":
        for peers, cells in groupby(rows, itemgetter("peers")):
            console.print(styled("\n[bold]{}[/bold]", _class_name(peers, classes)))
            matrix(list(cells))
        return
    named = [{**row, "peers": _class_name(row["peers"], classes)} if "peers" in row else row for row in rows]
    table([_worded(row) for row in named], COLUMNS[view])
    if any(row.get("firms", 0) is None or row.get("held_count", 0) is None for row in rows):
        console.print(f"{HIDDEN} {of_both('小格隐藏', 'small cell, hidden')}")


def _class_name(code: str | None, classes: Mapping[str, Mapping[str, str]]) -> str:
    """A class of zones in words, by its code where it has no name; None stands for all."""
    if code is None:
        return of_both("全部", "all")
    return text_of(classes[code]) if code in classes else code


def _worded(row: Mapping[str, Any]) -> dict[str, Any]:
    """Shares in percent, hidden figures as such, and what happened to a firm in words."""
    shares = {name: _percent(row[name]) for name in ("share", "peers_share", "reached_share") if name in row}
    if row.get("like_zones") == 0:
        shares["peers_share"] = of_both("没有可比的同类", "no like zones to compare with")
    if "reached_share" in shares:
        shares["share"] = shares.pop("reached_share")
    if "share_low" in row:
        is_hidden = row["share_low"] is None
        shares["interval"] = HIDDEN if is_hidden else f"{_percent(row['share_low'])}–{_percent(row['share_high'])}"
    counts = {name: HIDDEN for name in COUNTED if name in row and row[name] is None}
    return {**row, **shares, **counts, **_event(row), **_state(row)}


def _state(row: Mapping[str, Any]) -> dict[str, str]:
    """What the last run of a zone came to in words, with the number of files that it refused."""
    if "ended_at" not in row:
        return {}
    words = of_both(*STATES[row["state"]][2:]) if row["state"] in STATES else str(row["state"] or "–")
    return {"state": words + (of_both(" · 拒收 {}", " · {} refused").format(row["refused"]) if row["refused"] else "")}


def _event(row: Mapping[str, Any]) -> dict[str, str]:
    """What happened to a firm in words: to a title, to the firm itself, or that it moved to another zone."""
    if "event" not in row:
        return {}
    from service.event_words import event_words

    known = {**event_words()["event"], **event_words()["change"]}
    return {"event": text_of(known[row["event"]]) if row["event"] in known else str(row["event"] or "–")}


COUNTED = ("firms", "moved", "held_count", "met_count", "judgement_count", "unknown_count", "reached")


def _percent(share: float | None) -> str:
    return HIDDEN if share is None else f"{share:.1%}"


def runs(entries: Sequence[Mapping[str, Any]]) -> None:
    """A line a zone: state, release, seconds, and the message of what is to be mended; then the count of each state."""
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
    counted = Counter(run["state"] for run in entries)
    states = "  ".join(f"{of_both(*STATES[state][2:])} {counted[state]}" for state in STATES if counted[state])
    cpu_seconds = sum(run["cpu_seconds"] for run in entries)
    console.print(styled("{states} [dim](CPU {cpu_seconds:.1f} s)[/dim]", states=states, cpu_seconds=cpu_seconds))


def notes(left_out: Sequence[Mapping[str, Any]]) -> None:
    """The zones that are left out of a table, and why."""
    if left_out:
        console.print(of_both("\n未计入：对比日与多数不同", "\nleft out, since they compare other days than most:"))
        table(left_out, ("zone", "zh", "previous_day", "day"))
