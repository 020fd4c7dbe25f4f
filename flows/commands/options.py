"""Options and values that several commands share."""

from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.progress import say
from warehouse.errors import NoRelease
from warehouse.home import Home

if TYPE_CHECKING:
    from service.people.installation import People


class Format(StrEnum):
    """How a list is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


HomeOption = Annotated[
    Path | None,
    typer.Option("--home", help="数据目录 Where everything is kept [TIDU_HOME or ./data]"),
]
FormatOption = Annotated[Format, typer.Option("--format", help="table · csv · json")]
FrozenOption = Annotated[
    str | None,
    typer.Option("--frozen", help="按已冻结的月份回答，如 2026-06 Ask a frozen month, as 2026-06"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="供程序读取 For pipelines")]
By = Annotated[str, typer.Option("--by", help="谁决定 Who decides")]
Why = Annotated[str, typer.Option("--why", help="为什么 Why")]
Firm = Annotated[str, typer.Argument(help="信用代码、股票代码或全称 Credit code, stock code or full name")]
DayText = Annotated[str | None, typer.Option(help="按哪一天的规定 Any day [the release's]")]

_opened: list[Home] = []


def last_home() -> Home:
    """The home that the running command opened."""
    return _opened[-1] if _opened else Home.from_environment()


def home_of(chosen: Path | None, *, may_be_new: bool = False, frozen: str | None = None) -> Home:
    """The home named on the command line, else the one of the environment; problems of its releases are printed.

    With ``frozen`` the vintage of that month, which is a home too. Raises ``NoRelease`` where it does not exist, unless
    the command makes it.
    """
    from service.queries import releases

    home = Home(chosen.absolute()) if chosen else Home.from_environment()
    if not (may_be_new or home.exists()):
        raise NoRelease(
            f"{home.root} 不是数据目录（没有 releases/）；请用 --home 或 TIDU_HOME 指明，或先运行 tidu run\n"
            f"{home.root} is no home (it has no releases/): name it by --home or TIDU_HOME, or start with tidu run"
        )
    if frozen is not None:
        home = releases.frozen_home(home, frozen)
    _opened.append(home)
    problems = releases.problems(home)
    if problems is not None:
        say("[yellow]·[/yellow] " + "\n".join(problems))
    return home


def people_of(chosen: Path | None, *, may_be_new: bool = False) -> "People":
    """The accounts, tokens and accesses of a home; raises as ``home_of``."""
    from service.people.installation import People

    return People(home_of(chosen, may_be_new=may_be_new), lambda: datetime.now(UTC))


def parse_day(text: str) -> date:
    """A day written as 2026-06-30; anything else is wrong usage."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text}: 请写作 2026-06-30 write it as 2026-06-30") from error


def parse_optional_day(text: str | None) -> date | None:
    """As ``parse_day``; None where the option is left out."""
    return parse_day(text) if text else None
