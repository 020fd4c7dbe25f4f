"""What the rules would say of a delivered row once a cell of it is corrected, without correcting it."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from service.queries.files.file_words import field_word
from warehouse import recipe
from warehouse.database.build import Build
from warehouse.home import Home
from warehouse.intake.feed import load_feeds
from warehouse.quality.quarantine import decisions
from warehouse.quality.quarantine.decisions import Address
from warehouse.quality.rules import KEPT_OUT, ids_of
from warehouse.quality.unit_guard import factors
from warehouse.release import knowledge, releases
from warehouse.rows import Row


def kept_out_by(home: Home, cell: Address, value: str | None, release: Path | None = None) -> list[Row]:
    """The findings that would keep the row, or a value of it, out if its cell had this value, but for accepted ones.

    ``cell`` is the subject of a correction. The row is read and checked alone, by the readers and the rules of a run;
    what compares it with other rows is known to the next run only. Each has ``rule_id``, ``field``, ``field_word`` and
    the message in both languages. Nothing is kept.
    """
    row, field = cell.row, "/".join(cell.rest)
    with TemporaryDirectory(prefix="tidu-row-") as folder:
        own = Home(Path(folder))
        with Build.open(own.builds / "row.duckdb") as build:
            recipe.load_rows(build, own, [])
            _copy(build, release or releases.current(home), row)
            _check(build, home, (row, field, value))
            findings = build.rows(
                "select rule_id, field, value, message_zh, message_en from quarantine"
                " where list_contains($1::varchar[], severity) and decision is null order by rule_id, field",
                [list(KEPT_OUT)],
            )
    return [{**finding, "field_word": field_word(row.feed, finding["field"])} for finding in findings]


def unread(findings: Sequence[Row], field: str) -> Row | None:
    """The finding that the cell of a field cannot be read; None where it can."""
    unread_by = ids_of("cell_unread")
    return next((row for row in findings if row["rule_id"] in unread_by and row["field"] == field), None)


def _copy(build: Build, release: Path, row: Address) -> None:
    build.attach(release, "before")
    build.execute(
        f"insert into raw_{row.feed} by name select * from before.raw_{row.feed}"  # noqa: S608 - the name of a feed
        " where delivery_id = $1 and coalesce(sheet, '') = $2 and row_no = $3",
        [row.delivery_id, row.sheet, row.row_no],
    )
    build.execute(
        "insert into deliveries by name select * from before.deliveries where delivery_id = $1", [row.delivery_id]
    )


def _check(build: Build, home: Home, claimed: tuple[Address, str, str | None]) -> None:
    kinds = {*decisions.KINDS, factors.KIND}
    events = [event for event in knowledge.events(home, None) if event.kind in kinds]
    ((day, previous_day, place, run_id),) = build.tuples(
        "select day, previous_day, place, run_id from before.parameter"
    )
    recipe.write_staging_inputs(build, events, recipe.Parameters(day, previous_day, place, run_id))
    decisions.put_value(build, load_feeds(), *claimed)
    recipe.preview_rows(build)
