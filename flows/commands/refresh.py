"""Commands that bring data in: ``sample`` and ``run``."""

import json
import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.commands import Command
from flows.progress import say, step
from warehouse.errors import BadInput
from warehouse.home import Home

DEFAULT_PLACE = "CN"

HomeOption = Annotated[
    Path | None,
    typer.Option("--home", help="数据目录 Where everything is kept [TIDU_HOME or ./data]"),
]


_opened: list[Home] = []


def last_home() -> Home:
    """The home that the command at work chose."""
    return _opened[-1] if _opened else Home.from_environment()


def home_of(chosen: Path | None) -> Home:
    """The home named on the command line, else the one of the environment; what is wrong with its releases is told."""
    from warehouse.release import releases

    home = Home(chosen.absolute()) if chosen else Home.from_environment()
    _opened.append(home)
    told = releases.problems(home)
    if told is not None:
        say("[yellow]·[/yellow] " + "\n".join(told))
    return home


def parse_day(text: str) -> date:
    """A day written as 2026-06-30; anything else is wrong usage."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text}: 请写作 2026-06-30 write it as 2026-06-30") from error


def _years(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    if not (first.isdigit() and last.isdigit() and int(first) <= int(last)):
        raise typer.BadParameter(f"{text}: 请写作 2020-2025 write it as 2020-2025")
    return int(first), int(last)


def sample(
    out: Annotated[Path, typer.Option("--out", help="写到哪里 Where to write inbox/ and truth/")],
    firms: Annotated[int, typer.Option(min=10, help="企业数 How many firms")] = 5000,
    years: Annotated[str, typer.Option(help="统计年度 Statistical years")] = "2020-2025",
    seed: Annotated[int, typer.Option(help="随机种子 Same seed, same bytes")] = 7,
) -> None:
    """生成一个示例高新区的来件。Write a sample zone's files as they arrive in life.

    例 Example: tidu sample --firms 5000 --years 2020-2025 --seed 7 --out sample
    """
    from warehouse.sample import write_sample

    with step("生成示例文件", "write sample files"):
        write_sample(out, firms=firms, years=_years(years), seed=seed)
    say(f"{out}/inbox  {out}/truth")


def run(
    inbox: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, help="来件目录 The folder of delivered files"),
    ] = None,
    day: Annotated[str | None, typer.Option(help="评价日 The day the rules are asked about, as 2026-06-30")] = None,
    home: HomeOption = None,
    place: Annotated[str, typer.Option(help="属地 Whose editions come first", envvar="TIDU_PLACE")] = DEFAULT_PLACE,
    previous_day: Annotated[
        str | None,
        typer.Option(help="对比日 The day to compare with [the same date one year before]"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="供程序读取 For pipelines")] = False,
    as_known_on: Annotated[
        str | None,
        typer.Option(help="重建当时所知：时刻或期号，写到 --out What was known on a moment or by a run, into --out"),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="重建写到哪个文件 The file of the rebuilt warehouse")] = None,
) -> None:
    """收件、校验、评价、发布。Files in, a release out: whole or not at all.

    Exit codes: 3 some file was refused (the rest was published), 4 a check stopped publication.

    例 Example: tidu run --inbox inbox --day 2026-06-30 --place CN-3301
    """
    from flows.api.server import during_a_run
    from flows.plan import new_plan
    from flows.terminal import run as run_screen
    from flows.unchanged import nothing_new
    from service.queries import run_summary as run_question
    from warehouse.lock import writer
    from warehouse.release import releases

    where, now = home_of(home), datetime.now(UTC)
    days = tuple(parse_day(one) if one else None for one in (day, previous_day))
    if as_known_on is not None and out is not None:
        from flows.rebuild import rebuild

        with writer(where):
            typer.echo(rebuild(where, as_known_on, out.absolute(), place, now, (days[0], days[1])))
        return
    if as_known_on is not None or out is not None or inbox is None or days[0] is None:
        raise typer.BadParameter(
            "请给出 --inbox 与 --day，或 --as-known-on 与 --out  give --inbox and --day, or --as-known-on and --out"
        )
    plan = new_plan(where.root, inbox, days[0], place, now, days[1])
    with writer(where):
        releases.tidy(where)
        if nothing_new(plan):
            say("没有新文件，未作改动 Nothing new: nothing was changed.")
        else:
            with during_a_run(where):
                from flows.refresh import refresh_zone

                refresh_zone(plan.inbox, plan.root, place, plan.day, plan.previous_day)
    facts = run_question.collect(where, plan.inbox)
    typer.echo(json.dumps(facts, ensure_ascii=False, default=str)) if as_json else run_screen.show(facts)
    if facts["refused"]:
        raise BadInput(f"{len(facts['refused'])} 个文件被拒收，其余已发布 files were refused, the rest is published.")
    os.sync()


COMMANDS = (Command(sample, needs_words=True), Command(run, needs_words=True))
