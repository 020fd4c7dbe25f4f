"""``tidu odds``: how likely a firm reaches its next title and loses its present one within a year, and the record."""

from enum import StrEnum
from typing import Annotated, Any

import typer

from flows.commands import Command
from flows.commands.options import Format, FormatOption, HomeOption, home_of
from flows.commands.output import print_json, print_rows
from flows.terminal.help_text import both
from flows.terminal.language import of_both, text_of

COLUMNS = ("name", "kind_zh", "zh", "odds_pct", "range_pct", "like_firms", "basis_zh")
SCORES = (
    "kind_zh",
    "designation",
    "year",
    "firms",
    "events",
    "basis_zh",
    "brier",
    "brier_plain",
    "brier_rate",
    "brier_model",
)
BINS = (
    "kind_zh",
    "designation",
    "bin_from",
    "bin_to",
    "firms",
    "odds_mean",
    "observed",
    "observed_low",
    "observed_high",
)
WORDS = {
    "reach": ("取得", "reach"),
    "lose": ("失去", "lose"),
    "rate": ("同类", "like firms"),
    "model": ("模型", "model"),
}


class Kind(StrEnum):
    """Forecast of reaching a title, or of losing it."""

    REACH = "reach"
    LOSE = "lose"


def odds(
    firm: Annotated[
        str | None, typer.Argument(help=both("信用代码、股票代码或全称", "Credit code, stock code or full name"))
    ] = None,
    with_list: Annotated[bool, typer.Option("--list", help=both("全部企业", "All firms, the likeliest first"))] = False,
    with_record: Annotated[
        bool, typer.Option("--record", help=both("预测与实际", "What was forecast, what happened"))
    ] = False,
    kind: Annotated[Kind | None, typer.Option("--kind", help=both("取得 · 失去", "reach · lose"))] = None,
    designation: Annotated[
        str | None, typer.Option("--designation", help=both("称号代码", "A designation by its code"))
    ] = None,
    form: FormatOption = Format.TABLE,
    home: HomeOption = None,
) -> None:
    """Odds within twelve months, and their record.

    中文：十二个月内取得下一称号、失去现有称号的可能性，及历年预测与实际。

    $ tidu odds 91330108MA2B0000XX
    $ tidu odds --list --kind lose --designation hnte --format csv > odds.csv
    $ tidu odds --record
    """
    from service.queries.firm import odds as odds_query

    where = home_of(home)
    if with_record:
        _print_record(odds_query.record(where), form)
    elif with_list:
        print_rows(_worded(odds_query.listed(where, kind, designation), form), form, COLUMNS)
    elif firm is None:
        raise typer.BadParameter(of_both("请写企业，或用 --list、--record", "Name a firm, or use --list or --record"))
    else:
        _print_firm(odds_query.of_firm(where, firm), form)


def _print_firm(answer: dict[str, Any], form: Format) -> None:
    from flows.progress import say

    if form is Format.JSON:
        print_json(answer)
        return
    print_rows(_worded(answer["odds"], form), form, COLUMNS[1:])
    for row in answer["odds"] if form is Format.TABLE else ():
        if row["refused_reason"]:
            say(f"{text_of(row)}: {text_of(row, 'refused')}", "·")


def _print_record(answer: dict[str, Any], form: Format) -> None:
    from flows.progress import say

    if form is Format.JSON:
        print_json(answer)
        return
    print_rows(_worded(answer["scores"], form), form, SCORES)
    if form is Format.TABLE:
        print_rows(_worded(answer["bins"], form), form, BINS)
        for row in answer["bases"]:
            if row["refused_reason"]:
                kind = of_both(*WORDS[row["kind"]])
                say(f"{kind} {text_of(row)}: {text_of(row, 'refused')}", "·")


def _worded(rows: list[dict[str, Any]], form: Format) -> list[dict[str, Any]]:
    """For a person: percentages, and the words of kind and basis."""
    return rows if form is not Format.TABLE else [_words_of(row) for row in rows]


def _words_of(row: dict[str, Any]) -> dict[str, Any]:
    kind, basis = WORDS[row["kind"]], WORDS.get(row["basis"] or "", ("–", "–"))
    words = {"kind_zh": kind[0], "kind_en": kind[1], "basis_zh": basis[0], "basis_en": basis[1]}
    if row.get("odds") is None:
        return {**row, **words}
    return {**row, **words, "odds_pct": f"{row['odds']:.1%}", "range_pct": f"{row['low']:.1%}–{row['high']:.1%}"}


COMMANDS = (Command(odds, needs_words=True),)
