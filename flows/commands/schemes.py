"""Commands of the points schemes (创新积分): ``score`` and ``schemes``."""

from typing import Annotated

import typer

from flows.commands import Command
from flows.commands.explain import Format, JsonOption, print_csv, print_json
from flows.commands.refresh import HomeOption, home_of
from flows.terminal.table import table
from warehouse.errors import BadInput


def score(
    scheme: Annotated[str, typer.Option(help="方案 A scheme such as example/2026, or the file of a draft")],
    firm: Annotated[
        str | None, typer.Argument(help="信用代码、股票代码或全称 Credit code, stock code or full name")
    ] = None,
    against: Annotated[str | None, typer.Option(help="与另一家企业相比 Another firm to compare with")] = None,
    everybody: Annotated[bool, typer.Option("--all", help="全部企业 All firms, the highest first")] = False,
    form: Annotated[Format, typer.Option("--format", help="table · csv · json")] = Format.TABLE,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """创新积分：总分（缺数给区间）与逐项得分。Innovation points: the total (a range if figures miss), its parts.

    例 Example: tidu score 91330108MA2B0000XX --scheme example/2026 · tidu score --all --scheme example/2026
    例 Example: tidu score 甲公司 --against 乙公司 --scheme example/2026
    """
    from flows.terminal import scores as scoring_screen
    from service.queries import scores

    if everybody == (firm is not None) or (everybody and against is not None):
        raise BadInput("请给出一家企业，或 --all", "name a firm, or say --all")
    form = Format.JSON if as_json else form
    if firm is not None and against is not None:
        comparison = scores.compared(home_of(home), (firm, against), scheme)
        print_json(comparison) if form is Format.JSON else scoring_screen.comparison(comparison)
        return
    if firm is not None:
        row = scores.of_firm(home_of(home), firm, scheme)
        print_json(row) if form is Format.JSON else scoring_screen.score(row)
        return
    described, rows = scores.of_all(home_of(home), scheme)
    if form is Format.JSON:
        print_json(rows)
    elif form is Format.CSV:
        print_csv(rows)
    else:
        scoring_screen.scores(rows, described)


def schemes(as_json: JsonOption = False) -> None:
    """有哪些创新积分方案，是否载有权重。Which points schemes there are, and whether their weights are loaded.

    例 Example: tidu schemes
    """
    from service.queries import scores

    known = scores.schemes()
    columns = ("scheme_id", "title_zh", "in_force_from", "in_force_to", "has_weights", "is_example", "confidence")
    print_json(known) if as_json else table(known, columns)


COMMANDS = (Command(score, needs_words=True), Command(schemes))
