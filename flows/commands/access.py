"""``tidu access``: who signed in, looked at a firm, edited or took files away; and whether the list is whole."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from flows.commands.options import HomeOption, JsonOption, parse_optional_day, people_of
from flows.commands.output import print_json
from flows.terminal.help_text import both
from flows.terminal.language import language, of_both
from flows.terminal.markup import echo
from flows.terminal.table import table
from tiers.messages.counted import counted

app = typer.Typer(no_args_is_help=True)

COLUMNS = ("seq", "at", "who", "role", "what", "subject")
BROKEN = 5
"""The exit code where the list was changed."""


@app.callback()
def access() -> None:
    """The list of accesses: append-only, each entry chained to the one before.

    中文：访问记录：只增不改，逐条相连。
    """


@app.command("list")
def list_accesses(
    who: Annotated[str | None, typer.Option(help=both("谁", "Who"))] = None,
    kind: Annotated[str | None, typer.Option(help="signed_in · viewed · edited · exported …")] = None,
    since: Annotated[str | None, typer.Option(help=both("从哪天起", "From this day on"))] = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help=both("最多几条", "How many at most"))] = 100,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """The newest accesses, newest first.

    中文：最近的访问，新的在前。

    $ tidu access list --kind signed_in
    $ tidu access list --who 王伟 --since 2026-06-01
    """
    entries = people_of(home).accesses.entries(who=who, kind=kind, since=parse_optional_day(since), limit=limit)
    if as_json:
        print_json(entries)
        return
    if entries:
        table([_for_people(entry) for entry in entries], COLUMNS)
    else:
        echo(of_both("没有这样的记录", "there is no such entry"))


def _for_people(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Codes in words, the moment in the time of the zone."""
    from service.people.access import KINDS
    from service.people.access_words import subject_words
    from service.scope import roles
    from service.wording.shown_moments import minute

    kind, role = entry["kind"], roles().get(entry["role"])
    return {
        **entry,
        "at": minute(entry["at"]),
        "what": of_both(*KINDS[kind]) if kind in KINDS else kind,
        "role": getattr(role, language()) if role else entry["role"],
        "subject": subject_words(entry["subject"], language()),
    }


@app.command()
def verify(home: HomeOption = None) -> None:
    """Check every entry against the chain; names the first that does not fit.

    中文：逐条核对，第一条不符的编号。

    $ tidu access verify
    """
    count, fault = people_of(home).accesses.verify()
    if fault is None:
        echo(of_both(f"{count} 条，完整", f"{counted(count, 'entry', 'entries')}, whole"))
        return
    echo(of_both(f"✗ 第 {fault.seq} 条：{fault.zh}", f"✗ no. {fault.seq}: {fault.en}"), err=True)
    raise typer.Exit(BROKEN)
