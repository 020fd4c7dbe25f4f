"""Codes, counts and answers as people write them are read as the same value, or wait."""

import csv
from collections.abc import Iterator

import duckdb
import polars as pl
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from warehouse.database.macros.functions import create_macros
from warehouse.intake.readers.code import clean_uscc, uscc_state
from warehouse.quality.thresholds import PATH as THRESHOLDS
from warehouse.reference import SEEDS
from warehouse.sample.words import credit_code
from warehouse.spreadsheets.spreadsheet import csv_bytes

pytestmark = pytest.mark.rule("read-as-written")

FULL = str.maketrans({chr(at): chr(at + 0xFEE0) for at in range(0x21, 0x7F)})
CODE = credit_code(1, "330106")


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        create_macros(connection)
        connection.execute("create table ref_threshold (name varchar, value double)")
        connection.execute(THRESHOLDS.with_name("macros.sql").read_text("utf-8"))
        yield connection


def read(con: duckdb.DuckDBPyConnection, call: str, *values: str | None) -> object:
    row = con.execute(f"select {call}", list(values)).fetchone()
    assert row is not None
    return row[0]


def read_all(con: duckdb.DuckDBPyConnection, macro: str, texts: list[str]) -> dict[str, object]:
    rows = con.execute(f"select text, {macro}(text) from (select unnest($1::varchar[]) as text)", [texts])
    return dict(rows.fetchall())


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        *(
            (text, 20)
            for text in (
                "20人",
                "20 人",
                "20名",
                "20件",
                "２０",
                "20.0",
                "2e1",
                "020",
                "'20",
                "20\u00a0",
                "20.",
                "+20",
                "20（人）",
                "20台",
                "20份",
            )
        ),
        *((text, 1200) for text in ("1,200", "1，200", "1,200人", "1.2E+3", "1\u00a0200", "1'200")),
        *((text, -1200) for text in ("(1,200)", "（1200）", "−1200", "－1200")),
        *(
            (text, None)
            for text in ("约20人", "20左右", "20（含兼职2人）", "20.5", "1,23", "1 200", "12.000,00", "万人")
        ),
    ],
)
def test_counts(con: duckdb.DuckDBPyConnection, text: str, figure: int | None) -> None:
    assert read(con, "parse_count($1)", text) == figure


@pytest.mark.parametrize(
    ("answer", "texts"),
    [
        (True, "是 √ ✓ Y yes 有 对 TRUE 1.0 是。 ■是□否 ☑是☐否 是√ √是 是■否□ (√)是()否 是（√）否（） 真"),
        (False, "否 × ✗ N no 无 没有 false 0.0 否。 □是■否 否√ 是□否■ 是()否(√) 假"),
        (None, "是/否 2 x — / 也许 □是□否 是√否 是否√ √是√否 是√否√"),
    ],
)
def test_answers(con: duckdb.DuckDBPyConnection, answer: bool | None, texts: str) -> None:
    assert read_all(con, "parse_boolean", texts.split()) == dict.fromkeys(texts.split(), answer)


WRITTEN = [
    CODE.lower(), f"{CODE[:8]} {CODE[8:]}", CODE.translate(FULL), f"{CODE[:4]}\u200b{CODE[4:]}", f"\ufeff{CODE}",
    f"{CODE[:6]}\u00ad{CODE[6:]}", f"{CODE[:8]}-{CODE[8:]}", f'="{CODE}"', f"'{CODE}", f"{CODE}\t", f"\u00a0{CODE}",
    f"{CODE[:2]}\u3000{CODE[2:]}", f"“{CODE}”", f"`{CODE}", f"{CODE}。", f"{CODE}，", f"{CODE};",
]  # fmt: skip


@pytest.mark.parametrize("written", WRITTEN)
def test_a_code_is_cleaned_then_checked(con: duckdb.DuckDBPyConnection, written: str) -> None:
    assert read(con, "clean_uscc($1)", written) == CODE
    assert pl.select(uscc_state(pl.lit(written))).item() == "ok"


