"""One bucket of firms: cut from the build of its zone, taken through facts, rules and tables of firms, into a file."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from tiers import load_rulebook
from warehouse.buckets import SLICES, slices_of, tables
from warehouse.database.build import Build
from warehouse.models import building
from warehouse.quality.check import Breach, check_layer, check_results
from warehouse.release.run_files import remove

FIRMS = 50_000
"""Firms of a bucket where no number of buckets is given: as many as a process takes whose memory is known."""


@dataclass(frozen=True)
class Bucket:
    """The share ``number`` of ``of`` of the firms of the build ``zone``, which stays closed meanwhile."""

    zone: Path
    number: int
    of: int

    @property
    def slices(self) -> tuple[int, int]:
        """The first and the last slice."""
        return slices_of(self.number, self.of)

    @property
    def path(self) -> Path:
        """The file of its tables; it is complete where it is there."""
        return folder_of(self.zone) / f"{self.number:03}.duckdb"


def folder_of(zone: Path) -> Path:
    """Where the files of the buckets of a build lie."""
    return zone.with_suffix(".buckets")


def remove_files(zone: Path) -> None:
    """Remove what buckets wrote, and what attempts left that were killed."""
    shutil.rmtree(folder_of(zone), ignore_errors=True)


def firms_of(build: Build) -> int:
    """The number of firms of a build whose core is there."""
    return int(build.value("select count(*) from core_firm"))


def buckets_of(zone: Path, firms: int, wanted: int | None) -> list[Bucket]:
    """The buckets of a zone with so many firms; none where it is built as a whole, as small zones are."""
    number = min(wanted or -(-firms // FIRMS), SLICES)
    return [Bucket(zone, at, number) for at in range(number)] if number > 1 else []


def build_bucket(bucket: Bucket) -> list[Breach]:
    """Write the file of a bucket; what stops a release. An attempt that is repeated or doubled does no harm."""
    bucket.path.parent.mkdir(exist_ok=True)
    part = bucket.path.with_name(f"{bucket.number:03}-{token_hex(4)}.part")
    try:
        with Build.open(part) as build:
            _cut(build, bucket)
            breaches = _build(build)
            build.checkpoint()
        part.replace(bucket.path)
    finally:
        for left in part.parent.glob(f"{part.stem}.*"):  # also the log of a database that could not be closed
            remove(left)
    return breaches


def _cut(build: Build, bucket: Bucket) -> None:
    """The rows of its firms, of each table that its models read; a table without firms is read in the zone.

    Rows without a firm of the zone belong to the first bucket. They are not kept: what DuckDB keeps it compresses.
    """
    own = build.value("select current_database()")
    build.execute("set enable_progress_bar = false")  # which DuckDB draws in a process that was forked
    build.attach(bucket.zone, "zone")
    build.execute(
        "create temp table own_firm as select firm_id from zone.core_firm"
        " where firm_key(firm_id) >> 56 between $1 and $2",
        list(bucket.slices),
    )
    nobody = "firm_id is null or firm_id not in (select firm_id from zone.core_firm)" if bucket.number == 0 else "false"
    with build.together():
        for table in sorted(tables.read() & build.tables("zone")):
            if "firm_id" in build.columns(f"zone.{table}"):
                rows = f"from zone.{table} where firm_id in (from own_firm) or {nobody}"
                build.execute(f"create temp table {table} as {rows}")
    build.execute(f"""set search_path = '"{own}".main,zone.main'""")


def _build(build: Build) -> list[Breach]:
    from warehouse.rule_exchange.classification import classify  # the evaluation, which a run over the whole loads late

    breaches: list[Breach] = []
    for layer in tables.LAYERS:
        building.build_tables(build, tables.by_bucket(layer))
        breaches += check_layer(build, layer, tables.by_bucket(layer))
        if layer == "facts":
            classify(build, load_rulebook())
            breaches += check_results(build)
    return breaches
