"""``tidu match``: which firm each row of a list means, and what a person states where no rule is sure."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from flows.commands.options import By, Format, FormatOption, HomeOption, JsonOption, Why, home_of, parse_day
from flows.commands.output import print_csv, print_json
from flows.terminal.help_text import both
from flows.terminal.language import of_both
from flows.terminal.markup import echo
from flows.terminal.table import table
from warehouse.rows import Row

if TYPE_CHECKING:
    from service.decisions import Statement


NAMES_SOUGHT = 2000
"""For how many names candidates are sought where ``--limit`` is left out."""
NAMES_SHOWN = 50
"""How many names that wait for a person the terminal prints; the other formats print all."""
RULES = {
    "confirmed": ("人工确认", "confirmed by a person"),
    "code": ("信用代码", "code"),
    "certificate": ("证书编号", "certificate"),
    "name": ("现名称", "name"),
    "former_name": ("当日有效的曾用名", "former name of that day"),
    "renaming": ("更名公告", "renaming notice"),
    "core_name": ("同区划唯一主干", "core name found once in the division"),
    "ambiguous": ("对应多家", "fits several firms"),
    "conflict": ("两种依据不一致", "two ways disagree"),
    "not_that_day": ("该日不叫此名", "not that firm on that day"),
    "parted": ("人工拆分", "parted by a person"),
    "none": ("未匹配", "nobody is known by it"),
}


class _FileFirst(TyperGroup):
    """``tidu match FILE`` beside ``tidu match confirm …``: what is no command is a file."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args or args[0] not in {*self.commands, "-h", "--help"}:
            args = ["file", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_FileFirst,
    help=both("名称对企业：匹配、确认、拆分、撤回。", "Which firm a name means: match, confirm, part, undo"),
)

Name = Annotated[
    str, typer.Argument(metavar="NAME|ROW", help=both("名称，或行的地址", "A name, or the address of a row"))
]
Firm = Annotated[str, typer.Argument(help=both("信用代码或股票代码", "Credit code or stock code"))]

Number = Annotated[int, typer.Argument(help=both("几号", "Its number"))]


