"""``tidu services``: the catalogue, what answers a firm, what was given, and whether it closed the gap."""

from typing import Annotated

import typer

from flows.commands.options import (
    By,
    Firm,
    Format,
    FormatOption,
    HomeOption,
    JsonOption,
    Why,
    home_of,
    parse_day,
    signed,
    today,
)
from flows.commands.output import print_json, print_rows
from flows.terminal.help_text import both
from flows.terminal.language import of_both, text_of
from flows.terminal.markup import echo

app = typer.Typer(no_args_is_help=False)

CATALOGUE = ("service", "service_zh", "provider_zh", "evidence_zh")
GIVEN = ("seq", "name", "service_zh", "given_on", "outcome_zh")
EFFECT = ("service", "given", "served", "closed", "like", "share", "like_share", "points", "low", "high", "zh")
Number = Annotated[int, typer.Argument(help=both("号", "The number, of tidu services given"))]
On = Annotated[
    str | None, typer.Option(help=both("日期", "The day, as 2026-06-30"), show_default=both("今天", "today"))
]


@app.callback(invoke_without_command=True)
def services(
    context: typer.Context,
    firm: Annotated[str | None, typer.Option("--for", help=both("针对一家企业", "Those that answer a firm"))] = None,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """The catalogue; with --for those that answer a firm, the best first.

    中文：服务目录；--for 按企业的信号和差的条件排序。

    $ tidu services --for 甲公司
    """
    from flows.terminal import cultivation
    from service.queries.firm import services as queries

    if context.invoked_subcommand is not None:
        return
    chosen = home_of(home)
    if firm is not None:
        rows = queries.for_firm(chosen, firm)
        print_json(rows) if as_json else cultivation.services(rows)
        return
    rows = queries.whole_catalogue()
    shown = (
        rows
        if as_json
        else [
            {**row, "evidence_zh": "、".join(row["evidence_zh"]), "evidence_en": ", ".join(row["evidence_en"])}
            for row in rows
        ]
    )
    print_rows(
        shown, Format.JSON if as_json else Format.TABLE, CATALOGUE, f"{of_both('服务', 'services')}: {len(rows)}"
    )


@app.command(no_args_is_help=True)
def give(
    firm: Firm,
    service: Annotated[str, typer.Argument(help=both("服务", "A service of the catalogue, such as rd_accounting"))],
    by: By,
    why: Why,
    on: On = None,
    designation: Annotated[str | None, typer.Option(help=both("针对的称号", "The title it is to help with"))] = None,
    condition: Annotated[
        str | None, typer.Option(help=both("针对的条件", "The condition, as tidu explain names it"))
    ] = None,
    home: HomeOption = None,
) -> None:
    """Record that a service was given.

    中文：登记已提供的服务。

    $ tidu services give 甲公司 rd_accounting --by 王 --why 研发占比差一点
    """
    from service.decisions import services_given

    gap, day = services_given.Gap(designation, condition), parse_day(on) if on else today()
    event = services_given.give(home_of(home), firm, service, day, gap, signed(by, why))
    echo(f"{of_both(f'第 {event.seq} 号', f'no. {event.seq}')}: {service} {day}")


@app.command(no_args_is_help=True)
def outcome(
    number: Number,
    result: Annotated[str, typer.Argument(help="closed · narrowed · open · unknown")],
    by: By,
    why: Why,
    on: On = None,
    home: HomeOption = None,
) -> None:
    """Whether a service closed the gap.

    中文：服务是否消除了差距。

    $ tidu services outcome 12 closed --by 王 --why 归集后占比达到
    """
    from service.decisions import services_given

    day = parse_day(on) if on else today()
    event = services_given.assess(home_of(home), number, result, day, signed(by, why))
    echo(f"{of_both(f'第 {event.seq} 号', f'no. {event.seq}')}: {number} {result} {day}")


@app.command()
def given(
    firm: Annotated[
        str | None, typer.Option("--firm", help=both("一家企业", "One firm"), show_default=both("全部", "all"))
    ] = None,
    form: FormatOption = Format.TABLE,
    home: HomeOption = None,
) -> None:
    """Services given, and what they did.

    中文：已提供的服务及结果。

    $ tidu services given --format json
    """
    from service.queries.firm import services as queries

    rows = queries.given(home_of(home), firm)
    print_rows(rows, form, GIVEN, f"{of_both('服务', 'services')}: {len(rows)}")


@app.command()
def effect(form: FormatOption = Format.TABLE, home: HomeOption = None) -> None:
    """Served firms beside like ones; no cause is claimed.

    中文：获服务企业与相近企业比较：一年内消除差距的差异，不是因果。

    $ tidu services effect --format json
    """
    from service.queries.cases.service_effect import effect

    rows = effect(home_of(home))
    if form is Format.TABLE:
        for row in rows:
            echo(f"{text_of(row, 'service')} ({row['given']})\n  {text_of(row)}")
        echo(f"{of_both('服务', 'services')}: {len(rows)}")
        return
    print_rows(rows, form, EFFECT, "")


@app.command(no_args_is_help=True)
def undo(number: Number, by: By, why: Why, home: HomeOption = None) -> None:
    """Withdraw a service given, or its outcome; the record stays.

    中文：撤回一条服务记录或其结果；记录保留。

    $ tidu services undo 12 --by 王 --why 选错企业
    """
    from service.decisions import services_given

    event = services_given.undo(home_of(home), number, signed(by, why))
    echo(of_both(f"第 {event.seq} 号撤回第 {number} 号", f"no. {event.seq} withdraws no. {number}"))
