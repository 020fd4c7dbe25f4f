"""``tidu score``: points by a scheme, of one firm, of two compared, or of all."""

from typing import Annotated

import typer

from flows.commands import Command
from flows.commands.options import Format, FormatOption, HomeOption, JsonOption, home_of
from flows.commands.output import print_csv, print_json
from flows.terminal.help_text import both
from warehouse.errors import BadInput


def score(
    scheme: Annotated[str, typer.Option(help=both("方案", "A scheme such as example/2026, or the file of a draft"))],
    firm: Annotated[
        str | None, typer.Argument(help=both("信用代码、股票代码或全称", "Credit code, stock code or full name"))
    ] = None,
    against: Annotated[str | None, typer.Option(help=both("与另一家企业相比", "Another firm to compare with"))] = None,
    everybody: Annotated[bool, typer.Option("--all", help=both("全部企业", "All firms, the highest first"))] = False,
    form: FormatOption = Format.TABLE,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Innovation points: the total (a range if figures miss), its parts.

    中文：创新积分：总分（缺数给区间）与逐项得分。

    $ tidu score 91330108MA2B0000XX --scheme example/2026
    $ tidu score --all --scheme example/2026
    $ tidu score 甲公司 --against 乙公司 --scheme example/2026
    """
    from flows.terminal import scores as scores_view
    from service.queries.rules import scores

    if everybody == (firm is not None) or (everybody and against is not None):
        raise BadInput("请给出一家企业，或 --all", "name a firm, or say --all")
    form = Format.JSON if as_json else form
    if firm is not None and against is not None:
        comparison = scores.compared(home_of(home), (firm, against), scheme)
        print_json(comparison) if form is Format.JSON else scores_view.comparison(comparison)
        return
    if firm is not None:
        answer = scores.of_firm(home_of(home), firm, scheme)
        print_json(answer) if form is Format.JSON else scores_view.score(answer)
        return
    described, rows = scores.of_all(home_of(home), scheme)
    if form is Format.JSON:
        print_json(rows)
    elif form is Format.CSV:
        print_csv(rows)
    else:
        scores_view.scores(rows, described)


COMMANDS = (Command(score, needs_words=True),)
