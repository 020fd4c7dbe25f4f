"""Options and values that several commands share."""

from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from flows.progress import say
from flows.terminal.help_text import both
from flows.terminal.language import language, of_both
from flows.terminal.localized_commands import LocalizedGroup
from warehouse.errors import NoRelease
from warehouse.home import Home

if TYPE_CHECKING:
    from service.decisions.signed import Signed
    from service.people.installation import People


class Format(StrEnum):
    """How a list is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class Lang(StrEnum):
    """The language of what is written for others."""

    ZH = "zh"
    EN = "en"


HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home",
        help=both("数据目录", "Where everything is kept"),
        show_default=both("TIDU_HOME 或 ./data", "TIDU_HOME or ./data"),
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", help="table · csv · json")]
FrozenOption = Annotated[
    str | None,
    typer.Option("--frozen", help=both("按已冻结的月份回答，如 2026-06", "Ask a frozen month, as 2026-06")),
]
LangOption = Annotated[
    Lang | None,
    typer.Option(
        "--lang", help=both("语言", "Language: zh, en"), show_default=both("终端的语言", "that of the terminal")
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help=both("供程序读取", "For pipelines"))]
By = Annotated[str, typer.Option("--by", help=both("谁决定", "Who decides"))]
Why = Annotated[str, typer.Option("--why", help=both("为什么", "Why"))]
Reason = Annotated[str, typer.Option("--why", show_default=False, help=both("为什么；可不写", "Why; may be left out"))]
Version = Annotated[
    int | None,
    typer.Option("--version", min=0, help=both("所见的版本，已变则不保存", "The version seen: kept only if newest")),
]
FormNumber = Annotated[
    str | None,
    typer.Option("--request", help=both("表单号，重复提交只记一次", "Number of the form: sent twice, kept once")),
]
OnText = Annotated[
    str | None,
    typer.Option("--on", help=both("哪一天，如 2026-06-30", "Which day"), show_default=both("今天", "today")),
]
Officer = Annotated[str | None, typer.Option("--officer", help=both("只看这位专员的", "Of this officer"))]
WithEnded = Annotated[bool, typer.Option("--all", help=both("含已办结的", "With what is over"))]
Number = Annotated[str, typer.Argument(metavar="NUMBER", help=both("编号，见 list", "Its number, see list"))]
Firm = Annotated[str, typer.Argument(help=both("信用代码、股票代码或全称", "Credit code, stock code or full name"))]
DayText = Annotated[
    str | None, typer.Option(help=both("按哪一天的规定", "Any day"), show_default=both("该期的", "the release's"))
]


class FirmFirst(LocalizedGroup):
    """``tidu case FIRM`` beside ``tidu case undo …``: what is no command is a firm, of the command ``firm``."""

    unnamed = "firm"
    """The command that is run where none is named."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The arguments, with the command that was left out."""
        if args and args[0] not in {*self.commands, "-h", "--help"}:
            args = [self.unnamed, *args]
        return super().parse_args(ctx, args)


class OfficerFirst(FirmFirst):
    """``tidu assign leave 王 …`` beside ``tidu assign leave end 王``."""

    unnamed = "take"


_opened: list[Home] = []


class Process:
    """What commands may take for granted of their process."""

    ends_with_command = False
    """True where nothing else follows the command, as ``flows.__main__`` states it; not in tests."""


def last_home() -> Home:
    """The home that the running command opened."""
    return _opened[-1] if _opened else Home.from_environment()


def home_of(
    chosen: Path | None, *, may_be_new: bool = False, frozen: str | None = None, is_read_here: bool = True
) -> Home:
    """The home named on the command line, else the one of the environment; problems of its releases are printed.

    With ``frozen`` the vintage of that month, which is a home too. Raises ``NoRelease`` where it does not exist, unless
    the command makes it. ``is_read_here``: not by processes that are forked from this one.
    """
    from service.queries.release import releases

    home = Home(chosen.absolute()) if chosen else Home.from_environment()
    if not (may_be_new or home.exists()):
        raise NoRelease(
            f"{home.root} 不是数据目录（没有 releases/）；请用 --home 或 TIDU_HOME 指明，或先运行 tidu run",
            f"{home.root} is no home (it has no releases/): name it by --home or TIDU_HOME, or start with tidu run",
        )
    if frozen is not None:
        home = releases.frozen_home(home, frozen)
    _opened.append(home)
    if Process.ends_with_command and is_read_here and not may_be_new:
        releases.leave_newest_open(home)
    problems = releases.problems(home)
    if problems is not None:
        say("\n".join(problems), "·")
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
        raise typer.BadParameter(of_both(f"{text}：请写作 2026-06-30", f"{text}: write it as 2026-06-30")) from error


def parse_optional_day(text: str | None) -> date | None:
    """As ``parse_day``; None where the option is left out."""
    return parse_day(text) if text else None


def today() -> date:
    """The day, in the time of the zone."""
    from service.wording.shown_moments import local_day

    return local_day(datetime.now(UTC))


def day_or_today(text: str | None) -> date:
    """As ``parse_day``; today where the option is left out."""
    return parse_day(text) if text else today()


def signed(by: str, why: str, version: int | None = None, request: str | None = None) -> "Signed":
    """Who decides now, why, on what version, under which form."""
    from service.decisions.signed import Signed

    return Signed(by, why, datetime.now(UTC), version, request)


def lang_of(chosen: Lang | None) -> Literal["zh", "en"]:
    """The language of what is written: the one chosen, else that of the terminal."""
    return chosen.value if chosen else language()
