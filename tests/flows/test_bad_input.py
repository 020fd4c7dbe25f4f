"""What arrives in life and must not: each ends in a clear message or a quarantined row, never in silence."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from tiny_zone import Built
from whole_job import plan_of

from flows import steps
from warehouse.database.build import Build, Snapshot
from warehouse.quality.quarantine import listing

pytestmark = pytest.mark.rule(
    "nothing-lost", "nothing is lost, nothing is silent: every row is loaded or quarantined with a reason"
)

HEAD = "统一社会信用代码,企业名称,注册资本,成立日期,登记状态,行业代码"
GOOD = "91330106MA01000169,杭州甲乙科技有限公司,500万元人民币,2015-03-02,存续（在营、开业、在册）,6510"


def registry(*rows: str) -> bytes:
    return "\n".join((HEAD, *rows, "")).encode("gb18030")


def workbook(path: Path, rows: list[list[object]]) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for position, row in enumerate(rows):
            sheet.write_row(position, 0, row)


def empty(path: Path) -> Path:
    (file := path / "登记信息_20260601.csv").write_bytes(b"")
    return file


def without_rows(path: Path) -> Path:
    workbook(file := path / "登记信息_20260602.csv", [HEAD.split(",")])
    return file


def truncated(path: Path) -> Path:
    workbook(file := path / "登记信息_20260603.xlsx", [HEAD.split(","), GOOD.split(",")])
    file.write_bytes(file.read_bytes()[:-400])
    return file


def bomb(path: Path) -> Path:
    file = path / "登记信息_20260604.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 400_000_000)
    return file


def mixed_encodings(path: Path) -> Path:
    (file := path / "登记信息_20260605.csv").write_bytes(
        registry(GOOD) + "91330106MA01000244,杭州丙丁科技有限公司，,,,,\n".encode() + b"\xff\xfe\n"
    )
    return file


def heading_twice(path: Path) -> Path:
    (file := path / "登记信息_20260606.csv").write_bytes(f"{HEAD},企业名称\n{GOOD},杭州丙丁\n".encode("gb18030"))
    return file


def unknown_column(path: Path) -> Path:
    (file := path / "登记信息_20260607.csv").write_bytes(f"{HEAD},神秘指标\n{GOOD},1\n".encode("gb18030"))
    return file


def unstated_unit(path: Path) -> Path:
    file = path / "规上企业快报_202603.csv"
    file.write_text("统一社会信用代码,企业名称,报告期,营业收入累计\n91330106MA01000169,杭州甲乙,202603,1\n")
    return file


FILES: list[tuple[Callable[[Path], Path], str]] = [
    (empty, "空"),
    (without_rows, "没有数据行"),
    (truncated, "不完整|损坏|截断"),
    (bomb, "MB|倍"),
    (mixed_encodings, "编码"),
    (heading_twice, "企业名称"),
    (unknown_column, "神秘指标"),
    (unstated_unit, "单位"),
]


GOOD_FILE = "登记信息_20260101.csv"


@pytest.fixture(scope="module")
def loaded(made_once: Callable[[str, Callable[[Path], object]], Path]) -> Built:
    """The rows of a zone that is sent one good file and every bad one; ``test_one_bad_file`` publishes such a zone."""

    def make(folder: Path) -> None:
        (inbox := folder / "inbox").mkdir()
        (inbox / GOOD_FILE).write_bytes(registry(GOOD))
        for bad, _ in FILES:
            bad(inbox)
        plan = plan_of(folder / "home", inbox)
        for step in (steps.land_files, steps.load_rows):
            step(plan)
        plan.build.rename(folder / "build.duckdb")

    return Built(made_once("bad-files", make) / "build.duckdb")


@pytest.mark.parametrize(("make", "message"), FILES, ids=lambda x: getattr(x, "__name__", None))
def test_a_file_that_cannot_be_used_is_refused_by_name_with_the_reason(
    make: Callable[[Path], Path], message: str, loaded: Built, tmp_path: Path
) -> None:
    name = make(tmp_path).name

    ((zh, en),) = loaded.rows(f"select message_zh, message_en from rejection where file_name = '{name}'")

    assert name in zh
    assert name in en
    assert re.search(message, zh)


def test_the_file_beside_them_is_used(loaded: Built) -> None:
    assert loaded.value("select count(*) from rejection") == len(FILES)
    assert loaded.value("select name from raw_registry__firms") == "杭州甲乙科技有限公司"


ROWS = [
    ("9.1133E+17,杭州丙丁科技有限公司,500万元,2015-03-02,存续,6510", "uscc"),
    ("91330106MA01000244,杭州丙丁科技有限公司,500万元,2099-01-01,存续,6510", "founded_on"),
    ("91330106MA01000244,杭州丙丁科技有限公司,500万元,2015-02-30,存续,6510", "founded_on"),
    (f"91330106MA01000244,杭州丙丁科技有限公司,1{'0' * 30}元,2015-03-02,存续,6510", "reg_capital"),
    ("91330106MA01000244,杭州丙丁科技有限公司,500万元,2015-03-02,歇业整顿中,6510", "status"),
]


@pytest.fixture(scope="module")
def staged(made_once: Callable[[str, Callable[[Path], object]], Path]) -> Path:
    """A folder with the build up to staging of a file with every bad row, and the report of what waits."""

    def make(folder: Path) -> None:
        (inbox := folder / "inbox").mkdir()
        (inbox / GOOD_FILE).write_bytes(registry(GOOD, *(row for row, _ in ROWS)))
        plan = plan_of(folder / "home", inbox)
        for step in (steps.land_files, steps.load_rows, steps.build_staging):
            step(plan)
        listing.write_report(plan.build, folder / "report.csv")
        plan.build.rename(folder / "build.duckdb")

    return made_once("bad-rows", make)


@pytest.mark.parametrize("nth", range(len(ROWS)), ids=[f"{n}-{field}" for n, (_, field) in enumerate(ROWS)])
def test_a_value_that_cannot_be_waits_in_quarantine_with_its_row(staged: Path, nth: int) -> None:
    with Snapshot.open(staged / "build.duckdb") as con:
        waiting = con.execute(
            "select row_no, field, value, rule_id, message_zh, message_en from quarantine where row_no = $1", [nth + 3]
        ).fetchall()

    assert [row for row in waiting if row[1].startswith(ROWS[nth][1])], waiting
    assert all(all(part is not None for part in row[3:]) for row in waiting)
    assert GOOD_FILE in (staged / "report.csv").read_text("utf-8-sig")


def test_a_year_as_text_in_the_yearly_form_is_read_or_waits_but_is_never_dropped(
    tmp_path: Path,
) -> None:
    (inbox := tmp_path / "inbox").mkdir()
    heads = [
        "企业统一社会信用代码或组织机构代码",
        "企业名称",
        "数据年份",
        "营业收入",
        "从业人员期末人数",
    ]
    workbook(
        inbox / "企业年度报表_2025.xlsx",
        [
            heads,
            ["id00", "id01", "id02", "qc05_0", "qd01"],
            ["", "", "", "千元", "人"],
            ["91330106MA01000169", "杭州甲乙科技有限公司", "2025年", 1000, 10],
            ["91330106MA01000169", "杭州甲乙科技有限公司", "二零25", 1000, 10],
        ],
    )
    plan = plan_of(tmp_path / "home", inbox)
    for step in (steps.land_files, steps.load_rows, steps.build_staging):
        step(plan)

    with Build.open(plan.build) as con:
        loaded = con.execute("select row_no, year, revenue_fen from stg_zone__yearly").fetchall()
        waiting = con.execute("select row_no, field, value from quarantine").fetchall()

    assert loaded == [(4, 2025, 100_000_000)]
    assert waiting == [(5, "year", "二零25")]
