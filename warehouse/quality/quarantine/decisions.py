"""Decisions of people on rows: accepted though a rule fired, corrected in a cell, or rejected.

They are statements of the casebook, read by every run. Each is about a single row of one delivery: a restated delivery
brings new rows, which inherit nothing; they are only marked as *decided before*.

| kind                | subject                                       | content        |
|---------------------|-----------------------------------------------|----------------|
| quarantine_accept   | finding: feed/delivery/sheet/row/rule/field    | {}             |
| quarantine_correct  | cell: feed/delivery/sheet/row/field            | {value}        |
| quarantine_reject   | row: feed/delivery/sheet/row                   | {}             |

A rejection overrides the other two until it is withdrawn. The person is in the casebook and in the table ``statement``
only; reports and sources name the number of the decision and its day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from warehouse.database.build import Build
from warehouse.errors import BadInput
from warehouse.intake.feed import Feed
from warehouse.quality.rules import families, rule_of

ACCEPT, CORRECT, REJECT = "quarantine_accept", "quarantine_correct", "quarantine_reject"
KINDS = (ACCEPT, CORRECT, REJECT)
READER_RULES = tuple(rule.id for rule in families()["files"][1] if rule.id.startswith("F") and rule.held_by)
"""Rules of the readers: the row could not be split into columns, so it can only be rejected or sent again."""


@dataclass(frozen=True)
class Address:
    """Stable address of a row: its feed, delivery, sheet, and its row number counted from 1."""

    feed: str
    delivery_id: str
    sheet: str
    row_no: int
    rest: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "/".join((self.feed, self.delivery_id, escaped(self.sheet), str(self.row_no), *self.rest))

    @property
    def row(self) -> "Address":
        """The address of the row alone, without rule or field."""
        return Address(self.feed, self.delivery_id, self.sheet, self.row_no)


def escaped(sheet: str) -> str:
    """A sheet's name as a part of an address; the SQL below escapes in the same way."""
    return sheet.replace("%", "%25").replace("/", "%2F")


def address(text: str) -> Address:
    """Read an address as ``tidu quarantine`` prints it; raises ``BadInput`` for anything else."""
    parts = text.strip().split("/")
    if len(parts[:4]) != 4 or not parts[3].isdecimal() or not (parts[0] and parts[1]):
        raise BadInput(
            f"“{text}”不是行的地址；应为 来源/来件/工作表/行号，见 tidu quarantine",
            f"{text!r} is no address of a row; it is feed/delivery/sheet/row, see tidu quarantine",
        )
    sheet = parts[2].replace("%2F", "/").replace("%25", "%")
    return Address(parts[0], parts[1], sheet, int(parts[3]), tuple(parts[4:]))


def apply_corrections(build: Build, feeds: Mapping[str, Feed]) -> None:
    """Tables ``decision`` and ``correction``, and the corrected value in its cell of ``raw_<feed>``.

    The value before is kept in ``correction``; the original file is not changed.
    """
    _read_decisions(build)
    build.execute(
        "create or replace table correction (statement_id bigint, feed varchar, delivery_id varchar, sheet varchar,"
        " row_no bigint, field varchar, original varchar, value varchar, said_on date)"
    )
    cells = build.tuples("select distinct feed, field from decision where decision = 'corrected' order by all")
    for feed, field in cells:
        if feed in feeds and field in feeds[feed].columns:
            _correct(build, feed, field)


def _read_decisions(build: Build) -> None:
    """``decision``: decisions in force by column; of a rejected row only the rejection applies."""
    build.execute(
        """create or replace table decision as
        with standing as (
            select statement_id, kind, string_split(subject, '/') as part, content, said_at::date as said_on
            from statement_standing where kind in ('quarantine_accept', 'quarantine_correct', 'quarantine_reject')
        )
        select
            statement_id,
            case kind when 'quarantine_accept' then 'accepted' when 'quarantine_correct' then 'corrected'
                else 'rejected' end as decision,
            part[1] as feed,
            part[2] as delivery_id,
            replace(replace(part[3], '%2F', '/'), '%25', '%') as sheet,
            part[4]::bigint as row_no,
            case kind when 'quarantine_accept' then part[5] end as rule_id,
            case kind when 'quarantine_accept' then array_to_string(part[6:], '/')
                when 'quarantine_correct' then array_to_string(part[5:], '/') end as field,
            json_extract_string(content, '$.value') as value,
            said_on,
            null::varchar as key,
            true as is_gone
        from standing
        qualify kind = 'quarantine_reject'
            or not bool_or(kind = 'quarantine_reject') over (partition by part[1:4])"""
    )


