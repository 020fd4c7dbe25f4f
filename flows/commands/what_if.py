"""Commands that try something out and change nothing: ``step``, ``what-if``, ``impact``."""

from typing import Annotated

import typer

from flows.commands import Command
from flows.commands.explain import JsonOption, print_json
from flows.commands.refresh import HomeOption, home_of, parse_day


def what_if(
    firm: Annotated[str, typer.Argument(help="信用代码、股票代码或全称 Credit code, stock code or full name")],
    changes: Annotated[list[str], typer.Argument(help="名称=值 name=value, such as revenue_y0=5200万元")],
    day: Annotated[str | None, typer.Option(help="按哪一天的规定 Any day [the release's]")] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """换几个数会怎样：各项规定的结论前后对照。What would be with other figures, edition by edition.

    例 Example: tidu what-if 91330108MA2B0000XX revenue_y0=5200万元 rd_hnte_y0=300万元
    """
    from flows.terminal import what_if as trial_screen
    from service.queries import what_if

    found = what_if.what_if(home_of(home), firm, changes, parse_day(day) if day else None)
    print_json(found) if as_json else trial_screen.what_if(found)


def impact(
    first: Annotated[str, typer.Argument(help="版本或草案文件 An edition, such as gazelle/CN/2022, or a draft's file")],
    second: Annotated[str, typer.Argument(help="另一版本或草案文件 Another edition, or the file of a draft")],
    with_all: Annotated[bool, typer.Option("--all", help="连同不变的企业 With the firms that do not change")] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """换一个版本，全区企业谁得谁失，因为哪一条。Who gains and who loses under another edition, and by which condition.

    例 Example: tidu impact gazelle/CN/2022 gazelle/CN-32/2024
    例 Example: tidu impact gazelle/CN/2022 drafts/gazelle/CN/2027.yml --json
    """
    from flows.terminal import what_if as trial_screen
    from service.queries import impact as impacts

    found = impacts.impact(home_of(home), first, second, with_all)
    print_json(found) if as_json else trial_screen.impact(found)


def step(
    firm: Annotated[str, typer.Argument(help="信用代码、股票代码或全称 Credit code, stock code or full name")],
    designation: Annotated[str, typer.Argument(help="哪一类 A designation, such as gazelle")],
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """最小的下一步：哪些数要变到多少才达到。The smallest step: which figures must change, to how much.

    例 Example: tidu step 91330108MA2B0000XX gazelle
    """
    from flows.terminal import what_if as trial_screen
    from service.queries import what_if

    found = what_if.step(home_of(home), firm, designation)
    print_json(found) if as_json else trial_screen.step(found)


COMMANDS = (Command(step, needs_words=True), Command(what_if, needs_words=True), Command(impact, needs_words=True))
