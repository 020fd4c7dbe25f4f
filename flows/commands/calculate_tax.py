"""Commands of ``calculate`` about tax and applying: R&D deducted, income tax, manufacturers, staff, reference years."""

from datetime import date
from typing import Annotated

import typer

from flows.commands.calculate_days import day_argument, day_option, plausible_year
from flows.commands.options import JsonOption
from flows.commands.output import print_json
from flows.terminal.help_text import both

Year = Annotated[int, typer.Option(help=both("年度", "The year"), callback=plausible_year)]
Certified = Annotated[bool, typer.Option("--certified", help=both("持有高企证书", "Holds a high-tech certificate"))]


def tax_rd(
    projects: Annotated[
        list[str], typer.Argument(help=both("每个项目 五类费用,其他费用", "main,other of each project"))
    ],
    year: Year,
    abroad: Annotated[str | None, typer.Option(help=both("委托境外费用", "Paid for R&D outsourced abroad"))] = None,
    as_json: JsonOption = False,
) -> None:
    """R&D deducted on top: the cap of other costs, R&D done abroad.

    中文：加计扣除口径研发费用：其他费用限额、委托境外限额。

    $ tidu calculate tax-rd 88万元,12万元 84万元,8万元 --year 2023 --abroad 30万元
    """
    from flows.terminal import calculators as calculators_view
    from service.queries.rules import calculators_tax

    rows = calculators_tax.rd_base(projects, year, abroad)
    print_json(rows) if as_json else calculators_view.answers(rows)


def manufacturing(
    month: Annotated[date, day_argument("当月任一日", "A day of the month")],
    share: Annotated[
        str | None, typer.Option(help=both("制造业收入占比", "Share of manufacturing, such as 55%"))
    ] = None,
    certified: Annotated[bool | None, typer.Option(help=both("持有高企证书", "Holds a high-tech certificate"))] = None,
    listed: Annotated[bool | None, typer.Option(help=both("在省级名单", "Is on the provincial list"))] = None,
    input_vat: Annotated[str | None, typer.Option(help=both("当期可抵扣进项税额", "Input VAT of the month"))] = None,
    as_json: JsonOption = False,
) -> None:
    """A manufacturer for R&D and for VAT.

    中文：是否制造业企业（研发加计），可否享受先进制造业加计抵减。

    $ tidu calculate manufacturing 2024-06-01 --share 55% --certified --listed --input-vat 100万元
    """
    from flows.terminal import calculators as calculators_view
    from service.queries.rules import calculators_tax

    rows = calculators_tax.manufacturing(share, month, certified, listed, input_vat)
    print_json(rows) if as_json else calculators_view.answers(rows)


def income_tax(
    income: Annotated[str, typer.Argument(help=both("应纳税所得额", "Taxable income, such as 300万元"))],
    assets: Annotated[str, typer.Option(help=both("资产总额季平均", "Mean total assets"))],
    staff: Annotated[int, typer.Option(help=both("从业人数季平均", "Mean staff"), min=0)],
    year: Year,
    certified: Certified = False,
    restricted: Annotated[
        bool, typer.Option("--restricted", help=both("限制或禁止行业", "A restricted industry"))
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Income tax: the least of standard, high-tech and small-firm rates.

    中文：企业所得税：标准、高企、小型微利中最低者。

    $ tidu calculate income-tax 300万元 --assets 5000万元 --staff 300 --year 2026 --certified
    """
    from flows.terminal import calculators as calculators_view
    from service.queries.rules import calculators_tax

    row = calculators_tax.income(year, (income, assets), staff, certified, restricted)
    print_json(row) if as_json else calculators_view.figures(row)


def transfer(
    income: Annotated[str, typer.Argument(help=both("应纳税所得额", "Taxable income, such as 1000万元"))],
    transferred: Annotated[str, typer.Argument(help=both("其中技术转让所得", "Of which from transferring technology"))],
    certified: Certified = False,
    as_json: JsonOption = False,
) -> None:
    """Income tax where a part of the income is from transferring technology.

    中文：有技术转让所得时的企业所得税。

    $ tidu calculate transfer 1000万元 700万元 --certified
    """
    from flows.terminal import calculators as calculators_view
    from service.queries.rules import calculators_tax

    row = calculators_tax.transfer(income, transferred, certified)
    print_json(row) if as_json else calculators_view.figures(row)


def person(
    kind: Annotated[
        str, typer.Argument(help=both("在职、兼职、临时聘用", "Regular, part-time or temporary, in Chinese"))
    ],
    year: Year,
    days: Annotated[
        int | None, typer.Option(help=both("全年工作天数", "Days worked in the year"), min=0, max=366)
    ] = None,
    months: Annotated[
        int | None, typer.Option(help=both("全年工作月数", "Months worked in the year"), min=0, max=12)
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Whether a person counts as staff and as technical staff.

    中文：一名人员是否计入职工总数、科技人员。

    $ tidu calculate person 兼职 --days 183 --months 6 --year 2025
    """
    from flows.terminal import calculators as calculators_view
    from service.queries.rules import calculators_tax

    rows = calculators_tax.person(kind, days, months, year)
    print_json(rows) if as_json else calculators_view.answers(rows)


def years(
    applied_on: Annotated[date, day_argument("申请日", "Day of applying")],
    founded_on: Annotated[date | None, day_option("成立日", "Day of founding")] = None,
    as_json: JsonOption = False,
) -> None:
    """The accounting years and the days that an application looks back on.

    中文：近三个会计年度与申请前一年内。

    $ tidu calculate years 2026-06-20 --founded-on 2024-09-15
    """
    from flows.terminal import calculators as calculators_view
    from service.queries.rules import calculators_tax

    rows = calculators_tax.years(applied_on, founded_on)
    print_json(rows) if as_json else calculators_view.answers(rows)


COMMANDS = (tax_rd, manufacturing, income_tax, transfer, person, years)
