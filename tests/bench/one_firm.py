"""How long it takes to explain one firm from a release of many: a small release is copied until it is large.

Copies are written as a run writes them, bucket by bucket and within a bucket in the order of the firms.
"""

import shutil
import statistics
import sys
import time
from pathlib import Path

import duckdb

from flows.evidence import of_firm
from warehouse import release
from warehouse.home import Home

BUCKETS = 20
ASKED = 60
READ = (
    "core_firm",
    "core_firm__names",
    "core_firm__facts",
    "core_firm__sources",
    "mart_firm__history",
    "mart_firm__titles",
    "mart_firm__verdicts",
    "mart_firm__evidence",
)
"""The tables with a firm's rows that the answer is made of."""


def measure_one_firm(folder: Path, small: Path, firms: int) -> None:
    """Print the time of the answer about one firm, the first in a new process apart."""
    home = Home(folder / f"large-{firms}")
    seconds, megabytes = _enlarged(release.current(Home(small)), home, firms)
    with duckdb.connect(str(release.current(home)), read_only=True) as con:
        names = con.execute(f"select firm_id from core_firm using sample {ASKED} rows (reservoir, 7)").fetchall()
        rows = con.execute("select count(*) from mart_firm__evidence").fetchone()
    first, *later = [_asked(home, name) for (name,) in names]
    size = f"{rows[0] if rows else 0:,} conditions, {megabytes:,.0f} MB, made in {seconds:.0f} s"
    print(f"\nexplain one firm of {firms:,} ({size})")
    print(f"  {'first':<44}{first * 1000:>8.0f} ms")
    print(f"  {'median of ' + str(len(later)):<44}{statistics.median(later) * 1000:>8.0f} ms")
    print(f"  {'slowest':<44}{max(later) * 1000:>8.0f} ms")


def _asked(home: Home, firm_id: str) -> float:
    began = time.perf_counter()
    found = of_firm(home, firm_id, None, None)
    if not found["verdicts"]:
        sys.exit(f"{firm_id}: no verdicts")
    return time.perf_counter() - began


def _enlarged(small: Path, home: Home, firms: int) -> tuple[float, float]:
    """A release in ``home`` with so many firms, each a copy under another id; seconds and megabytes."""
    began = time.perf_counter()
    large = home.releases / "large.duckdb"
    shutil.copy(small, large)
    with duckdb.connect(str(large), config={"memory_limit": "2GB", "temp_directory": str(home.root)}) as con:
        (count,) = con.execute("select count(*) from core_firm").fetchone() or (0,)
        copies = -(-firms // count)
        con.execute(
            "create temp table twin as select firm_id, md5(firm_id || copy) as twin_id, copy % $1 as bucket"
            " from core_firm cross join range($2) as copies(copy)",
            [BUCKETS, copies],
        )
        for table in READ:
            con.execute(f"create table enlarged as select * from {table} limit 0")
            for bucket in range(BUCKETS):
                con.execute(
                    f"insert into enlarged select t.* replace (twin_id as firm_id) from {table} as t"
                    " inner join twin on t.firm_id = twin.firm_id where twin.bucket = $1 order by twin_id",
                    [bucket],
                )
            con.execute(f"drop table {table}")
            con.execute(f"alter table enlarged rename to {table}")
    (home.releases / release.POINTER).write_text(large.name, "utf-8")
    return time.perf_counter() - began, large.stat().st_size / 2**20


if __name__ == "__main__":
    measure_one_firm(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
