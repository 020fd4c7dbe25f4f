"""What the terminal shows of one firm: its titles, and each verdict with its conditions and their proof."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from rich.text import Text

from flows.terminal.markup import styled
from flows.terminal.table import console
from service.queries.firm_lookup import BY, has_ended
from service.queries.obligations import held_words
from tiers.messages import wording as wordings
from tiers.messages.verdict import show as show_value
from tiers.messages.verdict import show_gap, why_unknown

Line = str | Text
LINKS = {
    "merged_into": "并入 went into",
    "split_from": "分立自 came out of",
    "successor": "承继 follows",
    "same_as": "即 is",
    "listing_passed": "的证券代码转给 passed its stock code to",
}
STATUSES = {
    "active": ("存续", "active"),
    "suspended": ("歇业", "suspended"),
    "moved_out": ("迁出", "moved out"),
    "liquidating": ("清算", "liquidating"),
    "revoked": ("吊销", "revoked"),
    "revoked_deregistered": ("吊销并注销", "revoked and deregistered"),
    "deregistered": ("注销", "deregistered"),
    "cancelled": ("撤销", "cancelled"),
    "pending": ("筹建", "pending"),
}
ANSWERS = {answer: f"{wording.sign} {wording.zh}" for answer, wording in wordings.ANSWERS.items()}


def evidence(answer: Mapping[str, Any]) -> None:
    """Print one firm: what it holds, then each edition's verdict with every condition, the deciding one marked."""
    console.print(*_evidence(answer), sep="\n")  # at once: laying out line by line costs as much as the query


def _evidence(answer: Mapping[str, Any]) -> Iterator[Line]:
    firm = answer["firm"]
    yield styled("\n[bold]{}[/bold]  {}  评价日 day {}", firm["name"], firm["firm_id"], answer["day"])
    yield from _status(firm, answer["day"])
    if firm["found_by"] not in ("code", "registered"):
        by_zh, by_en = BY[firm["found_by"]]
        yield f"  查得依据 found by {by_zh} {by_en}: {firm['found_name']}"
    for link in answer["links"]:
        event = f"{link['valid_from']} {link['name']} {LINKS[link['kind']]} {link['other_name']} · {link['evidence']}"
        yield f"  {event}\n  跨此日的增长不全是企业自身的 growth across that day is not all its own (T06)"
    for title in answer["titles"]:
        yield f"  {held_words(title)}  {title['source']}"
    for verdict in answer["verdicts"]:
        yield styled("\n[bold]{title_zh}[/bold] {title_en} ({edition_id})", **verdict)
        yield f"  {verdict['sentence_zh']}\n  {verdict['sentence_en']}"
        for condition in verdict["conditions"]:
            yield from _condition(condition)
        yield from _worth(verdict["worth"])


def status(firm: Mapping[str, Any], day: date) -> None:
    """The status in the register; of a firm that no longer exists that nothing below is advice to it."""
    for line in _status(firm, day):
        console.print(line)


def _status(firm: Mapping[str, Any], day: date) -> Iterator[Line]:
    if not firm["status"]:
        return
    zh, en = STATUSES[firm["status"]]
    since = f" {firm['ended_on']}" if firm["ended_on"] else ""
    yield styled("  登记状态 status: [bold]{}[/bold]", f"{zh} {en}{since}")
    if has_ended(firm, day):
        yield "  企业已不存续，不达到任何一类，也不再有义务 it no longer exists: it meets nothing and owes nothing"


def worth(rows: Sequence[Mapping[str, Any]]) -> None:
    """What holding the rung gives this firm under tax law: an amount with its assumption, or what it hangs on."""
    for line in _worth(rows):
        console.print(line)


def _worth(rows: Sequence[Mapping[str, Any]]) -> Iterator[Line]:
    for relief in rows:
        amount = "" if relief["yuan"] is None else show_value(relief["yuan"], "yuan", "zh")
        yield styled("  值多少 worth: {} {} [bold]{}[/bold]", relief["zh"], relief["en"], amount)
        yield styled("      [dim]{assumed_zh} {assumed_en}  {document}[/dim]", **relief)


def _condition(condition: Mapping[str, Any]) -> Iterator[Line]:
    mark = "  ← 决定性 decides" if condition["is_deciding"] else ""
    answer = ANSWERS[wordings.answer_of(condition)]
    yield styled("\n  {} {} {}[bold]{}[/bold]", answer, condition["zh"], condition["en"], mark)
    gap = f" · 差距 gap {show_gap(condition['gap'], condition['gap_unit'], 'zh')}" if condition["gap"] else ""
    value = show_value(condition["value"], condition["unit"], "zh", condition["gap"])
    if condition["value_high"] not in (None, condition["value"]):
        value = f"{value} – {show_value(condition['value_high'], condition['unit'], 'zh')}"
    if condition["outcome"] == "unknown":
        value = " ".join(why_unknown(condition["missing_fact"], condition["unit"], lang) for lang in ("zh", "en"))
    yield f"      实际 value {value} · 要求 required {condition['required_zh']}{gap} · {condition['clause']}"
    if condition["contest"]:
        yield f"      ※ 所依据的数有异议，待处理 a figure it rests on is contested: {condition['contest']}"
    for source in condition["sources"]:
        yield styled("      [dim]{}[/dim]", source["zh"])
