"""``tidu assign``: who owns a firm, by hand or by rule; hand-over, leave, and the firms nobody owns."""

from datetime import timedelta
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
    OfficerFirst,
    OnText,
    Reason,
    Version,
    Why,
    day_or_today,
    home_of,
    parse_day,
    parse_optional_day,
    signed,
    today,
)
from flows.commands.output import print_rows
from flows.terminal.help_text import both
from flows.terminal.language import language, of_both
from flows.terminal.markup import echo

app = typer.Typer(
    cls=FirmFirst,
    no_args_is_help=True,
    help=both(
        "分派：负责人与副手、规则、移交、休假、无人负责的企业。", "Assign owner and deputy, by rule, hand over, leave"
    ),
)
leave_app = typer.Typer(cls=OfficerFirst, no_args_is_help=True, help=both("休假与销假", "Leave, and its end"))
app.add_typer(leave_app, name="leave")
Away = Annotated[str, typer.Argument(help=both("谁休假", "Who is away"))]
Deputy = Annotated[str | None, typer.Option("--deputy", help=both("副手", "The deputy"))]
COLUMNS = ("firm_id", "name", "incubator", "park", "industry_code")
OWNED = ("firm_id", "name", "owner", "deputy", "acting", "since", "rule")


@app.command()
def firm(
    words: Firm,
    by: By,
    to: Annotated[str | None, typer.Option("--to", help=both("负责人", "The owner"))] = None,
    deputy: Deputy = None,
    by_rule: Annotated[bool, typer.Option("--rule", help=both("按分派规则", "By the rules of assignment.yml"))] = False,
    why: Reason = "",
    version: Version = None,
    request: FormNumber = None,
    home: HomeOption = None,
) -> None:
    """Give a firm to an owner: by name, or by the rules.

    中文：把一家企业交给负责人：--to 指名，或 --rule 按规则。

    $ tidu assign 91330108MA2B0000XX --to 王 --deputy 李 --by 赵
    """
    from flows.terminal.case import kept
    from service.decisions import assignments

    if (to is None) is not by_rule:
        raise typer.BadParameter(of_both("写 --to 或 --rule 之一", "give one of --to, --rule"))
    opened, who = home_of(home), signed(by, why or of_both("分派", "assigned"), version, request)
    if to is None:
        event = assignments.assign_by_rule(opened, words, who)
    else:
        event = assignments.assign(opened, words, assignments.Officers(to, deputy), who)
    kept([event])


@app.command("by-rule")
def by_rule(by: By, why: Reason = "", home: HomeOption = None) -> None:
    """Give every firm without an owner by the rules.

    中文：把无人负责的企业都按规则分派；规则在数据目录的 assignment.yml。

    $ tidu assign by-rule --by 赵
    """
    from service.decisions import assignments
    from service.queries.cases.owners import without_owner

    opened = home_of(home)
    events = assignments.assign_all_by_rule(opened, signed(by, why or of_both("按规则分派", "by the rules")))
    rest = len(without_owner(opened))
    echo(of_both(f"已分派 {len(events)} 家，{rest} 家无适用规则", f"{len(events)} assigned, no rule fits {rest}"))


@app.command("hand-over")
def hand_over(
    former: Annotated[str, typer.Option("--from", help=both("原负责人", "The former owner"))],
    to: Annotated[str, typer.Option("--to", help=both("接手人", "The new owner"))],
    by: By,
    why: Why,
    deputy: Deputy = None,
    only: Annotated[str | None, typer.Option("--firm", help=both("只移交这家企业", "This firm alone"))] = None,
    home: HomeOption = None,
) -> None:
    """Hand over the firms of an owner with what is open, which is listed.

    中文：移交名下企业，连同未结事项，并列出清单。

    $ tidu assign hand-over --from 王 --to 李 --by 赵 --why 王调离
    """
    from flows.terminal.case import handed_over
    from service.decisions import assignments
    from service.queries.cases.case_lists import open_of

    opened = home_of(home)
    events = assignments.hand_over(opened, former, assignments.Officers(to, deputy), signed(by, why), firm=only)
    handed_over(len(events), open_of(opened, {event.content["firm"] for event in events}, today()))


@leave_app.command("take")
def leave(
    officer: Away,
    first_on: Annotated[str, typer.Option("--from", help=both("起日", "First day"))],
    last_on: Annotated[str, typer.Option("--to", help=both("止日", "Last day"))],
    deputy: Annotated[str, typer.Option("--deputy", help=both("期间由谁代理", "Who acts meanwhile"))],
    by: By,
    why: Reason = "",
    request: FormNumber = None,
    home: HomeOption = None,
) -> None:
    """An officer is away and another acts; it ends by itself.

    中文：休假：期间由代理人办理，过期自动恢复。

    $ tidu assign leave 王 --from 2026-12-28 --to 2027-01-08 --deputy 李 --by 王
    """
    from flows.terminal.case import kept
    from service.decisions import assignments

    days = parse_day(first_on), parse_day(last_on)
    kept(
        [
            assignments.take_leave(
                home_of(home), officer, *days, deputy, signed(by, why or of_both("休假", "on leave"), request=request)
            )
        ]
    )


@leave_app.command("end")
def leave_end(
    officer: Away,
    by: By,
    last_on: Annotated[
        str | None,
        typer.Option("--last", help=both("休假末日", "Its last day"), show_default=both("昨天", "yesterday")),
    ] = None,
    why: Reason = "",
    version: Version = None,
    request: FormNumber = None,
    home: HomeOption = None,
) -> None:
    """A leave ends early; one that has not begun is taken back.

    中文：提前销假；尚未开始的即取消。

    $ tidu assign leave end 王 --by 王
    """
    from flows.terminal.case import kept
    from service.decisions import assignments

    last = parse_optional_day(last_on) or today() - timedelta(days=1)
    kept(
        [
            assignments.end_leave(
                home_of(home), officer, last, signed(by, why or of_both("销假", "back from leave"), version, request)
            )
        ]
    )


@app.command("without-owner")
def without_owner(form: FormatOption = Format.TABLE, home: HomeOption = None) -> None:
    """The firms that nobody owns.

    中文：无人负责的企业。

    $ tidu assign without-owner --format csv
    """
    from service.queries.cases.owners import without_owner
    from service.wording.rendering import park_name

    rows = [{**row, "park": park_name(row["division_code"], language())} for row in without_owner(home_of(home))]
    print_rows(rows, form, COLUMNS, f"{of_both('无人负责', 'without an owner')}: {len(rows)}")


@app.command("list")
def list_(
    owner: Annotated[str | None, typer.Option("--owner", help=both("只看这位负责人", "Of this owner"))] = None,
    on: OnText = None,
    form: FormatOption = Format.TABLE,
    home: HomeOption = None,
) -> None:
    """Who owns which firm, and who acts on a day.

    中文：谁负责哪家企业，当日由谁办理。

    $ tidu assign list --owner 王
    """
    from service.queries.cases.owners import owners, with_names

    opened = home_of(home)
    rows = with_names(opened, owners(opened, day_or_today(on), owner=owner))
    print_rows(rows, form, OWNED, f"{of_both('负责人', 'owners')}: {len(rows)}")
