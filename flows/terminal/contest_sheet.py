"""The answer sheet of a firm as text in both languages: what it contested, what was decided, why, what counts it."""

from collections.abc import Iterator, Mapping
from typing import Any

from flows.terminal.case import ANSWERS
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
    yield "数据异议答复单 Answer to contested figures"
    yield plain(f"{answer['name']}  {answer['firm_id']}")
    yield f"按第 {answer['run_id']} 期 by run {answer['run_id']}（{answer['day']}）"
    for contest in answer["contests"]:
        yield RULE
        yield from map(plain, _contest(contest))
    yield RULE


def _contest(row: Row) -> Iterator[str]:
    yield f"{row['number']}  {row['fact_zh']} {row['fact_en']}"
    yield f"  来件 delivered: {row['value_before'] or '–'}  主张 claimed: {row['claimed']}"
    place = f"{row['sheet']} 行 row {row['row_no']}".strip()
    yield f"  出处 source: {row['delivery_id']} {place} {row['field']}"
    for proof in row["proofs"]:
        yield f"  证明 proof: {proof['name']} ({proof['type']}, {proof['size']:,} B, sha256 {proof['sha256'][:16]}…)"
    for effect in row["effects"]:
        change = f"{ANSWERS[effect['before']]} → {ANSWERS[effect['after']]}"
        yield f"  将改变 would change: {effect['title_zh']}"
        yield f"    {change}"
    yield f"  提出 raised {row['raised_on']} · 时限 due {row['due_on']} · {row['state_zh']} {row['state_en']}"
    if row["decided_on"]:
        yield f"  处理 decided {row['decided_on']}：{row['decided_why']}"
    if row["correction"] is not None:
        number = row["correction"]
        yield (
            f"  第 {number} 号更正已计入本期 correction {number} is counted in this run"
            if row["is_counted"]
            else f"  第 {number} 号更正下次运行计入 correction {number} counts from the next run"
        )
