"""What a scope costs: the first page of the movers of a large release for the zone, a park, an incubator, own firms."""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from load import measure_load
from one_firm import enlarged

from service.queries.movers.mover_filters import Filters
from service.queries.movers.mover_index import Index
from service.queries.movers.mover_index_loader import read_index
from service.queries.movers.mover_indexed import IndexedList
from service.queries.movers.mover_list import MoverList
from service.queries.release.cache import Cache
from service.queries.release.records import Slice
from service.queries.release.release_summary import ladder
from warehouse.home import Home
from warehouse.release import releases
from warehouse.release.desk.desk import Desk, Kind

OWN = 150
REPEATS = 15
UP = Filters(change="up")
INDEXES = Cache[Index | None](10)
READ = ("core_firm", "core_firm__incubator", "core_firm__tenancies", "mart_firm__profile",
        "mart_movers__firms", "mart_movers__signals", "mart_movers__titles")  # fmt: skip
QUESTIONS: dict[str, Callable[[Desk], object]] = {
    "count": lambda desk: MoverList(desk, "firms").count(UP),
    "first 50": lambda desk: MoverList(desk, "firms").page(UP, "", Slice(50, 0)),
    "facets": lambda desk: MoverList(desk, "firms").facets(UP),
    "the index of the list": lambda desk: read_index(desk, "firms"),
    "first 50 by it": lambda desk: _indexed(desk).page(UP, "", Slice(50, 0)),
    "facets by it": lambda desk: _indexed(desk).facets(UP),
    "a firm by its code": lambda desk: desk.rows("select * from desk_firm__profile where firm_key = firm_key('x')"),
    "ladder": ladder,
}


def _indexed(desk: Desk) -> IndexedList:
    index = INDEXES.get(desk.version, lambda: read_index(desk, "firms"))
    assert index is not None
    return IndexedList(desk, "firms", index)


def measure_desk(folder: Path, small: Path, firms: int) -> None:
    """Print CPU milliseconds by kind of scope and question, and what a scope alone adds to a callback."""
    home = Home(folder / f"desk-{firms}")
    seconds, megabytes = enlarged(releases.current(Home(small)), home, firms, READ)
    published = releases.Published(home)
    scopes = _scopes(published)
    print(f"\npages within a scope, of {firms:,} firms ({megabytes:,.0f} MB, made in {seconds:.0f} s), median CPU")
    for words, (kind, keys) in scopes.items():
        with published.desk(kind, keys) as desk:
            (seen,) = desk.rows("select count(*) as firms from desk_movers__firms")
        print(f"  {words}, {seen['firms']:,} firms")
        print(
            f"    {'the scope alone':<42}{_median(lambda kind=kind, keys=keys: _open(published, kind, keys)):>8.1f} ms"
        )
        for name, ask in QUESTIONS.items():
            with published.desk(kind, keys) as desk:
                ask(desk)
                print(f"    {name:<42}{_median(lambda ask=ask, desk=desk: ask(desk)):>8.1f} ms")
    measure_load(home.root)


def _scopes(published: releases.Published) -> dict[str, tuple[Kind, tuple[str, ...]]]:
    (park,) = published.rows("select division_code as code from core_firm group by 1 order by count(*) desc limit 1")
    (incubator,) = published.rows(
        "select incubator from core_firm__incubator group by 1 order by count(*) desc limit 1"
    )
    own = published.rows(f"select firm_id from core_firm using sample {OWN} rows (reservoir, 7)")
    return {
        "zone": ("zone", ()),
        f"park {park['code']}": ("park", (park["code"],)),
        f"incubator {incubator['incubator']}": ("incubator", (incubator["incubator"],)),
        f"{OWN} own firms": ("own", tuple(row["firm_id"] for row in own)),
    }


def _open(published: releases.Published, kind: Kind, keys: tuple[str, ...]) -> None:
    with published.desk(kind, keys):
        pass


def _median(act: Callable[[], object]) -> float:
    """CPU milliseconds of all threads, which what else runs on the machine changes little."""
    taken = []
    for _ in range(REPEATS):
        began = time.process_time()
        act()
        taken.append(time.process_time() - began)
    return statistics.median(taken) * 1000


if __name__ == "__main__":
    measure_desk(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
