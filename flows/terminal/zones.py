"""The zones of an installation in the terminal, and what they count together: tables of 80 columns.

What belongs to a class of zones stands below its name, so that no sum of classes is read as another row.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from flows.terminal.flows import HIDDEN, matrix
from flows.terminal.language import of_both, text_of
from flows.terminal.markup import styled
from flows.terminal.table import console, table
from flows.terminal.zone_runs import STATES
from tiers.messages.counted import counted
from warehouse.rows import AnyRow

Classes = Mapping[str, Mapping[str, str]]
COUNTED = ("firms", "moved", "held_count", "met_count", "judgement_count", "unknown_count", "reached")
MOVED = ("gone", "new")
"""The changes beside which firms that moved from zone to zone are counted."""


def show(view: str, rows: Sequence[AnyRow], classes: Classes) -> None:
    """A view as tables; ``classes`` are the names of classes by their codes."""
    if not rows:
        console.print(of_both("没有可列的", "there is nothing to list"))
        return
    VIEWS[view](rows, classes)
    if view != "transitions" and any(row.get(name, 0) is None for row in rows for name in COUNTED):
        console.print(f"{HIDDEN} {of_both('小格隐藏', 'small cell, hidden')}")


def _heading(*parts: str) -> None:
    console.print(styled("\n[bold]{}[/bold]", " · ".join(parts)))


def _by_class(rows: Sequence[AnyRow], classes: Classes) -> Iterator[tuple[str, list[AnyRow]]]:
    """The rows of each class of zones, with its name; of all zones first."""
    for peers, of_class in groupby(rows, itemgetter("peers")):
        yield _class_name(peers, classes), list(of_class)


def _class_name(code: str | None, classes: Classes) -> str:
    """A class of zones in words, by its code where it has no name; None stands for all."""
    if code is None:
        return of_both("全部高新区", "all zones")
    return text_of(classes[code]) if code in classes else code


def _zones(rows: Sequence[AnyRow], classes: Classes) -> None:
    named = [{**row, "peers": _class_name(row["peers"], classes), "state": _state(row)} for row in rows]
    table(named, ("code", "zh", "peers", "state", "ended_at", "day"))


def _states(rows: Sequence[AnyRow], _: Classes) -> None:
    table([{**row, "state": _state(row)} for row in rows], ("code", "zh", "state", "ended_at", "run_id"))


def _state(row: AnyRow) -> str:
    if row["is_damaged"]:
        return of_both("汇总文件缺失", "marts missing")
    words = of_both(*STATES[row["state"]][2:]) if row["state"] else of_both("尚未运行", "not run yet")
    return words + (
        of_both(f" · 拒收 {row['refused']} 个文件", f" · {counted(row['refused'], 'file', 'files')} refused")
        if row["refused"]
        else ""
    )


def _ladder(rows: Sequence[AnyRow], classes: Classes) -> None:
    columns = ("designation", "held_count", "met_count", "judgement_count", "unknown_count")
    for name, of_class in _by_class(rows, classes):
        _heading(name, of_both(f"{of_class[0]['zones']} 个区", f"zones: {of_class[0]['zones']}"))
        table([_worded({**row, "designation": text_of(row)}) for row in of_class if row["rank"] is not None], columns)
    others = len({row["designation"] for row in rows if row["rank"] is None})
    console.print(
        of_both(
            "家数。一家企业可同时在几行几列，行与列都不可相加；“全部高新区”已是各类之和",
            "Firms. A firm may be in several rows and columns, so neither are to be added;\n"
            '"all zones" is the sum of the classes already',
        )
    )
    if others:
        console.print(
            of_both(
                f"另有 {others} 项培育库与参照口径，见 --format csv",
                f"pools and yardsticks beside the ladder ({others}): --format csv",
            )
        )


def _comparison(rows: Sequence[AnyRow], classes: Classes) -> None:
    columns = ("zone", "change_zh", "firms", "of_firms", "share", "interval", "peers_share")
    for name, of_class in _by_class(rows, classes):
        _heading(name)
        table([_worded(row) for row in of_class], columns)


def _transitions(rows: Sequence[AnyRow], classes: Classes) -> None:
    for name, cells in _by_class(rows, classes):
        _heading(name)
        matrix(cells)


def _cohorts(rows: Sequence[AnyRow], _: Classes) -> None:
    for (first, title), curves in groupby(rows, lambda row: (_begun(row), text_of(row))):
        _heading(first, of_both(f"取得{title}", f"reached {title}"))
        listed = [_worded({**row, "cohort_year": str(row["cohort_year"])}) for row in curves]
        table(listed, ("cohort_year", "years", "firms", "reached", "share"))


def _begun(row: AnyRow) -> str:
    """How the firms of a cohort began: in the year of founding, or with a title."""
    if row["first_designation"] is None:
        return of_both("按成立年份", "by year of founding")
    return of_both(f"首个称号{text_of(row, 'first')}", f"first title {text_of(row, 'first')}")


def _changes(rows: Sequence[AnyRow], _: Classes) -> None:
    listed = [
        {**_worded(row), "change": text_of(row), "moved": _worded(row)["moved"] if row["change"] in MOVED else "–"}
        for row in rows
    ]
    table(listed, ("change", "firms", "moved"))
    console.print(
        of_both(
            "迁区：从一区到另一区的企业，既不算离开也不算新进",
            "moved: from zone to zone, counted neither as gone nor as new",
        )
    )


def _moves(rows: Sequence[AnyRow], _: Classes) -> None:
    table(rows, ("firm_id", "name", "from_zone", "to_zone"))


def _firm(rows: Sequence[AnyRow], _: Classes) -> None:
    listed = [{**row, "designation": text_of(row), "event": _event(row), "known_in": _zones_of(row)} for row in rows]
    table(listed, ("on_day", "designation", "event", "until", "known_in"))


def _zones_of(row: AnyRow) -> str:
    """The zones that know of an event; of a move from which to which."""
    known_in = ", ".join(row["zones"])
    return f"{row['from_zone']} → {known_in}" if row["from_zone"] else known_in


def _event(row: AnyRow) -> str:
    """What happened to a firm in words: to a title, to the firm itself, or that it moved to another zone."""
    from service.wording.event_words import event_words

    known = {**event_words()["event"], **event_words()["change"]}
    return text_of(known[row["event"]]) if row["event"] in known else str(row["event"] or "–")


def _worded(row: AnyRow) -> dict[str, Any]:
    """Shares in percent, and hidden figures as such."""
    shares = {name: _percent(row[name]) for name in ("share", "peers_share", "reached_share") if name in row}
    if row.get("like_zones") == 0:
        shares["peers_share"] = of_both("没有可比的同类", "no like zones")
    if "reached_share" in shares:
        shares["share"] = shares.pop("reached_share")
    if "share_low" in row:
        is_hidden = row["share_low"] is None
        shares["interval"] = HIDDEN if is_hidden else f"{_percent(row['share_low'])}–{_percent(row['share_high'])}"
    counts = {name: HIDDEN for name in (*COUNTED, "of_firms") if name in row and row[name] is None}
    return {**row, **shares, **counts}


def _percent(share: float | None) -> str:
    return HIDDEN if share is None else f"{share:.1%}"


VIEWS: Mapping[str, Callable[[Sequence[AnyRow], Classes], None]] = {
    "zones": _zones,
    "state": _states,
    "ladder": _ladder,
    "comparison": _comparison,
    "transitions": _transitions,
    "cohorts": _cohorts,
    "changes": _changes,
    "moves": _moves,
    "firm": _firm,
}


def notes(left_out: Sequence[Mapping[str, Any]]) -> None:
    """The zones that are left out of a table, and why."""
    if left_out:
        console.print(of_both("\n未计入：对比日与多数不同", "\nleft out, since they compare other days than most:"))
        table(left_out, ("zone", "zh", "previous_day", "day"))
