"""The terminal's view of other figures and other editions: verdicts before and after, who gains and who loses."""

from collections.abc import Mapping
from typing import Any

from flows.terminal.firm import localized_answer, status, worth
from flows.terminal.language import language, of_both, text_of
from flows.terminal.markup import styled
from flows.terminal.table import console, table
from tiers.messages.verdict import opening
from tiers.messages.verdict import show as show_value
from tiers.messages.wording import NO_LONGER, TRIALS, answer_of
from tiers.schema.facts import fact_of

FIRMS_SHOWN = 20
UNCHANGED = {
    "met": ("数已够，无须改变", "the figures suffice, nothing has to change"),
    "judgement": ("数已够，无须改变，由人认定", "the figures suffice, people decide"),
    "not_met": ("靠仍可改变的数不能达到", "it cannot be reached by the figures that may still change"),
    "unknown": ("缺数，不能判定", "figures are missing, it cannot be decided"),
}
"""What it means, by the answer, that no figure is to change."""


def what_if(answer: Mapping[str, Any]) -> None:
    """One line an edition; what changes is marked."""
    firm = answer["firm"]
    console.print(
        styled(
            "\n[bold]{}[/bold]  {} · {} · {}",
            firm["name"],
            firm["firm_id"],
            answer["day"],
            "; ".join(answer["changes"]),
        )
    )
    rows = [
        {
            "edition_id": verdict["edition_id"],
            "title_zh": verdict["title_zh"],
            "title_en": verdict["title_en"],
            "before": localized_answer(verdict["before"]),
            "after": localized_answer(answer_of(verdict)) + (" ←" if verdict["before"] != verdict["outcome"] else ""),
            "condition": "" if verdict["outcome"] == "met" else text_of(verdict),
        }
        for verdict in answer["verdicts"]
    ]
    table(rows, ("edition_id", "title_zh", "before", "after", "condition"))


def impact(answer: Mapping[str, Any]) -> None:
    """How many firms change, which condition did it, and the first of the firms; all of them with ``--json``."""
    console.print(styled("\n[bold]{first} → {second}[/bold]  {day}", **answer))
    counts = [{"change": _change(name), "firms": answer["counts"].get(name, 0)} for name in TRIALS]
    table(counts, ("change", "firms"))
    rows = [
        {
            "change": _change(condition["change"]),
            "condition": _condition_text(condition),
            "clause": condition["clause"],
            "firms": condition["firms"],
        }
        for condition in answer["conditions"]
    ]
    table(rows, ("change", "condition", "clause", "firms"), of_both("因为", "because of"))
    firms = [
        {
            "name": firm["name"],
            "change": _change(firm["change"]),
            "before": localized_answer(firm["before"]),
            "after": localized_answer(firm["after"]),
            "condition": text_of(firm),
        }
        for firm in answer["firms"][:FIRMS_SHOWN]
    ]
    table(firms, ("name", "change", "before", "after", "condition"), of_both("企业", "firms"))
    if (rest := len(answer["firms"]) - FIRMS_SHOWN) > 0:
        console.print("  " + of_both(f"另有 {rest} 家，用 --json 列出", f"{rest} more with --json"))


def _change(name: str) -> str:
    """What becomes of an answer, by its sign and word."""
    return f"{TRIALS[name].sign} {TRIALS[name].label(language())}"


def _condition_text(condition: Mapping[str, Any]) -> str:
    return text_of(condition) or "–"


def step(answer: Mapping[str, Any]) -> None:
    """One line a figure that would have to change, the answer then, other ways, and what the rung is worth."""
    firm = answer["firm"]
    console.print(styled("\n[bold]{}[/bold]  {} · {}", firm["name"], firm["firm_id"], answer["edition"]))
    status(firm, answer["day"])
    if answer["is_closed"]:
        _closed(answer)
    else:
        _way(of_both("最小的一步", "the smallest step"), answer, firm["firm_id"])
    for number, way in enumerate(answer["others"], 1):
        _way(f"{of_both('另一条路', 'another way')} {number}", way, firm["firm_id"])
    if answer["missing_fact"]:
        console.print(f"  {text_of(answer, 'missing')}")
    if answer["opens_on"]:
        console.print(f"  {opening(answer['opens_on'], language())}")
    elif answer["blocked_by"] and not answer["is_closed"]:
        _blocked(answer)
    if not answer["is_proven"]:
        console.print("  " + of_both("未搜尽各条路，此处卡住的条件仅供参考", "not every way was tried"))
    worth(answer["worth"])


def _blocked(answer: Mapping[str, Any]) -> None:
    """The condition that no figure meets, and why the movers name another one as the next step."""
    console.print(f"  {of_both('卡在', 'blocked by')}: {text_of(answer, 'blocked')}")
    if answer["mover_zh"]:
        alone = of_both(
            "动向所列的下一步是最接近的一项，单靠它还不够",
            "the next step of the movers is the nearest one, not enough alone",
        )
        console.print(f"  {alone}: {text_of(answer, 'mover')}")


def _closed(answer: Mapping[str, Any]) -> None:
    """What can never be met again, and the next rung that can still be reached."""
    console.print(styled("\n  [bold]{}[/bold]: {}", NO_LONGER.label(language()), text_of(answer, "blocked")))
    rung = answer["next_rung"]
    if rung is None:
        console.print("  " + of_both("再往上没有可达到的梯级", "no rung above can still be reached"))
    else:
        label = of_both("下一个仍可达到的梯级", "the next rung that can still be reached")
        console.print(styled("  {}: {} ({})", label, text_of(rung), rung["designation"]))


def _way(title: str, way: Mapping[str, Any], firm_id: str) -> None:
    """What would have to change, and the command that tries it with the exact figures."""
    route = f" · {text_of(way, 'route')}" if way["route"] else ""
    if not way["changes"]:
        console.print(f"\n{title}{route}: {of_both(*UNCHANGED.get(way['outcome'], UNCHANGED['unknown']))}")
        return
    console.print(f"\n{title}{route} → {localized_answer(way['outcome'])}")
    rows = [
        {
            "fact": text_of(change),
            "before": figure(change["fact"], change["now"]),
            "after": figure(change["fact"], change["then"]),
            "clause": change["clause"],
        }
        for change in way["changes"]
    ]
    table(rows, ("fact", "before", "after", "clause"))
    exact = " ".join(change["typed"] for change in way["changes"])
    console.print(f"  tidu what-if {firm_id} {exact}", soft_wrap=True)


def figure(column: str, value: Any) -> str:
    """A stored value of a fact as people read it."""
    fact = fact_of(column)
    return show_value(float(value) / (100 if fact.type == "money" else 1), fact.unit, language())
