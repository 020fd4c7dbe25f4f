"""``tidu request``: requests of firms (诉求) with a clock of working days, to closure."""

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
    no_args_is_help=True, help=both("诉求：登记、答复、办结、列出。", "Requests of firms: add, answer, close, list")
)
COLUMNS = ("number", "name", "about_zh", "raised_on", "due_on", "days_left", "acting", "state_zh")


@app.command()
def add(
    firm: Firm,
    what: Annotated[str, typer.Option("--what", help=both("诉求内容", "What is requested"))],
    by: By,
    topic: Annotated[str, typer.Option("--topic", help=both("类别，如 用地、融资、人才", "Its topic"))] = "",
    on: OnText = None,
    why: Reason = "",
    request: FormNumber = None,
    home: HomeOption = None,
) -> None:
    """Keep a request; its clock of working days starts the day after.

    中文：登记诉求：自次日起算工作日时限。

    $ tidu request add 91330108MA2B0000XX --what 需要两千平米厂房 --topic 用地 --by 王
    """
    from flows.terminal.case import kept
    from service.decisions import requests

    event = requests.add(
        home_of(home),
        firm,
        what,
        topic,
        day_or_today(on),
        signed(by, why or of_both("企业提出", "raised by the firm"), request=request),
    )
    kept([event], until=event.content["due_on"])


@app.command()
def answer(
    number: Number,
    text: Annotated[str, typer.Option("--text", help=both("答复", "The answer"))],
    by: By,
    why: Reason = "",
    version: Version = None,
    request: FormNumber = None,
    home: HomeOption = None,
) -> None:
    """Answer a request; it may be answered again, both are kept.

    中文：答复诉求；可再次答复，都留痕。

    $ tidu request answer a1b2c3d4 --text 已约三处厂房看房 --by 王
    """
    from flows.terminal.case import kept
    from service.decisions import requests

    kept(
        [
            requests.answer(
                home_of(home), number, text, signed(by, why or of_both("答复企业", "answered"), version, request)
            )
        ]
    )


@app.command()
def close(
    number: Number,
    by: By,
    result: Annotated[
        str, typer.Option("--result", help=both("已解决 · 已转办 · 不予支持", "solved · referred · declined"))
    ] = "solved",
    why: Reason = "",
    version: Version = None,
    request: FormNumber = None,
    home: HomeOption = None,
) -> None:
    """Close a request; an unanswered one is not closed.

    中文：办结诉求；未答复的不能办结。

    $ tidu request close a1b2c3d4 --result solved --by 王
    """
    from flows.terminal.case import kept
    from service.decisions import requests

    kept(
        [requests.close(home_of(home), number, result, signed(by, why or of_both("办结", "closed"), version, request))]
    )


@app.command("list")
def list_(
    officer: Officer = None,
    firm: Annotated[str | None, typer.Option("--firm", help=both("只看这家企业", "Of this firm"))] = None,
    with_ended: WithEnded = False,
    form: FormatOption = Format.TABLE,
    home: HomeOption = None,
) -> None:
    """Requests, first what is due first; negative days left are past.

    中文：诉求清单，先到期的在前；负数为逾期的工作日。

    $ tidu request list --officer 王
    """
    from service.queries.cases.case_lists import CaseFilters, listed

    rows = listed(home_of(home), "request", today(), CaseFilters(firm, officer, with_ended))
    print_rows(rows, form, COLUMNS, f"{of_both('诉求', 'requests')}: {len(rows)}")
