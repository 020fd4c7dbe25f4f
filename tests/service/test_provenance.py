"""Provenance is data to the edge: a delivered row is worded once, in either language."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from service.queries.firm.filings import changes_of
from service.queries.release.provenance import (
    Source,
    Sources,
    as_row,
    delivered_rows,
    link_text,
    source_text,
    sources_of,
    sources_text,
    with_sources,
)
from warehouse.release.desk.desk import ZoneSnapshot

pytestmark = pytest.mark.rule("reasons")

ROW = Source("zone__yearly", "703074291ac0a017", "企业年度报表.xlsx", "Sheet1", 12)


@pytest.mark.parametrize(
    ("source", "zh", "en"),
    [
        (ROW, "企业年度报表.xlsx · Sheet1 行 12", "企业年度报表.xlsx · Sheet1 row 12"),
        (Source("f", "d", "名单.csv", "", 3), "名单.csv 行 3", "名单.csv row 3"),
        (
            Source("f", "d", "名单.csv", None, 3, statement_id=7),
            "名单.csv 行 3（按第 7 号决定更正）",
            "名单.csv row 3 (corrected by decision 7)",
        ),
        (
            Source("f", "d", "报表.csv", None, 3, unit_factor=Decimal("1000.000000")),
            "报表.csv 行 3（金额单位经确认，全部 ×1000）",
            "报表.csv row 3 (unit confirmed, all money ×1000)",
        ),
        (
            Source("f", "d", "报表.csv", None, 3, unit_factor=Decimal("0.001000")),
            "报表.csv 行 3（金额单位经确认，全部 ×0.001）",
            "报表.csv row 3 (unit confirmed, all money ×0.001)",
        ),
        (Source("f", "d", "报表.csv", None, 3, unit_factor=Decimal(1)), "报表.csv 行 3", "报表.csv row 3"),
        (
            Source("f", "d", "融资.csv", None, 3, figure_year=2024, rate_year=2023),
            "融资.csv 行 3（按 2023 年平均汇率折算，2024 年的尚无）",
            "融资.csv row 3 (at the mean rate of 2023, there is none of 2024 yet)",
        ),
        (Source("f", "d", "融资.csv", None, 3, figure_year=2024, rate_year=2024), "融资.csv 行 3", "融资.csv row 3"),
        (Source(written="旧报表.csv 行 9"), "旧报表.csv 行 9", "旧报表.csv 行 9"),
    ],
)
def test_a_source_is_worded_in_either_language(source: Source, zh: str, en: str) -> None:
    assert (source_text(source, "zh"), source_text(source, "en")) == (zh, en)


def test_a_pipeline_gets_the_columns_of_a_source() -> None:
    row = as_row(ROW)

    assert (row["delivery_id"], row["sheet"], row["row_no"]) == ("703074291ac0a017", "Sheet1", 12)
    assert "written" not in row


def test_facts_of_one_year_share_their_sources_and_each_is_named_once() -> None:
    registry = Source("registry__firms", "d", "登记.csv", None, 2)
    sources = Sources(date(2026, 6, 30), {"founded_on": [registry]}, {0: [ROW], 1: []})

    assert sources.of(["revenue_fen_y0", "founded_on", "staff_end_y0", "revenue_fen_y1", "unknown"]) == [ROW, registry]


RELEASE = """
create macro firm_key(firm) as hash(firm);
create table deliveries as select 'd1' as delivery_id, '报表.xlsx' as file_name
    union all select 'd2' as delivery_id, '登记.csv' as file_name;
create table correction as select 7 as statement_id, 'd1' as delivery_id, 'Sheet1' as sheet, 12 as row_no;
create table mart_firm__history as select firm_key('甲') as firm_key, 2025 as year,
    [{'feed': 'zone__yearly', 'delivery_id': 'd1', 'sheet': 'Sheet1', 'row_no': 12,
        'unit_factor': 1000::decimal(18, 6)}] as sources;
create table ref_fact_topics as select 'founded_on' as fact, 'registry' as topic;
create table mart_firm__sources as
    select firm_key('甲') as firm_key, 'registry' as topic, day::date as as_of, 'registry__firms' as feed,
        'd2' as delivery_id, '登记.csv' as file_name, null::varchar as sheet, row_no, null::bigint as statement_id
    from (values ('2024-01-01', 2), ('2025-01-01', 3), ('2027-01-01', 4)) as stated (day, row_no);
alter table deliveries add column feed varchar;
update deliveries set feed = 'recognition__hnte';
create table mart_firm__titles as select firm_key('甲') as firm_key, 't1' as title_id, 'd1' as delivery_id,
    'Sheet1' as sheet, 12 as row_no;
