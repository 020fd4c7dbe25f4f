"""Cells that no type was made for, in every column of every feed: loaded or waiting with a reason, and never a stop.

``TIDU_POISON_SHARE=1`` tries every cell instead of every twenty-fifth.
"""

import os
from pathlib import Path

import poisoned_zone
import pytest
from every_feed import A, write_files
from tiny_zone import Built, TinyZone, code
from whole_job import STEPS

from tiers.amounts import read_amount
from warehouse.home import Home
from warehouse.intake.feed import load_feeds
from warehouse.quality.checks import feeds_of, unread_columns
from warehouse.release import releases

pytestmark = pytest.mark.rule("nothing-lost")

SHARE = int(os.environ.get("TIDU_POISON_SHARE", "25"))
HUGE = "9000000"
"""In 亿元 above all that is counted; three of them are a sum that no 64 bits hold."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    write_files(zone := TinyZone(tmp_path_factory.mktemp("poison")))
    poisoned_zone.write_files(zone.inbox, SHARE)
    zone.other(
        "增值税销售额_20260602.csv",
        "统一社会信用代码,企业名称,所属期,销售额（元）",
        [code(1), "甲", "202604", "1000000"],
        [code(1), "甲", "3月", "1000000"],
    )
    zone.other(
        "规上企业快报_202606.csv",
        "单位：亿元\n统一社会信用代码,企业名称,报告期,营业收入累计,从业人员期末",
        *([code(number), f"杭州第{number}科技有限公司", "202606", HUGE, "20"] for number in range(7, 10)),
        [code(1), "甲", "202606", "3", "99999999999"],
    )
    zone.run(steps=len(STEPS))
    return Built(next(Path(zone.home / "releases").glob("*.duckdb")))


def test_no_file_is_refused_and_every_row_is_loaded_or_waits(built: Built) -> None:
    assert built.rows("select file_name, message_en from rejection") == []
    assert built.rows("select feed, rows_read, rows_accounted from accounts where rows_read <> rows_accounted") == []


def test_the_sound_rows_beside_them_are_published(built: Built) -> None:
    assert built.rows(f"select name from core_firm where firm_id = '{A}'") == [("杭州甲乙科技有限公司",)]
    silent = "select feed from accounts group by feed having sum(rows_loaded) = 0 order by feed"
    assert built.rows(silent) == []


def test_a_written_value_that_is_not_typed_waits_with_a_reason(built: Built) -> None:
    tables = [f"stg_{name}" for name, feed in load_feeds().items() if "designation" not in feed.states]
    for table in [*tables, "stg_recognition"]:
        for column, (field, _) in unread_columns(table).items():
            raw = table.replace("stg_", "raw_", 1)
            lost = built.rows(
                f"select raw.{field} from {table} as stg join {raw} as raw using (delivery_id, sheet, row_no)"
                f" where stg.{column} is null and raw.{field} is not null"
            )
            lost = [
                text for (text,) in lost if read_amount(text, "元").kind == "unread"
            ]  # else ends are kept, or none stated
            assert lost == [], f"{[feed.name for feed in feeds_of(table)]} {field}"


def test_a_month_that_is_none_and_a_figure_out_of_range_have_rules_of_their_own(built: Built) -> None:
    findings = built.rows(
        "select d.file_name, q.rule_id, q.field from quarantine as q join deliveries as d using (delivery_id)"
        " where d.file_name in ('增值税销售额_20260602.csv', '规上企业快报_202606.csv') and q.severity = 'quarantine'"
        " and q.rule_id like 'F%' order by all"
    )
    assert findings == [
        *[("规上企业快报_202606.csv", "F15", "revenue_to_date")] * 3,
        ("规上企业快报_202606.csv", "F15", "staff_end"),
    ]


def test_the_release_is_the_current_one(built: Built) -> None:
    assert releases.runs(Home(built.path.parent.parent)) == [built.path.stem]
