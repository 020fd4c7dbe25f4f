"""The answer sheet of a firm as text: what it contested, what was decided, why, what counts it."""

from collections.abc import Iterator, Mapping
from typing import Any

from flows.terminal.firm import answer_spoken
from flows.terminal.language import of_both, text_of
from flows.terminal.markup import plain
from flows.terminal.table import console

Row = Mapping[str, Any]
RULE = "─" * 40


def show(answer: Row) -> None:
    """Print the sheet, wrapped at the width of the terminal or, in a file, of a page."""
    for line in lines(answer):
        console.print(line)


def lines(answer: Row) -> Iterator[str]:
    """The sheet line by line; texts of data are shown as text."""
    yield of_both("数据异议答复单", "Answer to contested figures")
    yield plain(f"{answer['name']}  {answer['firm_id']}")
    yield of_both(f"按第 {answer['run_id']} 期（{answer['day']}）", f"by run {answer['run_id']} ({answer['day']})")
    for contest in answer["contests"]:
        yield RULE
        yield from map(plain, _contest(contest))
    yield RULE


def _contest(row: Row) -> Iterator[str]:
    yield f"{row['number']}  {text_of(row, 'fact')}"
    delivered, claimed = of_both("来件", "delivered"), of_both("主张", "claimed")
    yield f"  {delivered}: {row['value_before'] or '–'}  {claimed}: {row['claimed']}"
    place = f"{row['sheet']} {of_both('行', 'row')} {row['row_no']}".strip()
    yield f"  {of_both('出处', 'source')}: {row['delivery_id']} {place} {row['field']}"
    for proof in row["proofs"]:
        file = f"{proof['type']}, {proof['size']:,} B, sha256 {proof['sha256'][:16]}…"
        yield f"  {of_both('证明', 'proof')}: {proof['name']} ({file})"
    for effect in row["effects"]:
        change = f"{answer_spoken(effect['before'])} → {answer_spoken(effect['after'])}"
        yield f"  {of_both('将改变', 'would change')}: {text_of(effect, 'title')}"
        yield f"    {change}"
    raised, due = of_both("提出", "raised"), of_both("时限", "due")
    yield f"  {raised} {row['raised_on']} · {due} {row['due_on']} · {text_of(row, 'state')}"
    if row["decided_on"]:
        yield f"  {of_both('处理', 'decided')} {row['decided_on']}: {row['decided_why']}"
    if row["correction"] is not None:
        number = row["correction"]
        counted = of_both(f"第 {number} 号更正已计入本期", f"correction {number} is counted in this run")
        to_count = of_both(f"第 {number} 号更正下次运行计入", f"correction {number} counts from the next run")
        yield f"  {counted if row['is_counted'] else to_count}"
