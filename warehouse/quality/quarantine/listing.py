"""The quarantine: findings that need a decision, as a list and as a report to send back to suppliers."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse.casebook.statements import STATED_AT, STATED_BY
from warehouse.database.build import Snapshot
from warehouse.intake.feed import load_feeds
from warehouse.rows import Row
from warehouse.spreadsheets.spreadsheet import csv_bytes, frame_lines

if TYPE_CHECKING:
    import polars as pl

HEADINGS = {
    "address": "地址 address",
    "uscc": "信用代码 code",
    "name": "企业 firm",
    "feed": "来源 feed",
    "file_name": "文件 file",
    "sheet": "工作表 sheet",
    "row_no": "行号 row",
    "rule_id": "规则 rule",
    "severity": "处理 severity",
    "field": "栏目 column",
    "value": "原值 value",
    "message_zh": "说明",
    "message_en": "message",
    "decision": "决定 decision",
    "decision_id": "决定号 decision no.",
    "decided_before": "此前同键行的决定 decided before",
}
COLUMNS = (
    "select coalesce(q.address, '') as address, q.feed, d.file_name, q.sheet, q.row_no, q.rule_id, q.severity,"
    " q.field, q.value, q.message_zh, q.message_en, q.decision, q.decision_id, q.decided_before, q.uscc, q.name,"
    " f.publisher_zh, f.publisher_en"
)
ROWS = " from quarantine as q left join deliveries as d using (delivery_id) left join ref_feeds as f on q.feed = f.feed"
FINDINGS = COLUMNS + ROWS
WAITS = "q.severity in ('reject', 'quarantine', 'hold') and q.decision is null"
ORDER = f" order by ({WAITS}) desc, q.feed, d.file_name, q.sheet, q.row_no, q.rule_id, q.field"
PIECE, SORTED = 25_000, 200_000
"""Findings that are read and sorted at once for files, so that memory stays flat; those of one file are together."""
FILTERS = {
    "feed": "q.feed = $feed",
    "rule": "q.rule_id = $rule",
    "supplier": "(contains(f.publisher_zh, $supplier) or contains(lower(f.publisher_en), lower($supplier)))",
    "firm": "(upper(q.uscc) = upper($firm) or contains(q.name, $firm))",
}


def waiting(release: Path, filters: Mapping[str, str | None]) -> list[Row]:
    """The findings that wait for a decision, filtered by feed, rule, supplier, firm."""
    given = {name: value for name, value in filters.items() if value is not None}
    where = " and ".join([WAITS, *(FILTERS[name] for name in given)])
    return _rows(release, f"{FINDINGS} where {where}{ORDER}", given)


def findings_at(release: Path, row: str) -> list[Row]:
    """Every finding on one row, by the address of the row."""
    return _rows(release, f"{FINDINGS} where q.address = $row{ORDER}", {"row": row})


def findings_on(release: Path, rows: Sequence[str]) -> list[Row]:
    """Every finding on some rows, by their addresses."""
    return _rows(release, f"{FINDINGS} where list_contains($rows::varchar[], q.address){ORDER}", {"rows": list(rows)})


def inapplicable(release: Path) -> list[Row]:
    """Decisions in force that could not be applied, because their row or column no longer exists."""
    return _rows(
        release,
        "select statement_id, decision, subject from decision inner join statement using (statement_id)"
        " where is_gone order by 1",
        {},
    )


def decisions(release: Path) -> list[Row]:
    """The decisions of this release: decision, row, person, time, reason."""
    return _rows(
        release,
        f"select statement_id, decision, subject, value, {STATED_BY} as stated_by, {STATED_AT} as stated_at,"  # noqa: S608
        " why, is_gone from decision inner join statement using (statement_id) order by 1",
        {},
    )


def _rows(release: Path, sql: str, parameters: Mapping[str, Any]) -> list[Row]:
    with Snapshot.open(release) as snapshot:
        return snapshot.rows(sql, parameters)


def in_words(findings: "pl.DataFrame") -> "pl.DataFrame":
    """Findings with the column of each named as the files of its feed head it, 毕业时间 rather than graduated_on."""
    import polars as pl

    words = [
        {"feed": feed.name, "field": name, "heading": column.headings[0]}
        for feed in load_feeds().values()
        for name, column in feed.columns.items()
    ]
    named = findings.join(pl.DataFrame(words), on=["feed", "field"], how="left", maintain_order="left")
    return named.with_columns(field=pl.coalesce("heading", "field")).drop("heading")


def in_order(snapshot: Snapshot, rows: str, files: str, within: str) -> "Iterator[pl.DataFrame]":
    """The findings ``rows``, a SELECT, by file and then ``within`` it, sorted some files at a time.

    ``files`` are the columns that order the files, none of them null; pieces have at most ``PIECE`` findings.
    """
    for share in _shares(snapshot.tuples(f"select {files}, count(*) from ({rows}) group by all order by all")):  # noqa: S608
        marks = f"({', '.join('?' for _ in share[0])})"
        chosen = f"({files}) in ({', '.join(marks for _ in share)})"
        query = f"from ({rows}) where {chosen} order by {files}, {within}"
        yield from snapshot.frames(query, PIECE, [value for file in share for value in file])


def _shares(counts: Sequence[tuple[Any, ...]]) -> list[list[tuple[Any, ...]]]:
    """Files whose findings, the last of each row, are ``SORTED`` together; a larger file alone."""
    shares: list[list[tuple[Any, ...]]] = []
    together = SORTED
    for *file, count in counts:
        if together + count > SORTED:
            shares.append([])
            together = 0
        shares[-1].append(tuple(file))
        together += count
    return shares


def write_report(build: Path, path: Path) -> Path:
    """A CSV with a BOM, so that Chinese Excel reads it, rows that wait first; formulas are neutralised."""
    part = path.with_suffix(".part")
    query = f"{COLUMNS}, not ({WAITS}) as is_after, coalesce(d.file_name, '') as file{ROWS}"
    with Snapshot.open(build) as snapshot, part.open("wb") as file:
        file.write(csv_bytes(HEADINGS, []))
        for findings in in_order(snapshot, query, "is_after, feed, file", "sheet, row_no, rule_id, field"):
            file.write(frame_lines(in_words(findings).select(*HEADINGS)))
    part.replace(path)
    return path
