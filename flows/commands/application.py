"""``tidu application``: applications for titles, from the window to the result of the next list."""

from typing import Annotated

import typer

from flows.commands.options import (
    By,
    Firm,
    Format,
    FormatOption,
    FormNumber,
    HomeOption,
    Number,
    Officer,
    OnText,
    Reason,
    Version,
    WithEnded,
    day_or_today,
    home_of,
    signed,
    today,
)
from flows.commands.output import print_rows
from flows.terminal.help_text import both
from flows.terminal.language import of_both

app = typer.Typer(
    no_args_is_help=True,
    help=both("申报：立项、备料、提交、结果、列出。", "Applications: open, ready, file, result, list"),
)
COLUMNS = ("number", "name", "about_zh", "papers", "closes_on", "days_left", "filed_on", "state_zh")


@app.command("open")
def open_(
    firm: Firm,
    designation: Annotated[str, typer.Argument(help=both("称号代码", "A designation by its code"))],
    by: By,
    paper: Annotated[
        list[str] | None,
        typer.Option(
            "--paper",
            help=both("材料", "A paper"),
            show_default=both("规定清单", "the list of the text"),
        ),
    ] = None,
    why: Reason = "",
    request: FormNumber = None,
    home: HomeOption = None,
) -> None:
    """Open an application, with the filing window and the list of papers.

    中文：立项：带上申报窗口与材料清单。

    $ tidu application open 91330108MA2B0000XX hnte --by 王
    """
    from flows.terminal.case import kept
    from service.decisions import applications

    who = signed(by, why or of_both("准备申报", "to apply"), request=request)
    kept([applications.open_(home_of(home), firm, designation, who, papers=paper or ())])


@app.command()
def ready(
    number: Number,
    paper: Annotated[int, typer.Argument(help=both("第几项材料", "Which paper, from 1"))],
    by: By,
    why: Reason = "",
    version: Version = None,
    request: FormNumber = None,
    home: HomeOption = None,
) -> None:
    """A paper is ready.

    中文：一项材料已备。

    $ tidu application ready a1b2c3d4 1 --by 王
    """
    from flows.terminal.case import kept
    from service.decisions import applications

    kept(
        [
            applications.ready(
                home_of(home), number, paper, signed(by, why or of_both("材料已备", "ready"), version, request)
            )
        ]
    )


@app.command()
def file(
    number: Number,
    receipt: Annotated[str, typer.Option("--number", help=both("受理编号", "Number of the receipt"))],
    by: By,
    on: OnText = None,
    why: Reason = "",
    version: Version = None,
    request: FormNumber = None,
    home: HomeOption = None,
) -> None:
    """It was filed: on which day, under which number.

    中文：已提交：哪一天、受理编号。

    $ tidu application file a1b2c3d4 --number GQ2026-0001 --by 王
    """
    from flows.terminal.case import kept
    from service.decisions import applications

    who = signed(by, why or of_both("已提交", "filed"), version, request)
    kept([applications.file(home_of(home), number, day_or_today(on), receipt, who)])


@app.command()
def result(
    number: Number,
    outcome: Annotated[
        str, typer.Argument(help=both("获得认定 · 未获认定 · 企业撤回", "granted · refused · withdrawn"))
    ],
    by: By,
    on: OnText = None,
    why: Reason = "",
    version: Version = None,
    request: FormNumber = None,
    home: HomeOption = None,
) -> None:
    """Type the result; what a list grants is closed by the next run itself.

    中文：手填结果；名单所授的由下次运行自行结案。

    $ tidu application result a1b2c3d4 refused --by 王
    """
    from flows.terminal.case import kept
    from service.decisions import applications

    who = signed(by, why or of_both("结果已知", "the result is known"), version, request)
    kept([applications.decide(home_of(home), number, outcome, day_or_today(on), who)])


@app.command("list")
def list_(
    officer: Officer = None,
    firm: Annotated[str | None, typer.Option("--firm", help=both("只看这家企业", "Of this firm"))] = None,
    with_ended: WithEnded = False,
    form: FormatOption = Format.TABLE,
    home: HomeOption = None,
) -> None:
    """Applications, first the window that closes first.

    中文：申报清单，先截止的在前。

    $ tidu application list --all
    """
    from flows.terminal.case import with_papers
    from service.queries.cases.case_lists import CaseFilters, listed

    rows = listed(home_of(home), "application", today(), CaseFilters(firm, officer, with_ended))
    shown = list(map(with_papers, rows)) if form is Format.TABLE else rows
    print_rows(shown, form, COLUMNS, f"{of_both('申报', 'applications')}: {len(rows)}")