@app.command()
def file(
    path: Annotated[
        Path | None, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help=both("名单文件", "A list"))
    ] = None,
    feed: Annotated[
        str | None, typer.Option(help=both("来源（见 tidu feeds）", "Which feed it is, as tidu feeds lists them"))
    ] = None,
    only_open: Annotated[bool, typer.Option("--open", help=both("只列未匹配的", "Only what is not joined"))] = False,
    limit: Annotated[
        int, typer.Option(min=0, help=both("最多为几个名称找候选", "Names to seek candidates for"))
    ] = NAMES_SOUGHT,
    form: FormatOption = Format.TABLE,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Which firm each row means, by which rule; else candidates.

    Without FILE: what the current release could not join. Nothing is kept or changed.

    中文：名单上的每一行是哪家企业、依据哪条规则；其余给出候选。

    不写文件时，列出现行一期未能匹配的；不保存任何内容。

    $ tidu match 瞪羚企业名单_2026-09-01_公告.xlsx --format csv > matched.csv
    """
    from service.queries.files.matching import match_file, open_mentions

    opened = home_of(home)
    rows = match_file(opened, path, feed, limit) if path else open_mentions(opened, limit)
    shown = [row for row in rows if row["firm_id"] is None] if only_open else rows
    if as_json or form is Format.JSON:
        print_json({"by_rule": _by_rule(rows), "rows": shown})
    elif form is Format.CSV:
        print_csv([_flat(row) for row in shown])
    else:
        _show(rows, [row for row in shown if row["firm_id"] is None])


def _by_rule(rows: Sequence[Row]) -> dict[str, int]:
    from service.queries.files.matching import JOINED, UNJOINED

    counts = Counter(row["match_method"] for row in rows)
    return {rule: counts[rule] for rule in (*JOINED, *UNJOINED)}


def _flat(row: Row) -> Row:
    """One line for a spreadsheet: candidates in one cell, the likest first, and the delivered rows in another."""
    from flows.terminal.sources import sources_text

    own = {name: value for name, value in row.items() if name != "sources"}
    return {**own, "source": sources_text(row), "candidates": "；".join(_candidate(firm) for firm in row["candidates"])}


def _candidate(firm: Row) -> str:
    score = "" if firm["score"] is None else f" {firm['score']:.0f}"
    return f"{firm['name']} {firm['firm_id']}{score}"


def _show(rows: Sequence[Row], unclear: Sequence[Row]) -> None:
    table(
        [{"rule": of_both(*RULES[rule]), "rows_read": count} for rule, count in _by_rule(rows).items() if count],
        ("rule", "rows_read"),
        of_both("匹配", "Matched"),
    )
    lines = [
        {"row": row["mention_id"], "name": row["name"], "rule": of_both(*RULES[row["match_method"]]),
         "candidates": "\n".join(_candidate(firm) for firm in row["candidates"])}
        for row in unclear[:NAMES_SHOWN]
    ]  # fmt: skip
    if lines:
        table(
            lines, ("row", "name", "rule", "candidates"), f"\n{of_both('待人判断', 'For a person')}: {len(unclear):,}"
        )


@app.command()
def confirm(name: Name, firm: Firm, by: By, why: Why, home: HomeOption = None) -> None:
    """A name, or a row, means this firm.

    中文：确认：这个名称（或这一行）就是这家企业。

    $ tidu match confirm 杭州甲乙科技集团 91330106MA01000169 --by 王 --why 已电话核实
    """
    from service.decisions import joins

    _print_statement(joins.join(home_of(home), name, firm, by=by, why=why, now=datetime.now(UTC)))


@app.command()
def part(name: Name, firm: Firm, by: By, why: Why, home: HomeOption = None) -> None:
    """A name, or a row, does not mean this firm.

    中文：拆分：这个名称（或这一行）不是这家企业。

    $ tidu match part 杭州甲乙科技股份有限公司 91330106MA01000169 --by 王 --why 系另一家
    """
    from service.decisions import joins

    _print_statement(joins.part(home_of(home), name, firm, by=by, why=why, now=datetime.now(UTC)))


@app.command()
def link(
    firm: Firm,
    kind: Annotated[str, typer.Argument(help="merged_into · split_from · successor · same_as")],
    other: Firm,
    on: Annotated[str, typer.Option("--on", help=both("自哪一天", "From which day, as 2024-05-01"))],
    by: By,
    why: Why,
    home: HomeOption = None,
) -> None:
    """A firm went into, came out of, follows, or is another one.

    中文：两家企业的关系：并入、分立、承继、同一。

    $ tidu match link 91330106MA01000169 merged_into 91330106MA01000231 --on 2024-05-01 --by 王 --why 公告
    """
    from service.decisions import joins

    day = parse_day(on)
    _print_statement(joins.link(home_of(home), firm, kind, other, day, by=by, why=why, now=datetime.now(UTC)))


@app.command()
def undo(number: Number, by: By, why: Why, home: HomeOption = None) -> None:
    """Withdraw a join or a parting; all is as it was before.

    中文：撤回确认或拆分：一切如前。

    $ tidu match undo 12 --by 王 --why 误操作
    """
    from service.decisions import joins

    _print_statement(joins.undo(home_of(home), number, by=by, why=why, now=datetime.now(UTC)))


def _print_statement(statement: "Statement") -> None:
    number, withdrawn = statement.statement_id, statement.withdraws
    withdrawal = of_both(f"撤回第 {withdrawn} 号", f"withdraws {withdrawn}")
    effect = withdrawal if withdrawn else of_both("已记下", "kept")
    about = f"{statement.subject} · {statement.content['firm']}"
    echo(f"{of_both(f'第 {number} 号', f'statement {number}')}: {effect} · {about}")
    typer.echo(of_both("下次运行时生效：tidu run", "It takes effect with the next run: tidu run"))
