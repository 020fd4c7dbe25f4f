"""Load: every row of every delivery into ``raw_<feed>``, as text, with its place; rejects unreadable files.

The rows of a file are cached as Parquet beside its original, under the hash of the definition that read it: a changed
definition reads the file again, so a refused file is loaded as soon as its new column is defined.
"""

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import polars as pl

from warehouse.database.build import Build
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.intake.feed import Feed
from warehouse.intake.landing import Delivery
from warehouse.intake.originals import require_intact, set_aside_command
from warehouse.intake.raw_tables import create_tables
from warehouse.intake.readers.code import uscc_state
from warehouse.intake.readers.process import Reader
from warehouse.intake.readers.table import Table, stated_of
from warehouse.intake.readers.table_files import UNREADABLE, cached_tables
from warehouse.intake.refusals import Refusal, complete_or_refused, is_unforeseen

STEP = ("装入各行", "load rows")
STORED = ["delivery_id", "file_name", "feed", "sha256", "seq", "message_zh", "message_en"]
"""The columns of a rejection in a release."""
NO_REFUSALS: Mapping[str, Refusal] = {}
SETTINGS_VERSION = "9"
"""Changed when readers return other rows for the same file, so that cached files are read again."""
Write = Callable[[Delivery], None]
Unsure = tuple[Sequence[str], Sequence[str]]
"""Ids of the rules of rows that are no data, and of those that perhaps are none."""
_BATCH, _BATCH_BYTES = 100, 32 << 20
"""Deliveries and their bytes that one transaction writes: fewer halves of row groups, a third less work."""
_PERIODS = {"year": "parse_year(value)", "month": "parse_month(value)", "day": "parse_date(value)"}
_PLAIN_PERIOD = re.compile(r"\d{4}(?:-?\d\d(?:-\d\d)?)?")


@dataclass(frozen=True)
class Rejection:
    """A file that cannot be used, and why, in both languages."""

    delivery_id: str
    file_name: str
    feed: str
    sha256: str
    seq: int
    message_zh: str
    message_en: str
    operator: tuple[str, str] | None = None
    """What an operator may do, by language; a check of a file shows it, a release does not keep it."""


def load(
    build: Build,
    home: Home,
    feeds: Mapping[str, Feed],
    unsure: Unsure,
    deliveries: Iterable[Delivery],
    refusals: Mapping[str, Refusal] = NO_REFUSALS,
) -> list[Rejection]:
    """Create ``raw_<feed>`` for every feed, ``deliveries``, ``quarantine`` and ``rejection`` in a new build.

    The deliveries in ``refusals`` are not read. Returns every delivery that is not in the build, with the reason.
    """
    rejections: list[Rejection] = []
    with Reader() as reader:
        with build.together():
            create_tables(build, feeds.values())
        write = partial(_load_delivery, build, reader, home, feeds, unsure)
        for batch in _batches(delivery for delivery in deliveries if delivery.feed in feeds):
            rejections += _load_batch(build, batch, write, refusals)
    rows = [_with_way_out(rejection) for rejection in rejections]
    build.put("rejection", pl.DataFrame(rows, schema=STORED), append=True)
    return rejections


def _batches(deliveries: Iterable[Delivery]) -> Iterator[list[Delivery]]:
    """The deliveries in their order, as many as are written in one transaction."""
    batch: list[Delivery] = []
    for delivery in deliveries:
        batch.append(delivery)
        if sum(earlier.size for earlier in batch) > _BATCH_BYTES or len(batch) == _BATCH:
            yield batch
            batch = []
    yield batch


def _load_batch(
    build: Build, batch: Sequence[Delivery], write: Write, refusals: Mapping[str, Refusal]
) -> list[Rejection]:
    """Load in one transaction; where that fails, each delivery in its own, so that only the one to blame is refused."""
    try:
        with build.transaction():
            return list(_rejections(batch, write, refusals))
    except BaseException as error:
        if not is_unforeseen(error):
            raise

    def write_alone(delivery: Delivery) -> None:
        with complete_or_refused(build, delivery, STEP):
            write(delivery)

    return list(_rejections(batch, write_alone, refusals))


def _rejections(batch: Sequence[Delivery], write: Write, refusals: Mapping[str, Refusal]) -> Iterator[Rejection]:
    """Write the deliveries that were not refused; those that are, or were."""
    for delivery in batch:
        identity = (delivery.delivery_id, delivery.file_name, delivery.feed, delivery.sha256, delivery.seq)
        if refusal := refusals.get(delivery.delivery_id):
            yield Rejection(*identity, refusal.message_zh, refusal.message_en)
            continue
        try:
            write(delivery)
        except BadInput as error:
            yield Rejection(*identity, error.zh, error.en, error.operator)


def _with_way_out(rejection: Rejection) -> dict[str, str]:
    """A rejection as it is stored, with the way out: it recurs with every run until the delivery is set aside."""
    command = set_aside_command(rejection.delivery_id)
    way_out = {
        "message_zh": f"{rejection.message_zh}；不再需要这份来件时 {command}",
        "message_en": f"{rejection.message_en}; where this delivery is not needed: {command}",
    }
    return {name: value for name, value in (vars(rejection) | way_out).items() if name in STORED}


