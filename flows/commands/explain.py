"""Commands that look at what is published and at the rules, and change nothing."""

import csv
import json
import sys
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any

import typer

from flows.commands import Command
from flows.commands.refresh import DEFAULT_PLACE, HomeOption, home_of, parse_day
from flows.terminal.table import table

JsonOption = Annotated[bool, typer.Option("--json", help="供程序读取 For pipelines")]


class Format(StrEnum):
    """How a list is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def movers(
    up: Annotated[bool, typer.Option("--up", help="上升 Moving up")] = False,
    stalling: Annotated[bool, typer.Option("--stalling", help="停滞 Stalling")] = False,
    at_risk: Annotated[bool, typer.Option("--at-risk", help="有风险 At risk")] = False,
    form: Annotated[Format, typer.Option("--format", help="table · csv · json")] = Format.TABLE,
    home: HomeOption = None,
) -> None:
    """谁在上升、停滞、有风险，为什么。Who is moving, and why.

    例 Example: tidu movers --up --format csv > up.csv
    """
    from warehouse.release import releases

    chosen = [name for name, wanted in (("up", up), ("stalling", stalling), ("at_risk", at_risk)) if wanted]
    rows = releases.Published(home_of(home)).rows(
        "select firm_id, name, held, met, eligible, movement, reason_zh, reason_en, next_designation,"
        " next_condition_zh, next_condition_en, next_gap, next_gap_unit, due_on from mart_movers__firms"
        " where len($1) = 0 or list_contains($1, movement) order by movement, held_rank desc, firm_id",
        [chosen],
    )
    if form is Format.JSON:
        print_json(rows)
    elif form is Format.CSV:
        print_csv(rows)
    else:
        table(rows, ("name", "held", "met", "movement", "reason_zh", "next_condition_zh", "due_on"))


def explain(
    firm: Annotated[str, typer.Argument(help="信用代码、股票代码或全称 Credit code, stock code or full name")],
    designation: Annotated[str | None, typer.Option(help="只看一类 One designation, such as gazelle")] = None,
    day: Annotated[str | None, typer.Option(help="按哪一天的规定 Any day [the release's]")] = None,
    as_known_on: Annotated[
        str | None,
        typer.Option(help="按当时所知：期号，或时刻（重建后再答） As known by a run, or on a moment (rebuilt first)"),
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """逐条说明：实际值、要求、差距、条款、来源。Each condition: value, required, gap, clause, source row.

    例 Example: tidu explain 91330108MA2B0000XX --designation gazelle

    tidu explain 91330108MA2B0000XX --as-known-on 2026-05-01T12:00
    """
    from flows.terminal import firm as firm_screen
    from service.queries import evidence
    from warehouse.release import releases

    wanted: date | None = parse_day(day) if day else None
    where = home_of(home)
    if as_known_on is None:
        found = evidence.of_firm(releases.Published(where), firm, designation, wanted)
    else:
        from flows.rebuild import known_on

        with known_on(where, as_known_on, DEFAULT_PLACE, datetime.now(UTC)) as then:
            found = evidence.of_release(then, firm, designation, wanted)
    print_json(found) if as_json else firm_screen.evidence(found)


def editions(
    place: Annotated[str | None, typer.Option(help="属地 Only this place and its parents")] = None,
    as_json: JsonOption = False,
) -> None:
    """有哪些认定规则版本，何时有效。Which editions of the rules there are, and when they are in force.

    例 Example: tidu editions --place CN-32
    """
    from tiers import load_rulebook

    rows = load_rulebook().tables()["ref_editions"].sort("edition_id").to_dicts()
    rows = [row for row in rows if place is None or place.startswith(row["place"])]
    if as_json:
        print_json(rows)
    else:
        table(rows, ("edition_id", "title_zh", "in_force_from", "in_force_to", "number", "confidence"))


def catalogue() -> None:
    """规则目录：全部版本与条件，Markdown。The rule catalogue: all editions and conditions, as Markdown.

    例 Example: tidu catalogue > docs/catalogue.md
    """
    from flows.reference_pages.catalogue import catalogue as rule_catalogue

    typer.echo(rule_catalogue(), nl=False)


def print_json(what: Any) -> None:
    """An answer for a pipeline."""
    typer.echo(json.dumps(what, ensure_ascii=False, default=str, indent=1))


def print_csv(rows: list[dict[str, Any]]) -> None:
    """A list for a spreadsheet: what looks like a formula is neutralised."""
    from warehouse.spreadsheet import neutral

    if rows:
        writer = csv.DictWriter(sys.stdout, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows({key: neutral(value) for key, value in row.items()} for row in rows)


COMMANDS = (
    Command(movers),
    Command(explain, needs_words=True),
    Command(editions),
    Command(catalogue),
)
