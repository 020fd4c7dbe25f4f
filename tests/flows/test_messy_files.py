"""A Monday's inbox, written by hand: every row is loaded, waits or is set aside, with its reason."""

import re
from typing import Any

import pytest
from messy_files import NAMES, drop
from tiny_zone import code
from whole_job import run_steps

from service.queries.release.provenance import with_sources
from warehouse.home import Home
from warehouse.release import releases

pytestmark = pytest.mark.rule(
    "nothing-lost", "nothing is lost, nothing is silent: every row is loaded or quarantined with a reason"
)

Row = dict[str, Any]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> releases.Published:
    folder = tmp_path_factory.mktemp("monday")
    drop(folder / "inbox")
    run_steps(folder / "home", folder / "inbox")
    return releases.Published(Home(folder / "home"))


@pytest.fixture(scope="module")
def findings(published: releases.Published) -> list[Row]:
    return published.rows("select file_name, q.* from quarantine as q inner join deliveries using (delivery_id)")


def test_read_is_loaded_quarantined_and_not_data_for_every_file(published: releases.Published) -> None:
    accounts = published.rows("select * from accounts order by file_name")

    parts = ("rows_loaded", "rows_quarantined", "rows_not_data")
    uneven = [row for row in accounts if row["rows_read"] != sum(row[part] for part in parts)]
    assert uneven == []
    assert {row["file_name"]: (row["rows_read"], *(row[part] for part in parts)) for row in accounts} == {
        "企业年度报表_2025.xlsx": (9, 4, 3, 2),
        "企业年度报表_2025更正.xlsx": (2, 2, 0, 0),
        "在孵企业_甲孵化器_20260601.csv": (4, 1, 2, 1),
        "登记信息_20260601.csv": (12, 6, 2, 4),
        "登记信息_20260615.xlsx": (4, 1, 1, 2),
        "瞪羚企业名单_2025-10-10_公告.xlsx": (4, 3, 0, 1),
        "知识产权统计_20260601.xlsx": (3, 1, 2, 0),
        "融资事件_20260601.csv": (3, 2, 1, 0),
        "规上企业快报_202603.csv": (4, 3, 1, 0),
        "高新技术企业名单_2025-11-01_公示.csv": (4, 3, 0, 1),
        "高新技术企业名单_2025-12-08_公告.csv": (4, 0, 3, 1),
    }


def test_what_waits_is_named_by_its_row_field_and_value(findings: list[Row]) -> None:
    waiting = sorted(
        (row["file_name"], row["row_no"], row["rule_id"], row["field"], row["value"])
        for row in findings
        if row["severity"] in ("reject", "quarantine") and row["rule_id"] != "L01"
    )

    assert waiting == sorted(
        [
            ("企业年度报表_2025.xlsx", 7, "F10", "revenue", "约五千"),
            ("企业年度报表_2025.xlsx", 8, "A01", "revenue", "-40"),
            ("企业年度报表_2025.xlsx", 11, "F12", "", NAMES[8]),
            ("在孵企业_甲孵化器_20260601.csv", 3, "I01", "entered_on", "2020-01-01"),
            ("在孵企业_甲孵化器_20260601.csv", 5, "F10", "entered_on", "2025-02-30"),
            ("登记信息_20260601.csv", 12, "G01", "uscc", waiting_code(findings)),
            ("登记信息_20260601.csv", 13, "F12", "", NAMES[7]),
            ("登记信息_20260615.xlsx", 4, "G15", "industry_code", "111"),
            ("知识产权统计_20260601.xlsx", 3, "A31", "ip_class1_count", "两件"),
            ("知识产权统计_20260601.xlsx", 4, "F03", "", "待核"),
            ("融资事件_20260601.csv", 4, "F10", "financed_on", "去年"),
            ("规上企业快报_202603.csv", 4, "F13", "period", None),
        ]
    )
    assert {row["row_no"] for row in findings if row["rule_id"] == "L01"} == {3, 4, 5}


def waiting_code(findings: list[Row]) -> str:
    (value,) = [row["value"] for row in findings if row["rule_id"] == "G01"]
    assert value[:-1] == code(7)[:-1] != value
    return str(value)


def test_every_finding_says_in_both_languages_what_to_do(findings: list[Row]) -> None:
    for row in findings:
        assert re.search("[一-鿿]", row["message_zh"]), row
        assert re.search("[a-z]{3}", row["message_en"]), row
        assert not re.search("[一-鿿]", row["message_en"]), row
        assert row["row_no"] is not None or row["rule_id"] in ("F06", "F07"), row


def test_a_file_that_cannot_be_used_is_refused_by_name_with_the_way_out(published: releases.Published) -> None:
    (refused,) = published.rows("select * from rejection")

    assert refused["file_name"] == "登记信息_20260620.csv"
    for words in ("第 1 行", "老板手机", "tidu feeds template registry__firms", "运维"):
        assert words in refused["message_zh"]
    for words in ("row 1", "老板手机", "tidu feeds template registry__firms", "operator"):
        assert words in refused["message_en"]


def test_what_is_used_is_right(published: releases.Published) -> None:
    figures = published.rows("select firm_id, revenue_fen, staff_end, sources from mart_firm__history order by firm_id")
    assert [(row["firm_id"], row["revenue_fen"], row["staff_end"]) for row in figures] == [
        (code(1), 1_250_000_000, 21),  # filed again
        (code(2), 800_000_000, 35),
        (code(6), 700_000_000, 18),  # firm 5 was withdrawn
    ]
    ((origin,),) = ([row["source"]] for row in with_sources(published, figures[:1]))
    assert "更正.xlsx · Sheet1 行 4" in origin
    titles = published.rows("select firm_id, designation, event, match_method from core_title order by all")
    assert [tuple(row.values()) for row in titles] == [
        (code(1), "gazelle", "granted", "name"),
        (code(1), "hnte", "notice", "name"),
        (code(2), "hnte", "notice", "name"),
        (code(3), "gazelle", "granted", "name"),
        (code(4), "gazelle", "granted", "name"),
        (code(6), "hnte", "notice", "former_name"),
    ]
    assert published.rows("select firm_id from core_firm__held where designation = 'hnte'") == []
    assert published.rows("select district, name from stg_recognition where designation = 'gazelle' order by all") == [
        {"district": "余杭区", "name": NAMES[3]},
        {"district": "滨江区", "name": NAMES[2]},
        {"district": "滨江区", "name": NAMES[0]},
    ]
    (month,) = published.rows("select revenue_to_date_fen from mart_zone__statistics where industry = 'all'")
    assert month["revenue_to_date_fen"] == (101 + 102 + 104) * 1_000_000