def _correct(build: Build, feed: str, field: str) -> None:
    """Write the corrected values of a column, and record them in ``correction``."""
    same_row = "raw.delivery_id = d.delivery_id and coalesce(raw.sheet, '') = d.sheet and raw.row_no = d.row_no"
    corrected = f"d.decision = 'corrected' and d.feed = '{feed}' and d.field = '{field}'"
    build.execute(
        f"insert into correction by name select d.statement_id, d.feed, d.delivery_id, d.sheet, d.row_no, d.field,"  # noqa: S608
        f' raw."{field}" as original, d.value, d.said_on from decision as d join raw_{feed} as raw on {same_row}'
        f" where {corrected}"
    )
    _put(build, feed, field, f"select * from decision as d where {corrected}")  # noqa: S608


def restore(build: Build, feeds: Mapping[str, Feed], corrections: str) -> None:
    """Restore in ``raw_<feed>`` the values before the table ``corrections`` was applied."""
    cells = build.tuples(f"select distinct feed, field from {corrections} order by all")  # noqa: S608
    for feed, field in cells:
        if feed in feeds and field in feeds[feed].columns:
            corrected = f"feed = '{feed}' and field = '{field}'"
            _put(build, feed, field, f"select * replace (original as value) from {corrections} where {corrected}")  # noqa: S608


def put_value(build: Build, feeds: Mapping[str, Feed], row: Address, field: str, value: str | None) -> None:
    """Write one value into its cell of ``raw_<feed>`` as a correction would; ``field`` is a column of the feed."""
    if field in feeds[row.feed].columns:
        build.execute(
            "create temp table claimed as select $1 as delivery_id, $2 as sheet, $3 as row_no, $4::varchar as value",
            [row.delivery_id, row.sheet, row.row_no, value],
        )
        _put(build, row.feed, field, "select * from claimed")


def _put(build: Build, feed: str, field: str, cells: str) -> None:
    """Write the values of ``cells`` (delivery_id, sheet, row_no, value) into a column; credit codes are rechecked."""
    same_row = (
        "raw.delivery_id = d.delivery_id and coalesce(raw.sheet, '') = coalesce(d.sheet, '') and raw.row_no = d.row_no"
    )
    build.execute(f'update raw_{feed} as raw set "{field}" = d.value from ({cells}) as d where {same_row}')  # noqa: S608
    if field == "uscc":
        import polars as pl

        from warehouse.intake.readers.code import uscc_state

        codes = build.frame(f"select distinct value::varchar as uscc from ({cells})")  # noqa: S608
        with build.view("checked_codes", codes.with_columns(state=uscc_state(pl.col("uscc")))):
            build.execute(
                f"update raw_{feed} as raw set uscc_state = c.state from ({cells}) as d join checked_codes as c"  # noqa: S608
                f" on d.value is not distinct from c.uscc where {same_row}"
            )


def apply_decisions(build: Build, feeds: Mapping[str, Feed]) -> None:
    """Address, firm and decision of each finding; rejected rows become findings of their own."""
    _match_rows(build, feeds)
    build.execute(
        """insert into quarantine by name
        select d.delivery_id, d.feed, d.sheet, d.row_no, 'D01' as rule_id, 'reject' as severity, '' as field,
            $1 as message_zh, $2 as message_en
        from decision as d where d.decision = 'rejected' and not d.is_gone""",
        [rule_of("D01").message("zh"), rule_of("D01").message("en")],
    )
    describe_rows(build, feeds)
    build.execute(
        """update quarantine as q set decision = d.decision, decision_id = d.statement_id from decision as d
        where d.decision <> 'corrected' and q.delivery_id = d.delivery_id and q.feed = d.feed
            and coalesce(q.sheet, '') = d.sheet and q.row_no = d.row_no
            and (d.decision = 'rejected' or (q.rule_id = d.rule_id and coalesce(q.field, '') = d.field
                and not list_contains($1, q.rule_id)))""",
        [list(READER_RULES)],
    )
    build.execute(
        """update quarantine as q set decided_before = d.numbers from (
            select feed, key, list(distinct delivery_id) as within, max(statement_id) as numbers
            from decision where key is not null group by feed, key
        ) as d
        where q.feed = d.feed and q.key = d.key and not list_contains(d.within, q.delivery_id)"""
    )


