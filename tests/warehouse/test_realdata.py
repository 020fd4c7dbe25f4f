"""The real files: every report loaded, nothing lost. Needs the folder that TIDU_REALDATA names."""

import os
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from whole_job import run_steps

from service.queries.files.preview import preview
from warehouse.database.build import Snapshot
from warehouse.home import Home
from warehouse.release import releases

pytestmark = [pytest.mark.realdata, pytest.mark.rule("nothing-lost")]
FILES = ("listed/*.xlsx", "lists/agri_leading*.xlsx", "registry/new_registrations_2019_sample.csv")


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    folder = os.environ.get("TIDU_REALDATA")
    if not folder:
        pytest.skip("TIDU_REALDATA names no folder")
    root = tmp_path_factory.mktemp("real")
    (root / "inbox").mkdir()
    for pattern in FILES:
        for path in Path(folder).glob(pattern):
            shutil.copy(path, root / "inbox")
    run_steps(root / "home", root / "inbox", date(2022, 6, 30), "CN")
    with Snapshot.open(releases.current(Home(root / "home"))) as snapshot:
        yield snapshot


def value(con: Snapshot, sql: str) -> object:
    row = con.execute(sql).fetchone()
    assert row is not None
    return row[0]


CODES = {
    "gbt2260_history_1981_on.csv": ("code__divisions", 6_823),
    "gbt4754_2017.csv": ("code__industries", 1_971),
    "gbt37028_2018_zones.csv": ("code__zones", 2_606),
}


@pytest.mark.parametrize("name", CODES)
def test_a_published_code_table_is_loaded_whole(name: str) -> None:
    folder = os.environ.get("TIDU_REALDATA")
    if not folder:
        pytest.skip("TIDU_REALDATA names no folder")
    (file,) = preview(Path(folder) / "codes" / name, None, datetime(2026, 6, 30, tzinfo=UTC))

    assert (file.feed, file.rows_read) == CODES[name]
    assert (file.refused, file.rows_loaded, file.findings) == ({}, file.rows_read, [])


def test_every_row_is_accounted_for(con: Snapshot) -> None:
    rows = dict(con.execute("select feed, sum(rows_read)::bigint from accounts group by 1").fetchall())

    assert rows == {
        "listed__index": 11_588,
        "listed__balance": 11_587,
        "listed__people": 11_587,
        "listed__profit": 11_587,
        "recognition__agri_leading": 3_930,
        "vendor__registrations": 9_688,
    }
    assert value(con, "select count(*) from accounts where rows_read <> rows_accounted") == 0


def test_the_firms_of_the_index_are_known_by_their_stock_code(con: Snapshot) -> None:
    assert value(con, "select count(*) from core_firm where firm_id like 'stock-%'") == 4_366


def test_research_intensity_is_known_where_three_years_are_full(con: Snapshot) -> None:
    full = """
        select count(*) from (
            select firm_id from core_firm__yearly
            where year between 2019 and 2021 and revenue_fen > 0 and rd_hnte_fen > 0 and staff_end > 0
            group by 1 having count(distinct year) = 3
        )"""

    assert (
        value(con, full) == 2_627
    )  # of 2,745 that filed; 118 have a statement or a head count in doubt, which waits for a person
    decided = """
        select count(*) from core_tiers__findings
        where condition_id = 'rd_share_three_years' and edition_id = 'hnte/CN/2016' and outcome <> 'unknown'"""
    assert value(con, decided) == 2_678  # staff, which may wait alone, is not asked for here


def test_signs_for_missing_are_not_figures(con: Snapshot) -> None:
    assert value(con, "select count(*) from core_firm__yearly where rd_hnte_fen < 0 or revenue_fen < 0") == 0


def test_lists_of_names_are_joined_by_name_alone(con: Snapshot) -> None:
    methods = dict(con.execute("select match_method, count(*) from core_title group by 1").fetchall())

    assert methods["name"] == 167
    assert methods.keys() <= {"name", "former_name", "none", "ambiguous", "code", "core_name"}


def test_a_core_name_joins_another_legal_form_or_other_brackets_alone(con: Snapshot) -> None:
    rows = con.execute(
        "select title.name_as_listed, firm.name from core_title as title inner join core_firm as firm using (firm_id)"
        " where match_method = 'core_name'"
    ).fetchall()

    plain = re.compile(r"股份|有限责任公司|有限公司|[()（）\s]")
    assert len(rows) == 9
    assert {plain.sub("", listed) for listed, _ in rows} == {plain.sub("", name) for _, name in rows}


def test_capital_and_status_of_the_register_are_read(con: Snapshot) -> None:
    unread = value(con, "select count(reg_capital_text) - count(reg_capital_cents) from stg_vendor__registrations")

    assert isinstance(unread, int)
    assert unread < 10
    assert value(con, "select count(*) from core_firm where feed = 'vendor__registrations' and status is null") == 0
