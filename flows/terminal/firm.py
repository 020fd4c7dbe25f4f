"""What the terminal shows of one firm: its titles, and each verdict with its conditions and their proof."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from rich.text import Text

from flows.terminal.language import language, of_both, text_of
from flows.terminal.markup import styled
from flows.terminal.sources import sources_text
from flows.terminal.table import console
from service.queries.firm.firm_lookup import BY, has_ended
from service.queries.firm.obligations import held_words
from service.wording.rendering import measured
from tiers.messages import wording as wordings
from tiers.messages.verdict import show as show_value
from tiers.messages.verdict import show_gap

Line = str | Text
LINKS = {
    "merged_into": ("并入", "went into"),
    "split_from": ("分立自", "came out of"),
    "successor": ("承继", "follows"),
    "same_as": ("即", "is"),
    "listing_passed": ("的证券代码转给", "passed its stock code to"),
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


def answer_spoken(answer: str) -> str:
    """An answer by its sign and word."""
    wording = wordings.ANSWERS[answer]
    return f"{wording.sign} {wording.label(language())}"


def evidence(answer: Mapping[str, Any]) -> None:
    """Print one firm: what it holds, then each edition's verdict with every condition, the deciding one marked."""
    console.print(*_evidence(answer), sep="\n")  # at once: laying out line by line costs as much as the query


def _evidence(answer: Mapping[str, Any]) -> Iterator[Line]:
    firm = answer["firm"]
    yield styled(
        of_both("\n[bold]{}[/bold]  {}  评价日 {}", "\n[bold]{}[/bold]  {}  day {}"),
        firm["name"],
        firm["firm_id"],
        answer["day"],
    )
    yield from _status(firm, answer["day"])
    if firm["matched_by"] not in ("code", "registered"):
        by_zh, by_en = BY[firm["matched_by"]]
        yield f"  {of_both(f'查得依据 {by_zh}', f'found by {by_en}')}: {firm['matched_name']}"
    for link in answer["links"]:
        went = of_both(*LINKS[link["kind"]])
        event = f"{link['valid_from']} {link['name']} {went} {link['other_name']} · {text_of(link, 'evidence')}"
        growth = of_both("跨此日的增长不全是企业自身的（T06）", "growth across that day is not all its own (T06)")
        yield f"  {event}\n  {growth}"
    for title in answer["titles"]:
        yield f"  {held_words(title, language())}  {sources_text(title)}"
    for verdict in answer["verdicts"]:
        yield styled("\n[bold]{}[/bold] ({})", text_of(verdict, "title"), verdict["edition_id"])
        yield f"  {text_of(verdict, 'sentence')}"
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
    since = f" {firm['ended_on']}" if firm["ended_on"] else ""
    label, state = of_both("登记状态", "status"), of_both(*STATUSES[firm["status"]])
    yield styled("  {}: [bold]{}[/bold]", label, f"{state}{since}")
    if has_ended(firm, day):
        ended = "企业已不存续，不达到任何一类，也不再有义务", "it no longer exists: it meets nothing and owes nothing"
        yield f"  {of_both(*ended)}"


def worth(rows: Sequence[Mapping[str, Any]]) -> None:
    """What holding the rung gives this firm under tax law: an amount with its assumption, or what it hangs on."""
    for line in _worth(rows):
        console.print(line)


def _worth(rows: Sequence[Mapping[str, Any]]) -> Iterator[Line]:
    for relief in rows:
        amount = "" if relief["yuan"] is None else show_value(relief["yuan"], "yuan", language())
        yield styled("  {}: {} [bold]{}[/bold]", of_both("值多少", "worth"), text_of(relief), amount)
        yield styled("      [dim]{}  {}[/dim]", text_of(relief, "assumed"), relief["document"])


def _condition(condition: Mapping[str, Any]) -> Iterator[Line]:
    mark = f"  ← {of_both('决定性', 'decides')}" if condition["is_deciding"] else ""
    answer, lang = answer_spoken(wordings.answer_of(condition)), language()
    yield styled("\n  {} {}[bold]{}[/bold]", answer, text_of(condition), mark)
    gap = show_gap(condition["gap"], condition["gap_unit"], lang) if condition["gap"] else ""
    gap = f" · {of_both('差距', 'gap')} {gap}" if gap else ""
    required = f"{of_both('要求', 'required')} {text_of(condition, 'required')}"
    yield f"      {of_both('实际', 'value')} {measured(condition, lang)} · {required}{gap} · {condition['clause']}"
    if condition["contest"]:
        contested = of_both("所依据的数有未结的异议", "a figure it rests on has an open contest")
        yield f"      ※ {contested}: {condition['contest']}"
    for source in condition["sources"]:
        yield styled("      [dim]{}[/dim]", text_of(source))
