"""Numbers of people are masked in free text; codes, certificates and amounts are not."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.intake.personal import MASK, mask_columns, masked, masked_text

pytestmark = pytest.mark.rule("disclosure")

PERSONAL = [
    "13812345678",
    "138 1234 5678",
    "138-1234-5678",
    "+86 13812345678",
    "".join(chr(0xFF10 + int(digit)) for digit in "13812345678"),
    "0571-88888888",
    "(0571)88888888",
    "0571 8888 8888",
    "010-12345678",
    "400-800-8888",
    "330106199001011234",
    "33010619900101123X",
    "330106 19900101 1234",
    "wang.li@example.com.cn",
]
DATA = [
    "91330106MA0000015K",
    "913301061990010112",
    "GR202533000001",
    "ZL202310123456.7",
    "13812345678元",
    "13812345678.50",
    "13,812,345,678",
    "500万元人民币",
    "2026-06-30",
    "2025年11月10日",
    "330106000123456",
    "202603",
    "江南大道1380号1幢",
]


@pytest.mark.parametrize("number", PERSONAL)
@pytest.mark.parametrize("around", ["{}", "填报人：王某 {}", "电话：{}。", "{}、{}", "联系人（{}）"])
def test_a_number_of_a_person_is_masked(number: str, around: str) -> None:
    text = around.replace("{}", number)
    assert masked_text(text).count(MASK) == around.count("{}")
    assert not any(sign.isdecimal() or sign == "@" for sign in masked_text(text))
    assert pl.select(masked(pl.lit(text))).item() == masked_text(text)


@pytest.mark.parametrize("text", DATA)
def test_data_keeps_its_digits(text: str) -> None:
    assert masked_text(text) == text
    assert masked_text(f"证书 {text}") == f"证书 {text}"


def test_a_short_number_is_masked_beside_its_label() -> None:
    assert masked_text("电话：88886666 转 801") == f"电话：{MASK} 转 801"


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.sampled_from(["", "电话", "王某 "]), st.integers(0, 10))
def test_no_mobile_number_survives(number: str, before: str, cut: int) -> None:
    written = f"{number[:cut]} {number[cut:]}" if 0 < cut < 11 else number
    assert not set(number[-4:]) & set(masked_text(f"{before}{written}").replace(MASK, ""))


def test_columns_of_text_are_masked_beside_words_and_others_beside_a_label() -> None:
    rows = pl.DataFrame(
        {
            "row_no": [1, 2, 3],
            "address": ["江南大道1号 13812345678", "13812345678", None],
            "revenue": ["13812345678", "联系电话13812345678", "5"],
        }
    )
    assert mask_columns(rows, {"address"}).to_dict(as_series=False) == {
        "row_no": [1, 2, 3],
        "address": [f"江南大道1号 {MASK}", "13812345678", None],
        "revenue": ["13812345678", f"联系电话{MASK}", "5"],
    }