"""


@pytest.mark.parametrize("column", ["as_of", "told_on"])
def test_sources_are_read_from_a_release_as_columns(column: str) -> None:
    """Also from an older one, whose day of a source had another name."""
    with duckdb.connect() as con:
        con.execute(RELEASE.replace("as as_of", f"as {column}"))
        sources = sources_of(ZoneSnapshot(Path("release.duckdb"), con), "甲", date(2026, 6, 30))

    (report,) = sources.of(["revenue_fen_y0"])
    assert (report.delivery_id, report.sheet, report.row_no, report.statement_id) == ("d1", "Sheet1", 12, 7)
    assert source_text(report, "zh") == "报表.xlsx · Sheet1 行 12（按第 7 号决定更正）（金额单位经确认，全部 ×1000）"
    (registry,) = sources.of(["founded_on"])
    assert (registry.feed, registry.row_no) == ("registry__firms", 3), "the newest that was stated by the day"


def test_a_row_of_a_view_has_the_delivered_rows_behind_it() -> None:
    with duckdb.connect() as con:
        con.execute(RELEASE)
        release = ZoneSnapshot(Path("release.duckdb"), con)
        titles = release.rows("select * from desk_firm__titles")
        several = {"sources": [{"delivery_id": "d2", "sheet": None, "row_no": 3}, titles[0]]}
        (title,), both, none = delivered_rows(release, [*titles, several, {"delivery_id": None, "source": None}])
        (worded,) = with_sources(release, [{**several, "year": 2025}])

    assert title == Source("recognition__hnte", "d1", "报表.xlsx", "Sheet1", 12, statement_id=7)
    assert both == [Source("recognition__hnte", "d2", "登记.csv", None, 3), title]
    assert none == []
    assert (worded["year"], worded["source"]) == (2025, "登记.csv 行 3; 报表.xlsx · Sheet1 行 12（按第 7 号决定更正）")
    assert sources_text(worded, "en") == "登记.csv row 3; 报表.xlsx · Sheet1 row 12 (corrected by decision 7)"
    assert sources_text({"sources": [], "source": "gazelle-2024"}, "en") == "gazelle-2024"


OLDER = """
create macro firm_key(firm) as hash(firm);
create table mart_firm__history as select firm_key('甲') as firm_key, 2025 as year, '报表.xlsx 行 12' as source;
create table ref_fact_topics as select 'founded_on' as fact, 'registry' as topic;
create table core_firm__sources as
    select firm_key('甲') as firm_key, 'registry' as topic, *
    from (values (date '2024-01-01', '登记.csv 行 2'), (date '2025-01-01', '登记.csv 行 3')) as old (told_on, source);
create table mart_firm__changes as
    select firm_key('甲') as firm_key, '甲' as firm_id, 'moved' as change_kind, '迁址' as change,
        date '2025-03-01' as changed_on, '变更.csv 行 4' as source;
"""
"""A release of before rows were kept: texts, and no delivery."""


def test_the_text_of_an_older_release_is_shown_as_it_is() -> None:
    with duckdb.connect() as con:
        con.execute(OLDER)
        release = ZoneSnapshot(Path("release.duckdb"), con)
        sources = sources_of(release, "甲", date(2026, 6, 30))
        (change,) = changes_of(release, "甲")

    assert sources.of(["founded_on", "revenue_fen_y0"]) == [
        Source(written="登记.csv 行 3"),
        Source(written="报表.xlsx 行 12"),
    ]
    assert (sources_text(change, "zh"), sources_text(change, "en")) == ("变更.csv 行 4", "变更.csv 行 4")


@pytest.mark.parametrize(
    ("link", "zh", "en"),
    [
        ({"statement_id": 5, "stock_code": None}, "第 5 号决定", "decision 5"),
        ({"statement_id": None, "stock_code": "688001"}, "证券代码 688001", "stock code 688001"),
        ({"evidence": "statement 5"}, "statement 5", "statement 5"),
    ],
)
def test_a_link_between_firms_names_what_it_rests_on(link: dict[str, Any], zh: str, en: str) -> None:
    assert (link_text(link, "zh"), link_text(link, "en")) == (zh, en)


def test_a_code_of_an_older_release_is_read_as_the_present_one() -> None:
    with duckdb.connect() as con:
        con.execute("create macro firm_key(firm) as hash(firm)")
        con.execute(
            "create table mart_reconciliation__statuses as from (values ('甲', 'cannot_tell'), ('乙', 'awaiting'),"
            " ('丙', 'unknown'), ('丁', null)) as older (firm_id, status)"
        )
        release = ZoneSnapshot(Path("release.duckdb"), con)
        rows = release.rows("select firm_id, status from desk_reconciliation__statuses")

    assert [tuple(row.values()) for row in rows] == [
        ("甲", "unknown"), ("乙", "awaiting"), ("丙", "unknown"), ("丁", None),
    ]  # fmt: skip
