"""What the terminal shows of the ledger of causes: one table of 80 columns, firms with their causes, a waterfall."""

from collections.abc import Mapping, Sequence
from typing import Any

from flows.terminal.language import of_both, text_of
from flows.terminal.markup import styled
from flows.terminal.table import console, draw
from service.queries.zone.ledger import Ledger, waterfall
from tiers.messages.wording import WORDS

MEASURES = {measure: (WORDS[measure].zh, WORDS[measure].en) for measure in ("held", "met")}
WIDEST = 40
"""Signs of the longest bar of a waterfall."""


def totals(answer: Ledger) -> None:
    """One row a title and measure: from, the part of each cause, to."""
    heads = ["", "", of_both("起", "from"), *map(text_of, answer.causes), of_both("止", "to")]
    rows = [
        (
            text_of(row),
            of_both(*MEASURES[row["measure"]]),
            f"{row['total_from']:,}",
            *(_signed(row[f"moved_{cause['cause']}"]) for cause in answer.causes),
            f"{row['total_to']:,}",
        )
        for row in answer.rows
        if row["total_from"] or row["total_to"]
    ]
    _title(answer)
    draw(heads, rows, [False, False, *[True] * (len(heads) - 2)])
    for cause in answer.causes:
        console.print(styled("[dim]  {}: {}[/dim]", text_of(cause), text_of(cause, "note")))


def firms(answer: Ledger) -> None:
    """One row a firm and title that changed, with the causes."""
    words = {cause["cause"]: text_of(cause) for cause in answer.causes}
    rows = [
        (
            row["name"] or row["firm_id"],
            text_of(row),
            of_both(*MEASURES[row["measure"]]),
            _signed(row["count_to"] - row["count_from"]),
            of_both("、", ", ").join(
                f"{words[cause]} {_signed(row[f'moved_{cause}'])}" for cause in words if row[f"moved_{cause}"]
            ),
        )
        for row in answer.rows
    ]
    _title(answer)
    heads = of_both("企业", "firm"), of_both("名称", "title"), "", of_both("变化", "change"), of_both("原因", "cause")
    draw(heads, rows, [False] * 5)


def bars(answer: Ledger) -> None:
    """A waterfall for each row of the totals: the start, a bar a cause, the end."""
    _title(answer)
    for row in answer.rows:
        steps = waterfall(row, answer.causes)
        scale = WIDEST / max(1, *(max(step["from"], step["to"]) for step in steps))
        console.print(styled("\n[bold]{}[/bold] {}", text_of(row), of_both(*MEASURES[row["measure"]])))
        for step in steps:
            low, high = sorted((step["from"], step["to"]))
            start, end = round(low * scale), round(high * scale)
            bar = " " * start + "█" * max(end - start, 1 if high > low else 0)
            number = f"{step['to']:,}" if step["moved"] is None else _signed(step["moved"])
            console.print(styled("  {:<14}{:>9}  {}", text_of(step), number, bar), soft_wrap=True)


def _title(answer: Ledger) -> None:
    comparison = answer.comparison
    against = f" ({comparison['against_run']})" if comparison["against_run"] else ""
    console.print(
        styled(
            of_both(
                "变动归因  {from_day}{against} → {to_day}\n企业  {firms_from:,} → {firms_to:,}",
                "Ledger of causes  {from_day}{against} → {to_day}\nfirms  {firms_from:,} → {firms_to:,}",
            ),
            **{**comparison, "against": against},
        )
    )


def _signed(moved: int) -> str:
    return f"{moved:+,}" if moved else "·"


def gate(rows: Sequence[Mapping[str, Any]]) -> None:
    """The held releases: a line each, and what holds it."""
    for row in rows:
        console.print(
            styled(
                of_both(
                    "[bold]{run_id}[/bold]  评价日 {day} · 属地 {place}",
                    "[bold]{run_id}[/bold]  day {day} · place {place}",
                ),
                **row,
            )
        )
        console.print(f"  {of_both(row['gate_zh'], row['gate_en'])}", soft_wrap=True)
        if not row["may_follow"]:
            overtaken = "此后已另发一期，只能 refuse", "another release was published since: it can only be refused"
            console.print(f"  {of_both(*overtaken)}")
