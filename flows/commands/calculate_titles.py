"""Commands of ``calculate`` about titles: ``certificate``, ``change``, ``move``, ``review``, ``entry``, ``number``."""

from datetime import date
from typing import Annotated

import typer

from flows.commands.calculate_days import (
    DayOption,
    YearOption,
    day_argument,
    day_option,
    day_or_today,
    parse_plausible_day,
)
from flows.commands.options import JsonOption
from flows.commands.output import print_json
from flows.terminal.help_text import both
from flows.terminal.language import of_both


def certificate(
    issued_on: Annotated[date, day_argument("发证日", "Day of issue")],
    on: DayOption = None,
    report: Annotated[
        list[str] | None,
        typer.Option(help=both("年度=填报日，如 2024=2025-05-20", "year=day, such as 2024=2025-05-20")),
    ] = None,
    cancelled: Annotated[
        str | None, typer.Option(help=both("起始年度=决定日", "from year=day of the decision"))
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """A certificate on a day: standing, tax year, yearly reports.

    中文：高企证书：当日状态、税年、年报是否按期、能否再申请。

    $ tidu calculate certificate 2023-12-08 --on 2026-06-01 --report 2023=2024-05-31 --report 2024=2025-06-01
    """
    from flows.terminal import calculators as calculators_view
    from service.queries.rules import calculators_titles

    reports = dict(_year_and_day(text) for text in report or ())
    gone = _year_and_day(cancelled) if cancelled else None
    rows = calculators_titles.certificate(issued_on, day_or_today(on), gone, reports)
    print_json(rows) if as_json else calculators_view.answers(rows)


def _year_and_day(text: str) -> tuple[int, date]:
    year, _, day = text.partition("=")
    if not (year.isdigit() and day):
        raise typer.BadParameter(of_both(f"{text}：请写作 2024=2025-05-20", f"{text}: write it as 2024=2025-05-20"))
    return int(year), parse_plausible_day(day)


def change(
    changed_on: Annotated[date, day_argument("变更日", "Day of the change")],
    reported_on: Annotated[date | None, day_option("报告日", "Day of the report")] = None,
    still_meets: Annotated[
        bool | None,
        typer.Option("--still-meets/--no-longer-meets", help=both("仍符合条件", "Still meets the conditions")),
    ] = None,
    on: DayOption = None,
    as_json: JsonOption = False,
) -> None:
    """A new name or major change: the report on it and what follows.

    中文：更名等重大变化：报告期限与后果。

    $ tidu calculate change 2026-02-15 --reported-on 2026-05-15 --still-meets
    """
    from flows.terminal import calculators as calculators_view
    from service.queries.rules import calculators_titles

    rows = calculators_titles.change(changed_on, reported_on, still_meets, day_or_today(on))
    print_json(rows) if as_json else calculators_view.answers(rows)


def move(
    issued_on: Annotated[date, day_argument("发证日", "Day of issue")],
    completed_on: Annotated[date | None, day_option("搬迁完成日", "Day on which the move is completed")] = None,
    part: Annotated[bool, typer.Option("--part", help=both("部分搬迁", "Only a part of the firm moves"))] = False,
    as_json: JsonOption = False,
) -> None:
    """A move to another recognising body: whether the certificate goes on.

    中文：跨认定机构区域搬迁：资格是否继续有效。

    $ tidu calculate move 2023-12-08 --completed-on 2026-12-08
    """
    from flows.terminal import calculators as calculators_view
    from service.queries.rules import calculators_titles

    rows = calculators_titles.move(issued_on, completed_on, not part)
    print_json(rows) if as_json else calculators_view.answers(rows)


def review(
    recognised_on: Annotated[date, day_argument("认定日", "Day of recognition")],
    update: Annotated[list[str] | None, typer.Option(help=both("信息更新日", "Days of the yearly updates"))] = None,
    on: DayOption = None,
    as_json: JsonOption = False,
) -> None:
    """A specialised SME: when it is reviewed, which updates were late.

    中文：专精特新、小巨人：何时复核，年度更新是否按期。

    $ tidu calculate review 2024-09-01 --update 2026-06-02 --on 2026-11-28
    """
    from flows.terminal import calculators as calculators_view
    from service.queries.rules import calculators_titles

    updates = [parse_plausible_day(text) for text in update or ()]
    rows = calculators_titles.review(recognised_on, updates, day_or_today(on))
    print_json(rows) if as_json else calculators_view.answers(rows)


def entry(
    announced_on: Annotated[date, day_argument("公告日", "Day of the announcement")],
    on: DayOption = None,
    founded_on: Annotated[date | None, day_option("成立日", "Day of founding")] = None,
    evaluated_on: Annotated[date | None, day_option("评价日", "Day of the evaluation")] = None,
    revoked_in: YearOption = None,
    fraud: Annotated[bool, typer.Option("--fraud", help=both("因弄虚作假撤销", "Revoked for fraud"))] = False,
    as_json: JsonOption = False,
) -> None:
    """An entry: whether it counts, its marker.

    中文：科技型中小企业登记编号：当日是否有效、标识、撤销后何时可再评价。

    $ tidu calculate entry 2025-10-20 --on 2026-01-01 --founded-on 2019-03-01 --evaluated-on 2025-05-31
    """
    from flows.terminal import calculators as calculators_view
    from service.queries.rules import calculators_titles

    revoked = (revoked_in, fraud) if revoked_in else None
    rows = calculators_titles.sme_entry(announced_on, day_or_today(on), founded_on, evaluated_on, revoked)
    print_json(rows) if as_json else calculators_view.answers(rows)


def number(
    text: Annotated[str, typer.Argument(help=both("证书编号或登记编号", "The number of a certificate or an entry"))],
    tax_year: Annotated[list[int] | None, typer.Option(help=both("税年", "Tax years"), min=2008, max=2100)] = None,
    as_json: JsonOption = False,
) -> None:
    """A number: its parts, and which tax years it supports.

    中文：编号含义：年份、地区、标识，可用于哪个税年。

    $ tidu calculate number 202244030508001234 --tax-year 2021
    """
    from flows.terminal import calculators as calculators_view
    from service.queries.rules import calculators_titles

    row = calculators_titles.number(text, tax_year or ())
    if as_json:
        print_json(row)
        return
    calculators_view.figures(row)
    calculators_view.answers(row["answers"])


COMMANDS = (certificate, change, move, review, entry, number)
