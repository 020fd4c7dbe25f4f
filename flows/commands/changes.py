"""The command that compares two releases: ``changes``."""

from typing import Annotated

import typer

from flows.commands import Command
from flows.commands.explain import Format, print_csv, print_json
from flows.commands.refresh import HomeOption, home_of
from flows.terminal.table import table
from warehouse.errors import BadInput

SHOWN = ("kind", "name", "year", "what", "before", "after", "why_zh", "source")


def changes(
    first: Annotated[str | None, typer.Argument(help="先一期 The earlier run [the last but one]")] = None,
    second: Annotated[str | None, typer.Argument(help="后一期 The later run [the current one]")] = None,
    kind: Annotated[str | None, typer.Option(help="只看 figure · title · firm · fact · verdict Only one kind")] = None,
    form: Annotated[Format, typer.Option("--format", help="table · csv · json")] = Format.TABLE,
    as_json: Annotated[bool, typer.Option("--json", help="供程序读取 For pipelines")] = False,
    home: HomeOption = None,
) -> None:
    """两期之间变了什么，为什么。What changed between two runs, and why: figures, titles, firms, facts, verdicts.

    例 Example: tidu changes --kind figure --format csv > changes.csv
    """
    from warehouse.release import releases
    from warehouse.release.changes import changes as changes_between

    where = home_of(home)
    known = [one.run_id for one in releases.releases(where)]
    if first is None and len(known) < 2:
        raise BadInput("只有一期，无可比较", "there is only one release, nothing to compare with")
    runs = (first or known[1], second or known[0])
    before, after = (releases.of_run(where, run) for run in runs)
    rows = [row for row in changes_between(before, after) if kind in (None, row["kind"])]
    if as_json or form is Format.JSON:
        print_json(rows)
    elif form is Format.CSV:
        print_csv(rows)
    else:
        table(rows, SHOWN, f"{runs[0]} → {runs[1]}: {len(rows)}")


COMMANDS = (Command(changes),)
