"""``tidu visit``: visits to firms with the promises of both sides."""

from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.options import (
    By,
    Firm,
    Format,
    FormatOption,
    FormNumber,
    HomeOption,
    Number,
    OnText,
    Reason,
    Version,
    day_or_today,
    home_of,
    parse_day,
    parse_optional_day,
    signed,
    today,
)
from flows.commands.output import print_rows
from flows.terminal.help_text import both
from flows.terminal.language import of_both

if TYPE_CHECKING:
    from service.decisions.visits import Promise

app = typer.Typer(
    no_args_is_help=True, help=both("走访：记录、兑现承诺、列出。", "Visits: record, keep a promise, list")
)
COLUMNS = ("number", "visited_on", "note", "promises", "next_on")


@app.command()
def record(
    firm: Firm,
    note: Annotated[str, typer.Option("--note", help=both("谈了什么、看了什么", "What was seen and said"))],
    by: By,
    on: OnText = None,
    ours: Annotated[
        list[str] | None,
        typer.Option("--ours", metavar="WHAT[=DAY]", help=both("我方承诺", "What the zone promised")),
    ] = None,
    theirs: Annotated[
        list[str] | None,
        typer.Option("--theirs", metavar="WHAT[=DAY]", help=both("企业承诺", "What the firm promised")),
    ] = None,
    next_on: Annotated[
        str | None, typer.Option("--next", help=both("下次日期", "The next date, as 2026-08-01"))
    ] = None,
    why: Reason = "",
    request: FormNumber = None,
    home: HomeOption = None,
) -> None:
    """Record a visit: what was said, promises of both sides, the next date.

    中文：记下一次走访：情况、双方承诺、下次日期。

    $ tidu visit record 91330108MA2B0000XX --note 研发楼已封顶 --by 王 --ours 送政策包=2026-12-31 --theirs 补交年报
    """
    from flows.terminal.case import kept
    from service.decisions import visits

    event = visits.record(
        home_of(home),
        firm,
        day_or_today(on),
        note,
        signed(by, why or of_both("走访记录", "a visit"), request=request),
        ours=_promises(ours),
        theirs=_promises(theirs),
        next_on=parse_optional_day(next_on),
    )
    kept([event])


@app.command()
def keep(
    number: Number,
    side: Annotated[str, typer.Argument(help=both("我方 · 企业", "ours · theirs"))],
    promise: Annotated[int, typer.Argument(help=both("第几项承诺", "Which promise, from 1"))],
    by: By,
    on: OnText = None,
    why: Reason = "",
    version: Version = None,
    request: FormNumber = None,
    home: HomeOption = None,
) -> None:
    """A promise of a visit was kept.

    中文：承诺已兑现。

    $ tidu visit keep a1b2c3d4 ours 1 --by 王
    """
    from flows.terminal.case import kept
    from service.decisions import visits

    who = signed(by, why or of_both("已兑现", "kept"), version, request)
    kept([visits.keep(home_of(home), number, side, promise, day_or_today(on), who)])


@app.command("list")
def list_(firm: Firm, form: FormatOption = Format.TABLE, home: HomeOption = None) -> None:
    """The visits of a firm, the newest first.

    中文：一家企业的走访，新的在前。

    $ tidu visit list 91330108MA2B0000XX
    """
    from flows.terminal.case import with_promises
    from service.queries.cases.case import visits_of

    rows = visits_of(home_of(home), firm)
    shown = [with_promises(row, today()) for row in rows] if form is Format.TABLE else rows
    print_rows(shown, form, COLUMNS, f"{of_both('走访', 'visits')}: {len(rows)}")


def _promises(texts: list[str] | None) -> "list[Promise]":
    from service.decisions.visits import Promise

    parts = [text.partition("=") for text in texts or ()]
    return [Promise(what, parse_day(day) if sign else None) for what, sign, day in parts]
