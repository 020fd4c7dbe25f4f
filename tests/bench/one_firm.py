"""Time to explain a firm from a large release, made by copying the firms of a small one.

Copies are written as a run writes them: in the order of the firms' keys.
"""

import shutil
import statistics
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import duckdb

from service.queries.firm.evidence import of_firm
from warehouse.home import Home
from warehouse.release import pointer, releases

BUCKETS = 32
ASKED = 60
READ = (
    "core_firm",
    "core_firm__names",
    "core_firm__facts",
    "core_firm__sources",
    "core_firm__links",
    "core_firm__shares",
    "core_title",
    "core_tiers__verdicts_wide",
    "core_tiers__findings_wide",
    "mart_firm__profile",
    "mart_firm__history",
    "mart_firm__titles",
)
"""The tables with a firm's rows that the answer is made of."""


def measure_one_firm(folder: Path, small: Path, firms: int) -> None:
    """Print the time of the first and of further explanations, from a release kept open as by the dashboard."""
    home = Home(folder / f"large-{firms}")
    seconds, megabytes = enlarged(releases.current(Home(small)), home, firms)
    with duckdb.connect(str(releases.current(home)), read_only=True) as con:
        names = con.execute(f"select firm_id from core_firm using sample {ASKED} rows (reservoir, 7)").fetchall()
        rows = con.execute("select count(*) from mart_firm__evidence").fetchone()
    began = time.perf_counter()
    published = releases.Published(home)
    published.rows("select 1")
    opened = time.perf_counter() - began
    first, *later = [_asked(published, name) for (name,) in names]
    size = f"{rows[0] if rows else 0:,} conditions, {megabytes:,.0f} MB, made in {seconds:.0f} s"
    print(f"\nexplain one firm of {firms:,} ({size})")
    print(f"  {'opening the release':<44}{opened * 1000:>8.0f} ms")
    print(f"  {'first':<44}{first * 1000:>8.0f} ms")
    print(f"  {'median of ' + str(len(later)):<44}{statistics.median(later) * 1000:>8.0f} ms")
    print(f"  {'slowest':<44}{max(later) * 1000:>8.0f} ms")


def _asked(published: releases.Published, firm_id: str) -> float:
    began = time.perf_counter()
    explanation = of_firm(published, firm_id, None, None)
    if not explanation["verdicts"]:
        sys.exit(f"{firm_id}: no verdicts")
    return time.perf_counter() - began


def enlarged(small: Path, home: Home, firms: int, tables: Iterable[str] = READ) -> tuple[float, float]:
    """A release in ``home`` with so many firms, each a copy under another id, in ``tables``; seconds and megabytes."""
    began = time.perf_counter()
    large = home.releases / small.name
    shutil.copy(small, large)
    with duckdb.connect(str(large), config={"memory_limit": "2GB", "temp_directory": str(home.root)}) as con:
        (count,) = con.execute("select count(*) from core_firm").fetchone() or (0,)
        copies = -(-firms // count)
        con.execute(
            "create temp table twin as select firm_id, md5(firm_id || copy) as twin_id, firm_key(twin_id) as twin_key,"
            " twin_key >> 56 as bucket from core_firm cross join range($1) as copies(copy)",
            [copies],
        )
        for table in tables:
            con.execute(f"create table enlarged as select * from {table} limit 0")
            keyed = "firm_key" in {row[0] for row in con.execute(f"describe {table}").fetchall()}
            named = "twin_id as firm_id, twin_key as firm_key" if keyed else "twin_id as firm_id"
            for bucket in range(0, 256, 256 // BUCKETS):
                con.execute(
                    f"insert into enlarged select t.* replace ({named}) from {table} as t"
                    " inner join twin on t.firm_id = twin.firm_id"
                    " where twin.bucket >= $1 and twin.bucket < $2 order by twin_key",
                    [bucket, bucket + 256 // BUCKETS],
                )
            con.execute(f"drop table {table}")
            con.execute(f"alter table enlarged rename to {table}")
    (home.releases / pointer.POINTER).write_text(large.name, "utf-8")
    return time.perf_counter() - began, large.stat().st_size / 2**20


if __name__ == "__main__":
    measure_one_firm(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
