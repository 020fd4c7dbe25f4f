"""Report cards: each supplier's own rows, safe to open in a browser and in a spreadsheet."""

import csv
import re
from pathlib import Path

import pytest

from warehouse.database.build import Build
from warehouse.home import Home
from warehouse.outputs.file_names import file_stem
from warehouse.outputs.report_cards import write_cards
from warehouse.quality.quarantine import listing
from warehouse.release import releases


def test_a_card_lists_only_rows_of_its_supplier(own_home: Home, tmp_path: Path) -> None:
    current = releases.current(own_home)
    written = write_cards([current], tmp_path)

    cards = {path.name: path for path in written}
    with cards[f"{file_stem('高新区管理委员会')}.csv"].open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    own = releases.Published(own_home).rows(
        "select count(*) as n from quarantine inner join ref_feeds using (feed)"
        " where publisher_zh = '高新区管理委员会' and severity <> 'inform'"
    )
    assert len(rows) == own[0]["n"] > 0
    assert all(row["行号 row"] and row["文件 file"] for row in rows)
    assert all(path.with_suffix(".csv").exists() for path in written)
    assert any(name.startswith("孵化器_") for name in cards)  # a card per incubator that filed


def test_cards_are_the_same_whatever_is_read_at_once(
    own_home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    current = releases.current(own_home)
    written = {path.name: path.read_bytes() for path in write_cards([current], tmp_path / "all")}
    report = listing.write_report(current, tmp_path / "all.csv").read_bytes()
    monkeypatch.setattr(listing, "PIECE", 7)
    monkeypatch.setattr(listing, "SORTED", 10)
    again = {path.name: path.read_bytes() for path in write_cards([current], tmp_path / "few")}

    assert again == written
    assert listing.write_report(current, tmp_path / "few.csv").read_bytes() == report


def test_hostile_values_are_escaped(own_home: Home, tmp_path: Path) -> None:
    current = releases.current(own_home)
    with Build.open(current) as con:
        con.execute(
            "update quarantine set value = $1, field = $2 where feed = 'zone__yearly'",
            ["<script>alert(1)</script>", "=HYPERLINK(1)"],
        )
    write_cards([current, current], tmp_path)

    html = (tmp_path / f"{file_stem('高新区管理委员会')}.html").read_text("utf-8")
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert not re.search(r"(src|href)=|https?://|url\(", html)
    assert html.count(current.stem) == 3  # in the head, and twice in the trend
    assert ",'=HYPERLINK(1)," in (tmp_path / f"{file_stem('高新区管理委员会')}.csv").read_text("utf-8-sig")
