"""Rows that cannot be loaded: page text is dropped, a row that may be a firm goes to quarantine."""

from pathlib import Path

import pytest

from warehouse.intake.feed import Feed, load_feed, load_feeds
from warehouse.intake.readers.table import Table, read_tables

pytestmark = pytest.mark.rule("nothing-lost")

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


GAZELLES = load_feeds()["recognition__gazelle"]
FIRMS = [f"杭州{word}科技有限公司" for word in ("乙丑", "丙寅", "丁卯", "戊辰", "己巳", "庚午")]
LIST = "瞪羚企业名单_2025-11-10_公告.csv"


def gazelles(path: Path, *lines: str, head: str = "序号,企业名称") -> list[tuple[int, str, str]]:
    numbered = [f"{at},{name}" if "," in head else name for at, name in enumerate(FIRMS, 1)]
    table = read(path / LIST, "\n".join([head, *numbered, *lines]), GAZELLES)
    return [(number - 7, rule, value) for number, rule, value in table.non_data.rows()]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (",（此页无正文）", "句子"),
        (",2025年11月10日", "日期"),
        (",二〇二五年十一月十日", "日期"),
        (",杭州市科学技术局", "机关"),
        (",浙江省经济和信息化厅", "机关"),
        (",杭州市科学技术局办公室", "机关"),
        (",杭州高新区（滨江）管委会", "机关"),
        (",抄送：各区、县（市）科技局", "句子"),
        (",杭州市科学技术局办公室2025年11月10日印发", "抄送"),
        (",联系人：王某 0571-88888888", "署名"),
        ("制表：李某,审核：赵某", "署名"),
        (",填报人：王某 联系电话：13812345678", "署名"),
        (",第1页 共3页", "页码"),
        ("- 2 -", "页码"),
        (",以下空白", "空白"),
        (",以上", "空白"),
        ("附件2", "附件"),
        ("备注,按笔画排序", "说明"),
        (",注：排名不分先后", "说明"),
        ("合计,共23家", "合计"),
        (",小计", "合计"),
        (",滨江区小计", "合计"),
        ("总计,23", "合计"),
        ("共计23家", "户数"),
        (",（盖章）", "署名"),
    ],
)
def test_page_text_in_the_column_of_names_is_no_firm_and_its_text_is_not_shown(
    tmp_path: Path, line: str, kind: str
) -> None:
    ((number, rule, value),) = gazelles(tmp_path, line)
    assert (number, rule) == (1, "F02")
    assert value.startswith(kind)


@pytest.mark.parametrize("line", [",王某某", ",小红书", ",一二三", ",-", "7,2025年11月10日", "7,13812345678", "7,—"])
def test_a_name_that_is_neither_waits_by_name(tmp_path: Path, line: str) -> None:
    ((number, rule, _),) = gazelles(tmp_path, line)
    assert (number, rule) == (1, "F18")


@pytest.mark.parametrize(
    "line",
    [
        "7,一二三",
        "7,小红书",
        ",甲乙丙科技有限公司",
        ",杭州市农业科学研究院",
        "7,完美世界",
        ",Shein Co. Ltd.",
        "7,甲乙丙（杭州）合伙企业（有限合伙）",
    ],
)
def test_a_firm_stays_whatever_it_is_called(tmp_path: Path, line: str) -> None:
    assert gazelles(tmp_path, line) == []


def test_short_names_are_firms_where_the_list_has_no_others(tmp_path: Path) -> None:
    lines = "排名,企业名称\n1,字节跳动\n2,小红书\n3,大疆\n,（此页无正文）\n"
    table = read(tmp_path / LIST, lines, GAZELLES)
    assert table.rows["name"].to_list() == ["字节跳动", "小红书", "大疆"]


