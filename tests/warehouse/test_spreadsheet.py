"""Files for spreadsheets: rows of a frame are written as rows one by one."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from warehouse.spreadsheets.spreadsheet import csv_bytes, frame_lines

HEADINGS = {"field": "字段 field", "value": "原值 value", "row_no": "行号 row"}
SPECIAL = st.sampled_from("=+-@\t\r\n ,\"'\u3000＝＋－＠a一01E.")
TEXTS = st.none() | st.text(SPECIAL | st.characters(exclude_categories=("Cs",)), max_size=6)
ROWS = st.lists(st.tuples(TEXTS, TEXTS, st.none() | st.integers(-(2**40), 2**40)), max_size=5)


@given(ROWS)
def test_a_frame_is_written_byte_for_byte_as_its_rows(rows: list[tuple[str | None, str | None, int | None]]) -> None:
    frame = pl.DataFrame(rows, schema={"field": pl.String, "value": pl.String, "row_no": pl.Int64}, orient="row")

    assert csv_bytes(HEADINGS, []) + frame_lines(frame.select(*HEADINGS)) == csv_bytes(HEADINGS, frame.to_dicts())