def _load_delivery(
    build: Build, reader: Reader, home: Home, feeds: Mapping[str, Feed], unsure: Unsure, delivery: Delivery
) -> None:
    """Raises ``BadInput`` before anything is written."""
    feed = feeds[delivery.feed]
    tables = tables_of(reader, home, feed, delivery)
    stated_by_table = stated_of(feed, delivery.file_name, tables)
    for table, stated in zip(tables, stated_by_table, strict=True):
        build.put(f"raw_{feed.name}", _rows(table, stated, feed, delivery), append=True)
        for aside in (table.non_data, _remarks(table)):
            build.put("quarantine", _reader_findings(table, aside, feed, delivery), append=True)
    of_file = {key: value for stated in reversed(stated_by_table) for key, value in stated.items()}
    first = next(table for table in tables if table.headings)
    read = sum(table.rows.height + table.non_data.height for table in tables)
    build.execute(
        "insert into deliveries values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        [
            *(delivery.delivery_id, feed.name, delivery.file_name, delivery.sha256),
            *(delivery.received_at, delivery.seq, first.encoding),
            *("、".join(table.sheet for table in tables if table.headings), first.money_unit, read),
            json.dumps(of_file, ensure_ascii=False),
            _period(build, tables, of_file, feed, delivery),
            *(_rows_by(tables, rules) for rules in unsure),
        ],
    )


def _rows_by(tables: list[Table], rules: Sequence[str]) -> int:
    return sum(table.non_data.filter(pl.col("rule_id").is_in(rules)).height for table in tables)


def _period(build: Build, tables: list[Table], stated: dict[str, str], feed: Feed, delivery: Delivery) -> str | None:
    """The newest period in the delivery: years, months and days in one notation, other texts as they are written.

    A row that names a period after the delivery came is a typing error and hides no missing delivery.
    """
    if not feed.period.column:
        return stated.get(feed.period.stated or "")
    received = delivery.received_at[:10].replace("-", "")
    written = {value for table in tables for value in table.rows[feed.period.column].drop_nulls().unique()}
    if all(_PLAIN_PERIOD.fullmatch(value) for value in written):
        return max(filter(partial(_is_before, received), written), default=max(written, default=None))
    parse = _PERIODS.get(feed.period.kind, "null")
    newest = build.value(
        f"select coalesce(max(period) filter (replace(period, '-', '') <= left($2, length(replace(period, '-', '')))),"  # noqa: S608
        f" max(period), max(value)) from (select value, {parse}::varchar as period"
        " from (select unnest($1::varchar[]) as value))",
        [sorted(written), received],
    )
    return str(newest) if newest is not None else None


def _is_before(received: str, period: str) -> bool:
    """Whether a period, as 2025, 202603 or 2026-03-31, began by the day of receipt, as 20260401."""
    digits = period.replace("-", "")
    return digits <= received[: len(digits)]


def _rows(table: Table, stated: dict[str, str], feed: Feed, delivery: Delivery) -> pl.DataFrame:
    extra = {name: pl.lit(stated.get(name), dtype=pl.String) for name in feed.stated_names}
    fallback = {name: pl.col(name).fill_null(stated[name]) for name in stated.keys() & feed.columns.keys()}
    state = uscc_state(pl.col("uscc")) if "uscc" in feed.columns else pl.lit(None, dtype=pl.String)
    return table.rows.with_columns(
        **extra,
        **fallback,
        uscc_state=state,
        money_unit=pl.lit(table.money_unit, dtype=pl.String),
        sheet=pl.lit(table.sheet),
        seq=pl.lit(delivery.seq),
        delivery_id=pl.lit(delivery.delivery_id),
    )


def _remarks(table: Table) -> pl.DataFrame:
    """Findings about a sheet, with the columns of ``non_data``."""
    rows = [(remark.row_no, remark.rule_id, remark.value) for remark in table.remarks]
    return pl.DataFrame(rows, schema=table.non_data.schema, orient="row")


def _reader_findings(table: Table, aside: pl.DataFrame, feed: Feed, delivery: Delivery) -> pl.DataFrame:
    """Rows of ``quarantine`` without severity and messages, which belong to the catalogue of rules."""
    return aside.select(
        "row_no",
        "rule_id",
        "value",
        delivery_id=pl.lit(delivery.delivery_id),
        feed=pl.lit(feed.name),
        sheet=pl.lit(table.sheet),
        field=pl.lit(""),
    )


def tables_of(reader: Reader, home: Home, feed: Feed, delivery: Delivery) -> list[Table]:
    """The tables of a delivery, from the cache or by reading the original; raises ``BadInput`` for any fault of it.

    Where the original is not what was delivered, ``DamagedOriginal``; where the disk fails, ``OSError``.
    """
    read_by = hashlib.sha256(f"{SETTINGS_VERSION}{feed.definition}".encode()).hexdigest()[:8]
    original = home.landing / delivery.original
    kept = original.with_name(f"{delivery.sha256}.{read_by}.tables")
    require_intact(home, delivery, is_read=not kept.exists())
    if kept.exists():
        try:
            return cached_tables(kept)
        except UNREADABLE:
            require_intact(home, delivery, is_read=True)
            shutil.rmtree(kept)
    reader.read(original, delivery.file_name, feed, kept)
    return cached_tables(kept)
