"""Every visible sheet with rows is read, refused or waits, and its rows are counted."""

from pathlib import Path

import pytest
from tables import Rows, names, read, remarks, set_aside, write_book

from warehouse.errors import BadInput
from warehouse.intake.feed import load_feeds

pytestmark = pytest.mark.rule("nothing-lost")

REGISTRY = load_feeds()["registry__firms"]
GAZELLES = load_feeds()["recognition__gazelle"]
FORM = load_feeds()["zone__yearly"]
HEAD = ["统一社会信用代码", "企业名称", "注册资本", "成立日期", "登记状态", "行业代码"]
CODES = ["91330106MA0000015K", "91330106MA0000023E", "91330106MA00000319", "91330106MA000004X1"]
FIRMS = [f"杭州{word}科技有限公司" for word in ("乙丑", "丙寅", "丁卯", "戊辰", "己巳", "庚午")]
ROWS = [
    [code, name, "500万元人民币", "2015-03-02", "存续", "6510"] for code, name in zip(CODES, FIRMS[:4], strict=True)
]
FIRST, SECOND = ROWS[:2], ROWS[2:]


def registry(path: Path, second: Rows) -> list[object]:
    return read(write_book(path / "登记信息_20260601.xlsx", 一=[HEAD, *FIRST], 二=second), REGISTRY)


@pytest.mark.parametrize(
    "second",
    [
        SECOND,
        [[row[0].lower(), *row[1:]] for row in SECOND],
        [["登记信息（续）"], *SECOND],
        [*SECOND, ["合计", 2]],
        [["二、余杭区"], *SECOND, ["填报人：王某"]],
    ],
    ids=["the same columns", "small letters", "a title", "a total", "a title and a footer"],
)
def test_a_sheet_without_a_head_is_read_on_where_its_columns_are_surely_the_same(tmp_path: Path, second: Rows) -> None:
    tables = registry(tmp_path, second)

    assert names(tables) == FIRMS[:4]
    assert remarks(tables) == [("F09", f"二: {len(second)} 行 rows")]


def test_a_sheet_is_read_on_without_the_last_columns_that_it_leaves_empty(tmp_path: Path) -> None:
    book = write_book(tmp_path / "登记信息_20260601.xlsx", 一=[[*HEAD, "注销日期"], *FIRST], 二=SECOND)
    tables = read(book, REGISTRY)

    assert names(tables) == FIRMS[:4]
    assert tables[1].rows["deregistered_on"].null_count() == len(SECOND)


@pytest.mark.parametrize(
    "second",
    [
        [[*row, "迁入"] for row in SECOND],
        [[row[1], row[0], *row[2:]] for row in SECOND],
        [row[1:] for row in SECOND],
        [[*row[:3], *reversed(row[3:])] for row in SECOND],
        [["社会信用代码", "单位名称", "资本", "设立日", "状态", "行业"], *SECOND],
        [["名单"], ["代码", "单位", "资本", "设立", "状态", "行业"], *SECOND],
        [["91330106MA0000058", *SECOND[0][1:]], ["x", *SECOND[1][1:]]],
    ],
    ids=[
        "an extra column",
        "another order",
        "a column fewer",
        "other kinds",
        "other words",
        "a title too",
        "bad codes",
    ],
)
def test_a_sheet_whose_columns_are_not_surely_the_same_waits_row_by_row(tmp_path: Path, second: Rows) -> None:
    tables = registry(tmp_path, second)

    assert names(tables) == FIRMS[:2]
    assert remarks(tables) == [("F07", f"二: {len(second)} 行 rows")]
    waiting = [pair for pair in set_aside(tables) if pair[1] == "F17"]
    assert len(waiting) >= len(SECOND)
    assert len(set_aside(tables)) == len(second)


def test_a_head_of_other_words_is_no_firm(tmp_path: Path) -> None:
    lists = {
        "滨江区": [["序号", "企业名称"], [1, FIRMS[0]], [2, FIRMS[1]]],
        "余杭区": [["序号", "单位全称"], [1, FIRMS[2]]],
    }
    tables = read(write_book(tmp_path / "瞪羚企业名单_2025-11-10_公告.xlsx", **lists), GAZELLES)

    assert names(tables) == FIRMS[:2]
    assert set_aside(tables) == [(1, "F17"), (2, "F17")]


