"""Headings with marks, remarks, numbers and translations are known; a missing head is explained."""

from pathlib import Path

import pytest
import xlsxwriter
from tables import Rows, names, read, write_book

from warehouse.errors import BadInput
from warehouse.intake.feed import load_feeds

pytestmark = pytest.mark.rule("read-as-written")

FEEDS = load_feeds()
REGISTRY, GAZELLES = FEEDS["registry__firms"], FEEDS["recognition__gazelle"]
FIRMS = ["杭州乙丑科技有限公司", "杭州丙寅科技有限公司"]
LIST = "瞪羚企业名单_2025-11-10_公告.xlsx"


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("*企业名称", "name"),
        ("企业名称 *", "name"),
        ("\uff0a企业名称：", "name"),
        ("企业名称（必填）", "name"),
        ("企业名称(必填项)", "name"),
        ("企业名称【选填】", "name"),
        ("企 业\n名 称", "name"),
        ("1.企业名称", "name"),
        ("（2）企业名称", "name"),
        ("三、企业名称", "name"),
        ("④ 企业名称", "name"),
        ("企业名称 Name", "name"),
        ("企业名称\nCompany Name", "name"),
        ("Company Name 企业名称", "name"),
        ("企业名称（Company Name）", "name"),
        ("企业名称/Name", "name"),
        ("*1、企业名称 Name（必填）", "name"),
        ("成立日期（格式：2020-01-01）", "founded_on"),
        ("实收资本（万元） Paid-in capital", "paid_capital_wan"),
        ("\uff25NTNAM\uff25", "name"),
        ("我的企业名称", None),
        ("PCT 企业名称", None),
    ],
)
def test_a_heading_is_known_by_its_words(heading: str, column: str | None) -> None:
    assert REGISTRY.by_heading.get(REGISTRY.column_key(heading)) == column


def test_a_list_of_one_column_is_read(tmp_path: Path) -> None:
    rows = [["瞪羚企业名单"], ["企业名称"], *([name] for name in FIRMS)]
    assert names(read(write_book(tmp_path / LIST, S=rows), GAZELLES)) == FIRMS


@pytest.mark.parametrize(
    ("rows", "zh"),
    [
        (
            [["瞪羚企业名单"], ["编号", "名称"], [1, FIRMS[0]]],
            ["第 2 行（编号 | 名称）", "缺少 企业名称"],
        ),
        ([["排名", "公司"], [1, FIRMS[0]]], ["认识 排名", "缺少 企业名称", "“公司”即“企业名称”"]),
        ([["企业名称", FIRMS[0]], ["证书编号", "GR1"], ["发证日期", "2025-01-01"]], ["竖排在第 1 列", "转置"]),
        ([["企业名称"], ["证书编号"], ["发证日期"]], ["竖排在第 1 列"]),
    ],
    ids=["other words", "one known", "turned", "names of columns"],
)
def test_a_missing_head_is_explained_by_the_nearest_row(tmp_path: Path, rows: Rows, zh: list[str]) -> None:
    with pytest.raises(BadInput) as refused:
        read(write_book(tmp_path / LIST, S=rows), GAZELLES)
    for words in zh:
        assert words in refused.value.zh
    assert "nearest is [S] row" in refused.value.en


def test_the_line_of_the_message_makes_the_list_readable(tmp_path: Path) -> None:
    path = write_book(tmp_path / LIST, S=[["编号", "名称"], [1, FIRMS[0]]])
    with pytest.raises(BadInput) as refused:
        read(path, GAZELLES)
    assert "改为此表头" in refused.value.zh
    assert "yml" not in str(refused.value)
    assert refused.value.operator is not None
    headings = refused.value.operator[0].split("headings: [")[1].split("]")[0].split(", ")

    name = GAZELLES.columns["name"].model_copy(update={"headings": headings})
    feed = GAZELLES.model_copy(
        update={"columns": GAZELLES.columns | {"name": name}, "ignore": [*GAZELLES.ignore, "编号"]}
    )
    feed.__dict__.pop("by_heading", None)
    assert names(read(path, feed)) == FIRMS[:1]


def test_a_form_without_its_row_of_codes_is_told_which_are_missing(tmp_path: Path) -> None:
    head = ["企业统一社会信用代码或组织机构代码", "企业名称", "数据年份", "营业收入", "从业人员期末人数"]
    path = write_book(tmp_path / "企业年度报表_2025.xlsx", S=[head, ["91330106MA0000015K", FIRMS[0], 2025, 1, 2]])
    with pytest.raises(
        BadInput,
        match=r"代码行（.*代码（id00）、.*营业收入（qc05_0）.*feeds template zone__yearly",
    ):
        read(path, FEEDS["zone__yearly"])


def test_a_file_whose_data_is_hidden_names_the_sheet_and_its_rows(tmp_path: Path) -> None:
    path = tmp_path / LIST
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("封面").write(0, 0, "名单")
        hidden = book.add_worksheet("数据")
        hidden.write_column(0, 0, ["企业名称", *FIRMS])
        hidden.hide()
    with pytest.raises(BadInput, match="隐藏的工作表未读：数据: 3 行 rows"):
        read(path, GAZELLES)


def test_figures_with_commas_between_tabs_are_read(tmp_path: Path) -> None:
    path = tmp_path / "规上企业快报_202603.csv"
    path.write_text(
        "统一社会信用代码\t企业名称\t报告期\t营业收入累计（万元）\t从业人员期末\n"
        f"91330106MA0000015K\t{FIRMS[0]}\t202603\t1,200.5\t20\n",
        "utf-8",
    )
    (table,) = read(path, FEEDS["torch__flash"])
    assert table.rows.row(0, named=True)["name"] == FIRMS[0]
    assert "1,200.5" in table.rows.row(0)


def test_a_file_under_the_name_of_another_feed_is_refused_with_the_feed_of_its_headings(tmp_path: Path) -> None:
    (path := tmp_path / "高企_2025-12-06_公告.csv").write_text(
        "统一社会信用代码,企业名称,成立日期,登记状态\n91330106MA0000015K,甲公司,2015-03-02,存续\n", "utf-8"
    )
    feeds = load_feeds()
    with pytest.raises(BadInput, match="registry__firms（企业登记信息） 相符") as refused:
        read(path, feeds["recognition__hnte"])
    assert "registry__firms" in refused.value.en

    path.write_text("企业名称,甲,乙\n甲公司,1,2\n", "utf-8")
    with pytest.raises(BadInput) as other:
        read(path, feeds["recognition__hnte"])
    assert "相符" not in other.value.zh


def test_texts_kept_from_being_numbers_are_texts_and_lines_of_signs_no_rows(tmp_path: Path) -> None:
    (path := tmp_path / "登记信息_20260601.csv").write_text(
        "统一社会信用代码,企业名称,成立日期,登记状态\n------,------,------,------\n"
        '="91330106MA0000015K",="甲公司",="2015-03-02",存续\n'
        "'91330106MA0000015K,'乙公司,2015-03-02,存续\n",
        "utf-8",
    )
    (table,) = read(path, load_feeds()["registry__firms"])
    assert table.rows.select("uscc", "name", "founded_on").rows() == [
        ("91330106MA0000015K", "甲公司", "2015-03-02"),
        ("91330106MA0000015K", "乙公司", "2015-03-02"),
    ]
    assert table.non_data.select("row_no", "rule_id").rows() == [(2, "F02")]
