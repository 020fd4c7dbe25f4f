"""Many zones: what workers cost beside one zone after another, and what is counted over two hundred zones."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl
from timed import Timed, run

from service.queries.installation import zones as above
from service.queries.release.records import Slice
from service.scope import every_zone
from service.zones import ZonesService
from warehouse.home import Home
from warehouse.zones import marts
from warehouse.zones.marts import Pointer
from warehouse.zones.registry import FILE

ENTRY = (
    "  - {{code: {code}, zh: {code}区, en: zone {code}, place: CN-3301, inbox: {inbox}, peers: {peers}, owner: 甲}}\n"
)
TIDU = [sys.executable, "-m", "flows"]
DAY = ["--day", "2026-06-30"]
PEERS = 4
LARGE, QUARTER = 101, 102
"""Seeds of samples of a large zone and of one with a quarter of its firms."""


def measure_zones(folder: Path, zones: int, firms: int, many: int) -> None:
    """Print CPU seconds of zones of so many firms on two workers and in order, and of the marts over ``many``."""
    inboxes = [_sample(folder, firms, seed) for seed in range(zones)]
    print(f"\n{zones} zones of {firms:,} firms        CPU s   a zone  wall s       MB")
    cpu = {}
    for name, words in (("one after another", []), ("two workers", ["--workers", "2"])):
        home = _installation(folder / f"zones-{len(words)}", dict(enumerate(map(str, inboxes))))
        timed = run([*TIDU, "run", "--zones", "all", "--home", str(home.root), *DAY, *words])
        cpu[name] = timed.cpu_seconds
        print(
            f"  {name:<24}{timed.cpu_seconds:>8.1f}{timed.cpu_seconds / zones:>9.1f}{timed.seconds:>8.1f}"
            f"{timed.megabytes:>9.0f}"
        )
    print(f"  two workers / in order: {cpu['two workers'] / cpu['one after another']:.2f} (aim 1.1)")
    _measure_above(folder, home, many)


def measure_buckets(folder: Path, firms: int, buckets: int) -> None:
    """Print CPU seconds and peak memory of whole runs of a zone by bucket, as ratios to the same zone as a whole.

    And the memory of a zone of a quarter of the firms in as many buckets, which a larger zone should not exceed by far.
    """
    timed = _compared(folder, firms, ((1, ()), (buckets, ()), (buckets, ("--workers", "2"))))
    quarter = _by_bucket(folder / "buckets-quarter", _sample(folder, firms // 4, QUARTER), buckets, [])
    ratio = timed.megabytes / quarter.megabytes
    print(f"  {firms // 4:,} firms by bucket{quarter.cpu_seconds:>16.1f}{quarter.megabytes:>17.0f}")
    print(f"  aim 1.15 × the CPU by bucket; memory of four times the firms: {ratio:.2f} ×")


def measure_large(folder: Path, firms: int, buckets: int) -> None:
    """Print the same of a zone whose buckets are as large as those that a run chooses, as a whole and by bucket.

    Both with more memory for the database than it has by itself, which does not suffice for the facts of the whole.
    """
    _compared(folder, firms, ((1, ()), (buckets, ())), TIDU_DATABASE_MEMORY_MB="4000")


def _compared(folder: Path, firms: int, ways: Sequence[tuple[int, Sequence[str]]], **environment: str) -> Timed:
    """Print whole runs of a zone by number of buckets and words of the command, as ratios to the first; the last."""
    inbox = _sample(folder, firms, LARGE)
    print(f"\none zone of {firms:,} firms        CPU s   ratio       MB   ratio")
    whole: Timed | None = None
    for number, words in ways:
        timed = _by_bucket(folder / f"buckets-{firms}-{number}-{len(words)}", inbox, number, words, **environment)
        whole = whole or timed
        name = f"{number} buckets {' '.join(words)}" if number > 1 else "as a whole"
        ratios = timed.cpu_seconds / whole.cpu_seconds, timed.megabytes / whole.megabytes
        print(f"  {name:<28}{timed.cpu_seconds:>8.1f}{ratios[0]:>8.2f}{timed.megabytes:>9.0f}{ratios[1]:>8.2f}")
    return timed


def _by_bucket(home: Path, inbox: Path, buckets: int, words: Sequence[str], **environment: str) -> Timed:
    command = [*TIDU, "run", "--inbox", inbox, "--place", "CN-3301", "--home", home, *DAY]
    return run([*command, "--buckets", str(buckets), *words], **environment)


def _sample(folder: Path, firms: int, seed: int) -> Path:
    out = folder / f"zone-{seed}-{firms}"
    words = ["sample", "--firms", str(firms), "--years", "2022-2025", "--seed", str(seed), "--out", str(out)]
    subprocess.run([*TIDU, *words], check=True, capture_output=True)
    return out / "inbox"


def _installation(root: Path, inboxes: dict[int, str], *, exist_ok: bool = False) -> Home:
    home = Home(root)
    root.mkdir(parents=True, exist_ok=exist_ok)
    lines = [ENTRY.format(code=f"z{n}", inbox=inbox, peers=f"class-{n % PEERS}") for n, inbox in inboxes.items()]
    (root / FILE).write_text("zones:\n" + "".join(lines), "utf-8")
    return home


def _measure_above(folder: Path, single: Home, many: int) -> None:
    """The marts of the zones that were run, copied under as many codes, each firm under a code of its own."""
    home = _installation(folder / "zones-many", dict.fromkeys(range(many), "inbox"))
    sources = sorted((single.root / marts.FOLDER).glob("*.json"))
    for number in range(many):
        source = sources[number % len(sources)]
        content = json.loads(source.read_text("utf-8"))
        (home.root / marts.FOLDER).mkdir(exist_ok=True)
        shutil.copy(source, home.root / marts.FOLDER / f"z{number}.json")
        for table in marts.MARTS:
            path = single.root / marts.FOLDER / table / f"zone={source.stem}" / f"{content['run_id']}.parquet"
            frame = pl.read_parquet(path)
            if table.startswith("firm_"):
                frame = frame.with_columns(pl.col("firm_id") + f"-{number}")
            target = home.root / marts.FOLDER / table / f"zone=z{number}" / path.name
            target.parent.mkdir(parents=True)
            frame.write_parquet(target)
    print(f"over {many} zones               CPU s")
    for name in ("ladder", "comparison", "transitions", "cohorts", "changes"):
        before = time.process_time()
        above.ask(home, name)
        print(f"  {name:<24}{time.process_time() - before:>8.2f}")


CHANGES = ("up", "back", "down", "new", "gone", "same")
LISTS = {"zone of an installation of its own": (1, ""), "zone of all": (None, "z0"), "all zones": (None, "")}
"""The list of firms: of how many zones the installation has, and of which the list is."""


def measure_list(folder: Path, zones: int, firms: int, repeats: int) -> None:
    """Print CPU ms of a page of the list of firms: one zone alone, one of so many, and all of them, as pages ask it.

    The marts of the zones are made up, each zone with firms of its own.
    """
    for number in range(zones):
        _made_up(Home(folder / "list-many"), number, firms)
    _installation(folder / "list-many", dict.fromkeys(range(zones), "inbox"), exist_ok=True)
    _made_up(Home(folder / "list-one"), 0, firms)
    _installation(folder / "list-one", {0: "inbox"}, exist_ok=True)
    print(f"\n{zones} zones of {firms:,} firms, CPU ms a page of the list    first     page      of it     a code")
    alone = None
    for name, (single, zone) in LISTS.items():
        service = ZonesService(Home(folder / ("list-one" if single else "list-many")))
        first = _cpu_ms(service, zone, 0, 1)
        page = _cpu_ms(service, zone, 0, repeats)
        late = _cpu_ms(service, zone, firms // 2, repeats)
        code = _cpu_ms(service, None, firms // 2, repeats)
        alone = alone or page
        print(f"  {name:<48}{first:>10.1f}{page:>9.1f}{page / alone:>9.2f} × {late:>8.1f}{code:>10.1f}")


def _cpu_ms(service: ZonesService, zone: str | None, offset: int, repeats: int) -> float:
    """CPU of a page that begins at ``offset``, or of the search for the code of that firm where ``zone`` is None."""
    before = time.process_time()
    for _ in range(repeats):
        with service.release(every_zone()) as asked:
            if zone is None:
                assert asked.firm(_code(0, offset))
            else:
                asked.kinds(zone)
                assert asked.firms(zone, "up", Slice(50, offset // len(CHANGES))).rows
    return (time.process_time() - before) / repeats * 1000


def _code(zone: int, number: int) -> str:
    return f"9133{number:08d}{zone:06d}"


def _made_up(home: Home, zone: int, firms: int) -> None:
    """The index and the totals of a zone; its other marts are there and empty of firms."""
    pointer = Pointer(f"z{zone}", "made-up", date(2025, 6, 30), date(2026, 6, 30))
    numbers = pl.DataFrame({"number": range(firms)})
    index = numbers.select(
        firm_id=pl.format("9133{}{}", pl.col("number").cast(pl.String).str.zfill(8), pl.lit(f"{zone:06d}")),
        name=pl.format("高新区{}第{}科技有限公司", pl.lit(zone), pl.col("number")),
        titles=pl.concat_list(pl.lit("tech_sme")),
        held=pl.lit("tech_sme"),
        met=pl.lit("hnte"),
        change=pl.lit(pl.Series(CHANGES)).get(pl.col("number") % len(CHANGES)),
        from_held=pl.lit("tech_sme"),
        from_met=pl.lit("tech_sme"),
    )
    totals = (
        index.group_by(kind="change")
        .agg(firms=pl.len().cast(pl.Int64))
        .with_columns(total=pl.lit("change"), seq=pl.lit(1, pl.Int64), zh=pl.col("kind"), en=pl.col("kind"))
    )
    for table in marts.MARTS:
        frame = {"firm_index": index, "mart_movers__totals": totals}.get(table, pl.DataFrame({"nothing": [""]}))
        marts._write(marts.path_of(home, table, pointer), frame)
    marts._write_pointer(home, pointer)
