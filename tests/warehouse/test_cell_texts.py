"""Texts of cells that readers change before they are typed: days with the year last, and marks of an empty cell."""

from pathlib import Path

import pytest

from warehouse.intake.feed import Feed, load_feed
from warehouse.intake.readers.table import read_tables

pytestmark = pytest.mark.rule("read-as-written")

TRIAL = """\
title: {zh: 试, en: Trial}
publisher: {zh: 某局, en: A bureau}
use: service
files: ["试_*"]
formats: [csv]
columns:
  uscc: {type: code, headings: [统一社会信用代码], required: true}
  founded_on: {type: date, headings: [成立日期], order: mdy}
  staff: {type: count, headings: [人数]}
key: [uscc]
period: {kind: state}
rows: {min: 1, max: 100}
"""


def column(folder: Path, heading: str, *cells: str) -> list[str | None]:
    """The texts of a column of the trial feed, whose heading is numbered too."""
    (definition := folder / "trial__feed.yml").write_text(TRIAL, "utf-8")
    lines = [f"{number},A{number},{cell}" for number, cell in enumerate(cells)]
    (path := folder / "试_1.csv").write_text("\n".join([f"序号,统一社会信用代码,{heading}", *lines]), "utf-8")
    feed: Feed = load_feed(definition)
    (table,) = read_tables(path, path.name, feed)
    return table.rows[feed.by_heading[heading] or ""].to_list()


def test_days_with_the_year_last_are_read_in_the_declared_order(tmp_path: Path) -> None:
    days = column(tmp_path, "成立日期", "03/14/2015", "3/4/2015", "2015-03-04", "3/4/15")
    assert days == ["2015-03-14", "2015-3-4", "2015-03-04", "3/4/15"]


def test_marks_of_an_empty_cell_are_empty_in_every_feed(tmp_path: Path) -> None:
    assert column(tmp_path, "人数", "-", "—", "/", "\uff0f", "\uff0d", "N/A", "0") == [None] * 6 + ["0"]