def test_names_of_places_are_data_where_the_list_is_of_places(tmp_path: Path) -> None:
    lines = "代码,名称,级别,状态,启用时间\n330000,浙江省,省级,启用,1981\n330100,杭州市,地级,启用,1981\n"
    table = read(tmp_path / "行政区划代码.csv", lines, load_feeds()["code__divisions"])
    assert table.rows["name"].to_list() == ["浙江省", "杭州市"]


def test_in_a_list_of_names_alone_page_text_is_told_from_firms(tmp_path: Path) -> None:
    assert gazelles(tmp_path, "（此页无正文）", "杭州市科学技术局", "2025年11月10日", "王某某", head="企业名称") == [
        (1, "F02", "句子 sentence"),
        (2, "F02", "机关 office"),
        (3, "F02", "日期 day"),
        (4, "F18", "王某某"),
    ]


@pytest.mark.parametrize(
    "lines", ["甲,乙,丙\n1,2,3", "A,B,C", "（1）,（2）,（3）", "①,②,③", "一,二,三", "甲,乙,1", "栏次,1,2", "a,b,c"]
)
def test_rows_that_number_the_columns_are_no_data(tmp_path: Path, lines: str) -> None:
    text = f"序号,所在区,企业名称\n{lines}\n1,滨江区,{FIRMS[0]}\n2,滨江区,甲乙丙科技有限公司\n3,滨江区,一二三\n"
    table = read(tmp_path / LIST, text, GAZELLES)
    assert table.rows["name"].to_list() == [FIRMS[0], "甲乙丙科技有限公司", "一二三"]
    assert set(table.non_data["value"]) == {"栏次 column numbers"}


def test_a_row_of_signatures_is_page_text_whatever_its_width(tmp_path: Path, trial: Feed) -> None:
    line = "单位负责人：王某,统计负责人：赵某,填表人：钱某,联系电话：13812345678"
    table = read(tmp_path / "试_1.csv", f"{HEADS}\nX,甲,滨江,1\n{line}\n合计,,,128\n", trial)
    assert table.non_data.rows() == [(3, "F02", "署名 signature"), (4, "F02", "合计 total")]


def test_numbers_of_people_in_a_row_that_waits_are_masked(tmp_path: Path, trial: Feed) -> None:
    table = read(tmp_path / "试_1.csv", f"{HEADS}\nX,甲,滨江,1\n王某 13812345678\n", trial)
    assert table.non_data.rows() == [(3, "F12", "王某 \uff3b隐去 masked\uff3d")]


@pytest.mark.parametrize(
    "line",
    ["序号：7 杭州辛未科技有限公司", "杭州辛未科技有限公司联系电话：0571-88880000", "其中杭州辛未有限公司已更名。"],
)
def test_a_sentence_that_holds_the_name_of_a_firm_waits(tmp_path: Path, line: str) -> None:
    assert [rule for _, rule, _ in gazelles(tmp_path, line, head="企业名称")] == ["F18"]


@pytest.mark.parametrize(
    "line", ["技术支持：杭州辛未科技有限公司", "注：杭州辛未有限公司已更名", "填报单位：杭州辛未有限公司"]
)
def test_a_label_before_the_name_of_a_firm_is_page_text(tmp_path: Path, line: str) -> None:
    assert [rule for _, rule, _ in gazelles(tmp_path, line, head="企业名称")] == ["F02"]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("杭州辛未科技有限公司*", "杭州辛未科技有限公司"),
        ("杭州辛未科技有限公司 ※", "杭州辛未科技有限公司"),
        ("第一页传媒有限公司", "第一页传媒有限公司"),
        ("杭州辛未门市部", "杭州辛未门市部"),
        ("杭州辛未足球俱乐部", "杭州辛未足球俱乐部"),
    ],
)
def test_a_firm_is_loaded_whatever_its_name_is_like(tmp_path: Path, written: str, name: str) -> None:
    table = read(tmp_path / LIST, "\n".join(["企业名称", *FIRMS, written]), GAZELLES)
    assert table.rows["name"].to_list() == [*FIRMS, name]