def test_a_sheet_of_sentences_is_page_text_and_keeps_its_text_in_the_original(tmp_path: Path) -> None:
    cover = [["登记信息"], ["填报人：王某 联系电话：13812345678"]]
    path = write_book(tmp_path / "登记信息_20260601.xlsx", 封面=cover, 一=[HEAD, *FIRST], 单列=[[FIRMS[5]]])
    tables = read(path, REGISTRY)

    assert [table.non_data.rows() for table in tables] == [
        [(1, "F02", "文字 text"), (2, "F02", "署名 signature")],
        [],
        [(1, "F17", FIRMS[5])],
    ]
    assert remarks(tables) == [("F07", "封面: 2 行 rows"), ("F07", "单列: 1 行 rows")]


def test_lists_beside_each_other_are_read_each_with_the_title_above(tmp_path: Path) -> None:
    rows = [["瞪羚企业名单（共5家）"], ["序号", "企业名称", None, "序号", "企业名称"]]
    rows += [[1, FIRMS[0], None, 4, FIRMS[3]], [2, FIRMS[1], None, 5, FIRMS[4]], [3, FIRMS[2]], ["共5家"]]
    tables = read(write_book(tmp_path / "瞪羚企业名单_2025-11-10_公告.xlsx", 名单=rows), GAZELLES)

    assert [(table.sheet, table.texts["title"]) for table in tables] == [
        ("名单 A:C", "瞪羚企业名单（共5家）"),
        ("名单 D:E", "瞪羚企业名单（共5家）"),
    ]
    assert names(tables) == [*FIRMS[:3], *FIRMS[3:5]]
    assert set_aside(tables) == [(6, "F02")]


def test_the_rows_of_a_head_are_no_data_wherever_they_are_repeated(tmp_path: Path) -> None:
    head = [
        ["企业统一社会信用代码或组织机构代码", "企业名称", "数据年份", "营业收入", "从业人员期末人数"],
        ["id00", "id01", "id02", "qc05_0", "qd01"],
        [None, None, None, "千元", "人"],
    ]
    reports = [[code, name, 2025, 12000, 20] for code, name in zip(CODES, FIRMS[:4], strict=True)]
    rows = [*head, *reports[:2], *head, reports[2], head[0], reports[3]]
    tables = read(write_book(tmp_path / "企业年度报表_2025.xlsx", S=rows), FORM)

    assert names(tables) == FIRMS[:4]
    assert set_aside(tables) == [(6, "F01"), (7, "F01"), (8, "F01"), (10, "F01")]


def test_a_table_below_with_its_columns_in_another_order_is_read_by_its_own_header(tmp_path: Path) -> None:
    heads, swapped = ["序号", "企业名称", "证书编号"], ["企业名称", "证书编号", "序号"]
    rows = [
        heads,
        [1, "杭州甲科技有限公司", "GR202533000001"],
        heads,
        [2, "杭州乙科技有限公司", "GR202533000002"],
        ["二、第二批"],
        swapped,
        ["杭州丙科技有限公司", "GR202533000003", 3],
        ["杭州丁科技有限公司", "GR202533000004", 4],
    ]
    tables = read(write_book(tmp_path / "高企_2025-12-06_公告.xlsx", 名单=rows), load_feeds()["recognition__hnte"])

    assert [table.sheet for table in tables] == ["名单", "名单 6:8"]
    read_rows = [row for table in tables for row in table.rows.select("row_no", "name", "certificate_no").rows()]
    assert read_rows == [
        (2, "杭州甲科技有限公司", "GR202533000001"),
        (4, "杭州乙科技有限公司", "GR202533000002"),
        (7, "杭州丙科技有限公司", "GR202533000003"),
        (8, "杭州丁科技有限公司", "GR202533000004"),
    ]
    assert set_aside(tables) == [(3, "F01"), (5, "F02")]


def test_a_table_below_without_the_required_columns_is_refused_by_its_row(tmp_path: Path) -> None:
    head = ["统一社会信用代码", "企业名称", "成立日期", "登记状态"]
    firm = ["91330106MA0000015K", "杭州甲科技有限公司", "2015-03-02", "存续"]
    rows = [head, firm, ["二、注销企业"], ["企业名称", "注销日期"], ["杭州乙科技有限公司", "2020-01-01"]]
    with pytest.raises(BadInput, match="第 4 行: 缺少必需的列"):
        read(write_book(tmp_path / "登记信息_20260601.xlsx", 登记=rows), load_feeds()["registry__firms"])
