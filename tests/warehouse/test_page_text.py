"""Rows that cannot be loaded: page text is dropped, a row that may be a firm goes to quarantine."""

from pathlib import Path

import pytest

from warehouse.intake.feed import Feed, load_feed
from warehouse.intake.readers.table import Table, read_tables

TRIAL = """\
title: {zh: 试, en: Trial}
publisher: {zh: 某局, en: A bureau}
use: service
files: ["试_*"]
formats: [csv]
money_unit: stated
columns:
  uscc: {type: code, headings: [统一社会信用代码], required: true}
  name: {type: text, headings: [企业名称], required: true}
  district: {type: text, headings: [所在区]}
  revenue: {type: money, headings: [营业收入]}
ignore: [序号]
key: [uscc]
period: {kind: state}
rows: {min: 1, max: 100}
"""
HEADS = "统一社会信用代码,企业名称,所在区,营业收入(元)"


@pytest.fixture
def trial(tmp_path: Path) -> Feed:
    (path := tmp_path / "trial__feed.yml").write_text(TRIAL, "utf-8")
    return load_feed(path)


def read(path: Path, text: str, feed: Feed) -> Table:
    path.write_text(text, "utf-8")
    (table,) = read_tables(path, path.name, feed)
    return table


@pytest.mark.parametrize(
    "line",
    ["甲乙科技有限公司", "91330106MA01000169", ",甲乙科技有限公司", ",,滨江", ",合计科技有限公司"],
)
def test_a_row_with_a_single_filled_cell_goes_to_quarantine(tmp_path: Path, trial: Feed, line: str) -> None:
    table = read(tmp_path / "试_1.csv", f"{HEADS}\nX,甲,滨江,1\n{line}\n", trial)
    assert table.non_data.rows() == [(3, "F12", line.strip(","))]
    assert table.rows.height == 1


@pytest.mark.parametrize(
    "line",
    [
        *(
            "注：本表数据为快报数",
            "合计",
            "合计,128",
            "共 12 家",
            "共计12家",
            "填报人：王某",
            "单位负责人：",
            "第 3 页",
        ),
        *("Total: 12", "Note: preliminary", "说明:", "以下空白", "2026年6月30日", "一、滨江区（15家）", "余杭区"),
        *("滨江区（15家）", "以上企业均已公示无异议。", "某区企业一览表"),
    ],
)
def test_page_text_is_not_loaded(tmp_path: Path, trial: Feed, line: str) -> None:
    table = read(tmp_path / "试_1.csv", f"某区企业一览表\n{HEADS}\nX,甲,滨江,1\n{line}\n", trial)
    assert table.non_data.select("row_no", "rule_id").rows() == [(4, "F02")]


def test_a_lone_running_number_is_page_text_and_a_lone_firm_name_is_not(tmp_path: Path, trial: Feed) -> None:
    table = read(tmp_path / "试_1.csv", "序号,统一社会信用代码,企业名称\n1,X,甲\n2,,\n丙公司,,\n", trial)
    assert table.non_data.select("row_no", "rule_id").rows() == [(3, "F02"), (4, "F12")]
