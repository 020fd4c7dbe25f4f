"""``tidu run``: files in, a release out; or a past release rebuilt."""

import json
import os
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from flows.commands import Command
from flows.commands.options import HomeOption, JsonOption, home_of, parse_optional_day
from flows.terminal.help_text import both
from flows.terminal.language import of_both
from service.releases.published_here import published_here
from tiers.messages.counted import counted
from warehouse.errors import BadInput
from warehouse.home import Home


def run(
    inbox: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, help=both("来件目录", "The folder of delivered files")),
    ] = None,
    day: Annotated[
        str | None, typer.Option(help=both("评价日，如 2026-06-30", "The day the rules are asked about, as 2026-06-30"))
    ] = None,
    home: HomeOption = None,
    place: Annotated[
        str | None,
        typer.Option(
            help=both("属地：代码或名称", "Whose editions come first: a code or name"),
            show_default=both("上一期的", "the last release's"),
            envvar="TIDU_PLACE",
        ),
    ] = None,
    previous_day: Annotated[
        str | None,
        typer.Option(
            help=both("对比日", "The day to compare with"),
            show_default=both("上一年同日", "the same date one year before"),
        ),
    ] = None,
    even_so: Annotated[
        bool,
        typer.Option(
            "--even-so",
            help=both(
                "评价日异常、更换属地或变动过多时仍照办", "Accept an unlikely day, another place, however many changes"
            ),
        ),
    ] = False,
    as_json: JsonOption = False,
    as_known_on: Annotated[
        str | None,
        typer.Option(
            help=both("重建当时所知：时刻或期号，写到 --out", "What was known on a moment or by a run, into --out")
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help=both("重建写到哪个文件", "The file of the rebuilt warehouse"))
    ] = None,
    zones: Annotated[
        str | None,
        typer.Option(
            help=both(
                "zones.yml 所列的高新区：all 或代码，以逗号分隔", "Zones of zones.yml: all, or codes between commas"
            )
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            min=1,
            help=both(
                "几个进程同时办各区，或一个大区的各桶", "Processes that share the zones, or the buckets of a large one"
            ),
            show_default=both("依次办理", "one after another"),
        ),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(help=both("Dask 集群的地址，如 tls://host:8786", "Address of a Dask cluster, as tls://host:8786")),
    ] = None,
    buckets: Annotated[
        int | None,
        typer.Option(
            min=1,
            help=both("企业分几桶评价，结果相同", "Buckets in which firms are classified, with the same result"),
            show_default=both("按企业多少", "by size"),
        ),
    ] = None,
) -> None:
    """Files in, a release out: whole or not at all.

    Exit codes: 3 some file was refused (the rest was published), 4 a check stopped publication, 7 the release is held
    for a decision (tidu release).

    With --zones every zone of zones.yml has its own inbox, place and release; one that fails stops no other (exit 3).

    Many firms are classified in buckets, which bounds the memory of classifying; --workers shares the buckets
    among processes. The rows are those of a zone classified as a whole.

    中文：收件、校验、评价、发布。

    退出码：3 有文件被拒收，其余已发布；4 校验未过，未发布；7 待定，见 tidu release。

    用 --zones 时，zones.yml 所列各区有各自的来件、属地和发布，一区出错不影响其他区（退出码 3）。

    企业众多时分桶评价，评价所用内存以一桶为限；--workers 由几个进程分担各桶。结果与整区评价逐行相同。

    $ tidu run --inbox inbox --day 2026-06-30 --place CN-3301
    $ tidu run --zones all --workers 2 --day 2026-06-30
    $ tidu run --inbox inbox --day 2026-06-30 --place CN-3301 --buckets 8 --workers 2
    """
    from flows import job
    from flows.terminal import run as run_view

    opened = home_of(home, may_be_new=True)
    days = parse_optional_day(day), parse_optional_day(previous_day)
    if zones is not None and days[0] is not None:
        _run_zones(opened, zones, days[0], days[1], even_so, (workers, scheduler), as_json, buckets)
        return
    if as_known_on is not None and out is not None:
        typer.echo(job.rebuild_past(opened, as_known_on, out.absolute(), place, days))
        return
    if as_known_on is not None or out is not None or inbox is None or days[0] is None:
        raise typer.BadParameter(
            of_both(
                "请给出 --inbox 与 --day，或 --as-known-on 与 --out",
                "give --inbox and --day, or --as-known-on and --out",
            )
        )
    if scheduler is not None:
        raise typer.BadParameter(
            of_both(
                "--scheduler 须与 --zones 同用；只有一个区，也可列入 zones.yml",
                "--scheduler goes with --zones; zones.yml may list a single zone",
            )
        )
    before = published_here()
    summary = job.refresh(opened, inbox, days[0], place, days[1], even_so, (buckets, workers))
    typer.echo(json.dumps(summary, ensure_ascii=False, default=str)) if as_json else run_view.show(summary)
    if refused := len(summary["refused"]):
        raise _refused(refused, is_published=published_here() != before)
    os.sync()


def _refused(files: int, *, is_published: bool) -> BadInput:
    """What became of the other files: a run over nothing new publishes none."""
    zh, en = ("其余已发布", "the rest is published") if is_published else ("其余没有变化", "nothing else is new")
    return BadInput(f"{files} 个文件被拒收，{zh}", f"{counted(files, 'file was', 'files were')} refused, {en}.")


def _run_zones(
    home: Home,
    zones: str,
    day: date,
    previous_day: date | None,
    even_so: bool,
    engine: tuple[int | None, str | None],
    as_json: bool,
    buckets: int | None,
) -> None:
    from flows import job
    from flows.commands.output import print_json
    from flows.terminal import zone_runs as view
    from flows.zones.run_zone import ZonesPlan, require_done

    codes = [code.strip() for code in zones.split(",") if code.strip()]
    plan = ZonesPlan(home.root, day, previous_day, even_so, buckets)
    runs = job.refresh_zones(home, codes, plan, *engine)
    rows = [vars(run) for run in runs]
    print_json(rows) if as_json else view.runs(rows, lambda code: plan.home_of(code).root)
    os.sync()
    require_done(runs)


COMMANDS = (Command(run, needs_words=True),)
