"""The marts over all zones: views on the Parquet files that the pointers of the zones name.

What leaves is counts and shares: small cells are hidden, and a firm is named only where both its zones share theirs.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from tiers.movement import time_in_rung
from warehouse.database.build import Build, Database
from warehouse.database.few_macros import Shares
from warehouse.definition import read_yaml
from warehouse.errors import NoRelease
from warehouse.home import Home
from warehouse.models.graph import tables_named
from warehouse.release.disclosure import sums
from warehouse.rows import Row
from warehouse.zones.marts import MARTS, Pointer, path_of
from warehouse.zones.registry import Zone

HERE = Path(__file__).parent / "above"
ABOVE = ("ladder", "comparison", "transitions", "cohorts", "moves", "changes", "history")
"""The marts over all zones, in an order in which each comes after those it reads."""


@contextmanager
def above(
    home: Home, zones: Sequence[Zone], asked: Sequence[str], pointers: Mapping[str, Pointer]
) -> Iterator[Database]:
    """A database with the table ``zone``, and of the marts of every zone and those over all what queries name.

    ``asked`` are the queries. Each mart is worked out when read; the files of the others are not opened. ``pointers``
    are those of the zones and perhaps of others, which are not read.

    Raises ``NoRelease`` where no zone has published.
    """
    pointers = {zone.code: pointers[zone.code] for zone in zones if zone.code in pointers}
    if not pointers:
        raise NoRelease(
            "还没有高新区发布过；请先运行 tidu run --zones", "no zone has published: start with tidu run --zones"
        )
    with Shares.in_memory() as database:
        database.execute("create table zone as select unnest($1, max_depth := 2)", [_zones(zones, pointers)])
        needed = set().union(*map(_needed, asked))
        for table in MARTS.keys() & needed:
            _view(database, table, [path_of(home, table, pointer) for pointer in pointers.values()])
        _set_variables(database, pointers)
        for name in filter(needed.__contains__, ABOVE):
            database.execute(f"create view {name} as {_sql_of(name)}")
        yield database


def _needed(sql: str) -> set[str]:
    """The marts that SQL names, and those they read in turn."""
    names = tables_named(sql, "above") & {*ABOVE, *MARTS}
    return names.union(*(_needed(_sql_of(name)) for name in names.intersection(ABOVE)))


@cache
def _sql_of(name: str) -> str:
    return (HERE / f"{name}.sql").read_text("utf-8")


def _zones(zones: Sequence[Zone], pointers: Mapping[str, Pointer]) -> list[Row]:
    """The rows of ``zone``; a frame would import Arrow, which takes as long as a mart over two hundred zones."""
    return [
        {
            "zone": zone.code,
            "zh": zone.zh,
            "en": zone.en,
            "peers": zone.peers,
            "shares_firms": zone.shares_firms,
            "run_id": pointers[zone.code].run_id,
            "previous_day": pointers[zone.code].previous_day,
            "day": pointers[zone.code].day,
        }
        for zone in zones
        if zone.code in pointers
    ]


def _view(database: Build, table: str, paths: list[Path]) -> None:
    """A view on files; ``zone`` is read from the names of their folders."""
    quoted = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
    options = "hive_partitioning = true, hive_types = {'zone': varchar}"
    database.execute(f"create view {table} as from read_parquet([{quoted}], {options})")


def _set_variables(database: Build, pointers: Mapping[str, Pointer]) -> None:
    """The days that most zones compare, the later ones where several do, and the quantile of the intervals."""
    compared = [(pointer.previous_day, pointer.day) for pointer in pointers.values()]
    previous_day, day = max(set(compared), key=lambda days: (compared.count(days), days[::-1]))
    ((z,),) = time_in_rung.tables()["ref_time_limits"].select("z").rows()
    for name, value in {"previous_day": previous_day, "day": day, "z": z}.items():
        database.execute(f"set variable {name} = $1", [value])


@cache
def fewest_firms() -> int:
    """Cells over fewer firms than this are hidden."""
    return int(read_yaml(sums.WRITTEN)[0]["fewest_firms"])
