"""What the terminal shows of a trial: verdicts before and after, who gains and who loses."""

from collections.abc import Mapping
from typing import Any

from flows.terminal.firm import OUTCOMES, worth
from flows.terminal.markup import styled
from flows.terminal.table import console, table
from tiers.messages.verdict import show as show_value
from tiers.schema.facts import vocabulary

CHANGES = {
    "gained": "▲ 新达到 gained",
    "lost": "▼ 不再达到 lost",
    "undecidable": "? 变为不能判定 undecidable",
    "otherwise": "◇ 其他变化 otherwise",
    "unchanged": "＝ 不变 unchanged",
}

FIRMS_SHOWN = 20


def what_if(found: Mapping[str, Any]) -> None:
    """One line an edition; what changes is marked."""
    firm = found["firm"]
    console.print(
        styled(
            "\n[bold]{}[/bold]  {} · {} · {}", firm["name"], firm["firm_id"], found["day"], "；".join(found["changes"])
        )
    )
    rows = [
        {
            "edition_id": one["edition_id"],
            "title_zh": one["title_zh"],
            "before": OUTCOMES[one["before"]],
            "after": OUTCOMES[one["outcome"]] + (" ←" if one["before"] != one["outcome"] else ""),
            "next_condition_zh": "" if one["outcome"] == "met" else one["zh"],
        }
        for one in found["verdicts"]
    ]
    table(rows, ("edition_id", "title_zh", "before", "after", "next_condition_zh"))


def impact(found: Mapping[str, Any]) -> None:
    """How many firms change, which condition did it, and the first of the firms; all of them with ``--json``."""
    console.print(styled("\n[bold]{first} → {second}[/bold]  {day}", **found))
    counts = [{"change": CHANGES[name], "firms": found["counts"].get(name, 0)} for name in CHANGES]
    table(counts, ("change", "firms"))
    rows = [
        {"change": CHANGES[one["change"]], "condition": _condition(one), "clause": one["clause"], "firms": one["firms"]}
        for one in found["conditions"]
    ]
    table(rows, ("change", "condition", "clause", "firms"), "因为 because of")
    firms = [
        {
            "name": one["name"],
            "change": CHANGES[one["change"]],
            "before": OUTCOMES[one["before"]],
            "after": OUTCOMES[one["after"]],
            "condition": one["zh"] or "",
        }
        for one in found["firms"][:FIRMS_SHOWN]
    ]
    table(firms, ("name", "change", "before", "after", "condition"), "企业 firms")
    if len(found["firms"]) > FIRMS_SHOWN:
        console.print(f"  另有 {len(found['firms']) - FIRMS_SHOWN} 家，用 --json 列出 more with --json")


def _condition(one: Mapping[str, Any]) -> str:
    return f"{one['zh']} {one['en']}" if one["zh"] else "—"


def step(found: Mapping[str, Any]) -> None:
    """One line a figure that would have to change, the answer then, other ways, and what the rung is worth."""
    firm = found["firm"]
    console.print(styled("\n[bold]{}[/bold]  {} · {}", firm["name"], firm["firm_id"], found["edition"]))
    _way("最小的一步 the smallest step", found)
    for number, way in enumerate(found["others"], 1):
        _way(f"另一条路 another way {number}", way)
    if found["blocked_by"]:
        console.print(f"  卡在 blocked by: {found['blocked_zh']} {found['blocked_en']}")
    if not found["is_proven"]:
        console.print("  未搜尽各条路，此处卡住的条件仅供参考 not every way was tried")
    worth(found["worth"])


def _way(title: str, way: Mapping[str, Any]) -> None:
    route = f" · {way['route']}" if way["route"] else ""
    console.print(f"\n{title}{route} → {OUTCOMES[way['outcome']]}")
    rows = [
        {
            "name": f"{one['zh']} {one['en']}",
            "before": figure(one["fact"], one["now"]),
            "after": figure(one["fact"], one["then"]),
            "clause": one["clause"],
        }
        for one in way["changes"]
    ]
    table(rows, ("name", "before", "after", "clause"))


def figure(column: str, value: Any) -> str:
    """A stored value of a fact as people read it."""
    known = vocabulary()
    fact = known[column if column in known else column.rpartition("_")[0]]
    return show_value(float(value) / (100 if fact.type == "money" else 1), fact.unit, "zh")