def describe_rows(build: Build, feeds: Mapping[str, Feed]) -> None:
    """Add to each finding without an address the address of its row, and the key, code and name in that row.

    They are put in anew: updating them row by row, out of order, takes a hundred times as long.
    """
    secret = [feed.name for feed in feeds.values() if feed.use != "service"]
    _load_source_rows(build, [feed for feed in _feeds_to_describe(build, feeds) if feed.name not in secret])
    build.execute(
        """create temp table described as select q.* replace (
            feed || '/' || delivery_id || '/' || replace(replace(coalesce(sheet, ''), '%', '%25'), '/', '%2F')
                || '/' || row_no as address,
            case when not list_contains($1, feed) then value end as value,
            case when source_row.is_there then source_row.key else q.key end as key,
            case when source_row.is_there then source_row.uscc else q.uscc end as uscc,
            case when source_row.is_there then source_row.name else q.name end as name)
        from (from quarantine where address is null) as q
        left join source_row using (feed, delivery_id, sheet, row_no)""",
        [secret],
    )
    build.execute("delete from quarantine where address is null; insert into quarantine by name from described")
    build.execute("drop table source_row; drop table described")


def _load_source_rows(build: Build, feeds: Iterable[Feed]) -> None:
    """``source_row``: key, code and name of every source row with a finding to be described."""
    build.execute(
        "create or replace temp table source_row (feed varchar, delivery_id varchar, sheet varchar, row_no bigint,"
        " key varchar, uscc varchar, name varchar, is_there boolean)"
    )
    for feed in feeds:
        uscc, name = (f"raw.{column}" if column in feed.columns else "null" for column in ("uscc", "name"))
        build.execute(
            f"insert into source_row"  # noqa: S608
            f" select '{feed.name}', delivery_id, sheet, row_no, {_key(feed)}, {uscc}, {name}, true"
            f" from raw_{feed.name} as raw"
            f" semi join (select * from quarantine where feed = '{feed.name}' and address is null)"
            " using (delivery_id, sheet, row_no)"
        )


def _match_rows(build: Build, feeds: Mapping[str, Feed]) -> None:
    """Set key and ``is_gone`` of each decision: one whose row or column no longer exists is reported, not applied."""
    same_row = "x.delivery_id = d.delivery_id and x.row_no = d.row_no and coalesce(x.sheet, '') = d.sheet"
    build.execute(f"update decision as d set is_gone = false from quarantine as x where {same_row}")  # noqa: S608
    named = set(build.column("select distinct feed from decision"))
    for feed in (feeds[name] for name in sorted(named & feeds.keys())):
        fields = ", ".join(f"'{name}'" for name in feed.columns)
        build.execute(
            f"update decision as d set key = {_key(feed).replace('raw.', 'x.')},"  # noqa: S608
            f" is_gone = d.decision = 'corrected' and d.field not in ({fields})"
            f" from raw_{feed.name} as x where d.feed = '{feed.name}' and {same_row}"
        )


def _feeds_to_describe(build: Build, feeds: Mapping[str, Feed]) -> list[Feed]:
    named = build.column("select distinct feed from quarantine where address is null order by feed")
    return [feeds[name] for name in named if name in feeds]


def _key(feed: Feed) -> str:
    """The key of a row of a feed, the same in every delivery, as SQL text; null where a part is missing."""
    return " || ' ' || ".join(f'raw."{name}"' for name in feed.key)
