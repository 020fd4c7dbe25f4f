"""``tidu case``: everything of a firm's case, its history, and undo."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from flows.commands.options import (
    By,
    Firm,
    FirmFirst,
    Format,
    FormatOption,
    FormNumber,
    HomeOption,
    JsonOption,
    Why,
    WithEnded,
    home_of,
    today,
)
from flows.commands.output import print_json, print_rows
from flows.terminal.help_text import both
from flows.terminal.language import of_both

app = typer.Typer(
    cls=FirmFirst,
    no_args_is_help=True,
    help=both("一家企业的培育档案：全部、经过、撤回。", "The case of a firm: all, history, undo"),
)
HISTORY = ("seq", "at", "by", "kind", "number", "why", "is_withdrawn")


@app.command()
def firm(words: Firm, with_ended: WithEnded = False, as_json: JsonOption = False, home: HomeOption = None) -> None:
    """Everything of one firm's case.

    中文：一家企业的全部：负责人、任务、诉求余日、走访承诺、申报、异议、到期。

    $ tidu case 91330108MA2B0000XX
    """
    from flows.terminal import case as view
    from service.queries.cases.case import case

    answer = case(home_of(home), words, today(), with_ended=with_ended)
    print_json(answer) if as_json else view.case(answer)


@app.command()
def history(words: Firm, form: FormatOption = Format.TABLE, home: HomeOption = None) -> None:
    """Every event of a case: who, when, why, whether withdrawn.

    中文：经过：每一条记录，谁、何时、为何，是否撤回。

    $ tidu case history 91330108MA2B0000XX
    """
    from flows.terminal import case as view
    from service.queries.cases.case import history

    rows = history(home_of(home), words)
    shown = view.history(rows) if form is Format.TABLE else rows
    print_rows(shown, form, HISTORY, f"{of_both('记录', 'events')}: {len(rows)}")


@app.command()
def undo(
    seq: Annotated[int, typer.Argument(help=both("第几号记录，见 tidu case history", "Number of the event"))],
    by: By,
    why: Why,
    request: FormNumber = None,
    home: HomeOption = None,
) -> None:
    """Withdraw an event; what stood before stands again, all stays on record.

    中文：撤回一条记录：此前的情形恢复，记录都留着。

    $ tidu case undo 12 --by 王 --why 误操作
    """
    from flows.terminal.case import kept
    from service.decisions import case_undo

    kept(case_undo.undo(home_of(home), seq, by=by, why=why, now=datetime.now(UTC), request=request))
