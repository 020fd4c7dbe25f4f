"""``tidu contest``: a firm holds a fact to be wrong; proof, what would change, the decision, the answer sheet."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.options import (
    By,
    Firm,
    Format,
    FormatOption,
    FormNumber,
    HomeOption,
    JsonOption,
    Number,
    Officer,
    Version,
    Why,
    WithEnded,
    home_of,
    signed,
    today,
)
from flows.commands.output import print_json, print_rows
from flows.terminal.help_text import both
from flows.terminal.language import of_both
from flows.terminal.markup import echo

if TYPE_CHECKING:
    from service.decisions.contests import Claim

app = typer.Typer(
    no_args_is_help=True,
    help=both("数据异议：提出、处理、列出、答复单。", "Contests of a fact: add, decide, list, sheet"),
)
COLUMNS = ("number", "name", "about_zh", "due_on", "days_left", "state_zh")
Fact = Annotated[str, typer.Argument(help=both("哪个数，如 revenue_y0", "Which fact, such as revenue_y0"))]
Claimed = Annotated[str, typer.Argument(help=both("企业认为应是，如 5200万元", "What it should be, such as 5200万元"))]
SourceRow = Annotated[
    str | None, typer.Option("--row", help=both("来自多行时，哪一行", "Which row, where there are several"))
]


@app.command()
def preview(
    firm: Firm,
    fact: Fact,
    claimed: Claimed,
    row: SourceRow = None,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """What would change, before it is sent; nothing is kept.

    中文：先看会改变什么：来自哪一格，哪些结论会变；不保存。

    $ tidu contest preview 91330108MA2B0000XX revenue_y0 5200万元
    """
    from flows.terminal.case import worked
    from service.decisions import contests

    answer = contests.preview(home_of(home), _claim(firm, fact, claimed, row))
    print_json(answer) if as_json else worked(answer)


@app.command()
def add(
    firm: Firm,
    fact: Fact,
    claimed: Claimed,
    proof: Annotated[
        list[Path],
        typer.Option("--proof", help=both("证明材料：PDF、图片、OFD、Excel", "The proof: PDF, image, OFD, Excel")),
    ],
    by: By,
    why: Why,
    row: SourceRow = None,
    request: FormNumber = None,
    home: HomeOption = None,
) -> None:
    """Contest a fact with proof; nothing changes until decided.

    中文：对一个数提出异议，附证明；处理之前不改数。

    $ tidu contest add 91330108MA2B0000XX revenue_y0 5200万元 --proof 审计报告.pdf --by 王 --why 漏报分部
    """
    from flows.terminal.case import effects, kept, kept_out
    from service.decisions import contests

    event = contests.add(home_of(home), _claim(firm, fact, claimed, row), proof, signed(by, why, request=request))
    waiting = event.content.get("kept_out", [])
    kept_out(waiting)
    if not waiting:
        effects(event.content["effects"])
    kept([event], until=event.content["due_on"])


@app.command()
def decide(
    number: Number,
    is_accepted: Annotated[bool, typer.Option("--accept/--decline", help=both("采纳或不采纳", "Accept or decline"))],
    by: By,
    why: Why,
    version: Version = None,
    request: FormNumber = None,
    home: HomeOption = None,
) -> None:
    """Accept (a correction) or decline with the reason.

    中文：处理异议：采纳即更正来件的那一格，下次运行生效；不采纳须写理由。

    $ tidu contest decide a1b2c3d4 --accept --by 李 --why 审计报告属实
    """
    from flows.terminal.case import kept, kept_out
    from service.decisions import contests

    opened, who = home_of(home), signed(by, why, version, request)
    findings = contests.kept_out(opened, number) if is_accepted else []
    kept(contests.accept(opened, number, who) if is_accepted else [contests.decline(opened, number, who)])
    kept_out(findings)
    if is_accepted:
        echo(of_both("下次运行时生效：tidu run", "It takes effect with the next run: tidu run"))


@app.command("list")
def list_(
    officer: Officer = None,
    firm: Annotated[str | None, typer.Option("--firm", help=both("只看这家企业", "Of this firm"))] = None,
    with_ended: WithEnded = False,
    form: FormatOption = Format.TABLE,
    home: HomeOption = None,
) -> None:
    """Contests that wait, first what is due first.

    中文：未结的异议，先到期的在前。

    $ tidu contest list
    """
    from service.queries.cases.case_lists import CaseFilters, listed

    rows = listed(home_of(home), "contest", today(), CaseFilters(firm, officer, with_ended))
    print_rows(rows, form, COLUMNS, f"{of_both('异议', 'contests')}: {len(rows)}")


@app.command()
def sheet(firm: Firm, as_json: JsonOption = False, home: HomeOption = None) -> None:
    """The firm's answer sheet: what was decided and why.

    中文：给企业的答复单：每项异议如何处理、为何、哪一期计入。

    $ tidu contest sheet 91330108MA2B0000XX > 答复单.txt
    """
    from flows.terminal.contest_sheet import show
    from service.queries.cases.contest_sheet import sheet

    answer = sheet(home_of(home), firm, today())
    print_json(answer) if as_json else show(answer)


def _claim(firm: str, fact: str, claimed: str, row: str | None) -> "Claim":
    from service.decisions.contests import Claim

    return Claim(firm, fact, claimed, row)