@examples(20)
@given(st.text("0123456789AaBbOoIi\uff19Ａ－-—'\u2019=\" \t\u00a0\u200b\u00ad.第号（）/无", max_size=22))
def test_readers_and_models_clean_codes_alike(con: duckdb.DuckDBPyConnection, written: str) -> None:
    assert read(con, "clean_uscc($1)", written) == pl.select(clean_uscc(pl.lit(written))).item()


@pytest.mark.parametrize("mark", ["-", "—", "无", "/", "", " ", "N/A", "暂无"])
def test_a_mark_for_no_code_is_no_code(con: duckdb.DuckDBPyConnection, mark: str) -> None:
    assert read(con, "clean_uscc($1)", mark) is None
    assert pl.select(uscc_state(pl.lit(mark))).item() == "missing"


@examples(20)
@given(st.integers(1, 9999))
def test_a_confused_letter_is_suggested_by_check_digits_and_not_repaired(
    con: duckdb.DuckDBPyConnection, number: int
) -> None:
    code = credit_code(number, "330106")
    confused = code.replace("0", "O").replace("1", "I")
    assert pl.select(uscc_state(pl.lit(confused))).item() == "bad_check"
    assert f"[{code}]" in str(read(con, "code_as_checked($1)", confused))
    assert read(con, "code_note($1, 'suggested', 'lost')", confused) == "suggested"
    assert code in str(read(con, "code_as_checked($1)", f"统一社会信用代码：{code}"))
    assert read(con, "code_as_checked($1)", code) == code


@pytest.mark.parametrize(
    ("written", "note"),
    [
        ("9.13301E+17", "lost"),
        ("911330106000000000"[:15] + "000", "lost"),
        (CODE, ""),
        ("", ""),
        (None, ""),
    ],
)
def test_a_code_as_a_power_names_the_lost_digits(
    con: duckdb.DuckDBPyConnection, written: str | None, note: str
) -> None:
    assert read(con, "code_note($1, 'suggested', 'lost')", written) == note


def test_stock_codes_have_their_zeros(con: duckdb.DuckDBPyConnection) -> None:
    codes = ["2230", "002231", "002232.SZ", "SZ002233", "SH:600001", "00700.HK", "1.0"]
    assert [read(con, "clean_stock_code($1, '深交所')", text) for text in codes] == [
        "002230", "002231", "002232", "002233", "600001", "00700", "000001",
    ]  # fmt: skip
    assert read(con, "clean_stock_code($1, $2)", "700", "港交所") == "00700"


def test_words_of_the_registry_differ_in_more_than_punctuation(con: duckdb.DuckDBPyConnection) -> None:
    with (SEEDS / "status.csv").open(encoding="utf-8") as file:
        words = [row["status_text"] for row in csv.DictReader(line for line in file if not line.startswith("#"))]
    compared = [read(con, "word($1)", text) for text in words]
    assert len(set(compared)) == len(words)
    spelled = ["存续(在营、开业、在册)", "吊销未注销", "吊销(未注销)", "开业/正常经营", "在营(开业)企业"]
    assert {read(con, "word($1)", text) for text in spelled} <= set(compared)


def test_codes_of_digits_stay_text_in_a_spreadsheet_and_in_our_readers(con: duckdb.DuckDBPyConnection) -> None:
    values = ["440300304917817", "0111", "002230", "913301061234E5", "6510", CODE, "=1+1", 12]
    lines = csv_bytes({"a": "a"}, [{"a": value} for value in values]).decode("utf-8-sig").splitlines()[1:]
    assert lines == ["440300304917817\t", "0111\t", "002230\t", "913301061234E5\t", "6510", CODE, "'=1+1", "12"]
    assert read(con, "clean_code($1)", lines[0]) == values[0]
