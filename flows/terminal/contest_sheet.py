"""The answer sheet of a firm as text: what it contested, what was decided, why, what counts it."""

from collections.abc import Iterator

from flows.terminal.firm import localized_answer
from flows.terminal.language import language, of_both, text_of
from flows.terminal.markup import plain
from flows.terminal.table import console
from service.queries.release.provenance import row_text
from warehouse.rows import AnyRow

RULE = "─" * 40
STANDINGS = {
    "counted": ("第 {} 号更正已计入本期", "correction {} is counted in this run"),
    "waits": (
        "第 {} 号更正未计入：更正后的行隔离待办，本期仍用原数",
        "correction {} is not counted: the corrected row waits in quarantine",
    ),
    "next_run": ("第 {} 号更正待下次运行处理", "correction {} is for the next run"),
    "not_applied": (
        "第 {} 号更正未能执行：所指的行已不在本期",
        "correction {} could not be applied: its row is no longer in this run",
    ),
}
"""What became of a correction, by its standing."""


def show(answer: AnyRow) -> None:
    """Print the sheet, wrapped at the width of the terminal or, in a file, of a page."""
    for line in lines(answer):
        console.print(line)


def lines(answer: AnyRow) -> Iterator[str]:
    """The sheet line by line; texts of data are shown as text."""
    yield of_both("数据异议答复单", "Answer to contested figures")
    yield plain(f"{answer['name']}  {answer['firm_id']}")
    yield of_both(f"按第 {answer['run_id']} 期（{answer['day']}）", f"by run {answer['run_id']} ({answer['day']})")
    for contest in answer["contests"]:
        yield RULE
        yield from map(plain, _contest(contest))
    yield RULE


def _contest(row: AnyRow) -> Iterator[str]:
    yield f"{row['number']}  {text_of(row, 'fact')}"
    delivered, claimed = of_both("来件", "delivered"), of_both("主张", "claimed")
    yield f"  {delivered}: {row['value_before'] or '–'}  {claimed}: {row['claimed']}"
    place = row_text(row, language(), "sheet")
    yield f"  {of_both('出处', 'source')}: {row['delivery_id']} {place} {row['field']}"
    for proof in row["proofs"]:
        file = f"{proof['type']}, {proof['size']:,} B, sha256 {proof['sha256'][:16]}…"
        yield f"  {of_both('证明', 'proof')}: {proof['name']} ({file})"
    for effect in row["effects"]:
        change = f"{localized_answer(effect['before'])} → {localized_answer(effect['after'])}"
        yield f"  {of_both('将改变', 'would change')}: {text_of(effect, 'title')}"
        yield f"    {change}"
    raised, due = of_both("提出", "raised"), of_both("时限", "due")
    yield f"  {raised} {row['raised_on']} · {due} {row['due_on']} · {text_of(row, 'state')}"
    if row["decided_on"]:
        yield f"  {of_both('处理', 'decided')} {row['decided_on']}: {row['decided_why']}"
    if row["correction"] is not None:
        yield from _correction(row)


def _correction(row: AnyRow) -> Iterator[str]:
    """Whether the correction is in the figures of the release; where it waits, by which rule, and the way out."""
    yield "  " + of_both(*STANDINGS[row["standing"]]).format(row["correction"])
    for finding in row["findings"]:
        rule = f"{finding['rule_id']} {finding['field_word']}".strip()
        yield f"    {rule}: {text_of(finding)}"
    for place in {finding["address"] for finding in row["findings"]}:
        accepts = f"tidu quarantine accept {place} --by … --why …"
        yield "    " + of_both(
            f"更正其余各格，或核实后 {accepts}", f"correct the other cells, or once checked {accepts}"
        )
