"""``tidu sample``: the files of an invented zone, to try everything on."""

from pathlib import Path
from typing import Annotated

import typer

from flows.commands import Command
from flows.progress import say, step
from flows.terminal.help_text import both
from flows.terminal.language import of_both


def _years(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    if not (first.isdigit() and last.isdigit() and int(first) <= int(last)):
        raise typer.BadParameter(of_both(f"{text}：请写作 2020-2025", f"{text}: write it as 2020-2025"))
    return int(first), int(last)


def sample(
    out: Annotated[Path, typer.Option("--out", help=both("写到哪里", "Where to write inbox/ and truth/"))],
    firms: Annotated[int, typer.Option(min=10, help=both("企业数", "How many firms"))] = 5000,
    years: Annotated[str, typer.Option(help=both("统计年度", "Statistical years"))] = "2020-2025",
    seed: Annotated[int, typer.Option(help=both("随机种子", "Same seed, same bytes"))] = 7,
    signals: Annotated[
        int, typer.Option(min=0, help=both("每种信号与变化另加几家", "Firms planted for each signal"))
    ] = 2,
) -> None:
    """Write a sample zone's files as they arrive in life.

    中文：生成一个示例高新区的来件。

    $ tidu sample --firms 5000 --years 2020-2025 --seed 7 --out sample
    """
    from warehouse.sample import write_sample

    with step("生成示例文件", "write sample files"):
        write_sample(out, firms=firms, years=_years(years), seed=seed, signals=signals)
    say(f"{out}/inbox  {out}/truth")


COMMANDS = (Command(sample, needs_words=True),)
