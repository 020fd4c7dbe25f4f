"""The sample zone: the same seed gives the same bytes, and its planted faults are detected."""

import csv
import hashlib
from pathlib import Path

import polars as pl
import pytest

from warehouse.intake.readers.code import uscc_state
from warehouse.release.releases import Published
from warehouse.sample import write_sample

pytestmark = pytest.mark.rule("tests-that-catch")


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        write_sample(tmp_path / name, firms=60, years=(2022, 2025), seed=seed)

    assert digests(tmp_path / "a") == digests(tmp_path / "b")
    assert digests(tmp_path / "a") != digests(tmp_path / "c")


def test_in_buckets_every_firm_is_written_once(tmp_path: Path) -> None:
    report = write_sample(tmp_path, firms=50, years=(2024, 2025), seed=7, bucket_firms=20)

    codes = pl.read_csv(report.truth / "firms.csv")["uscc"]

    assert codes.len() == codes.n_unique() == 50
    assert len(list(report.inbox.rglob("登记信息_*"))) == 3


def test_codes_are_valid_and_names_plausible(sample_zone: Path) -> None:
    firms = pl.read_csv(sample_zone.parent / "truth" / "firms.csv")

    assert set(firms.select(uscc_state(pl.col("uscc"))).to_series()) == {"ok"}
    assert firms["name"].str.len_chars().is_between(8, 40).all()


def planted(sample_zone: Path) -> list[dict[str, str]]:
    with (sample_zone.parent / "truth" / "faults.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


DETECTED_BY = {
    "bad_code": {"G01"},
    "code_as_float": {"G01"},
    "unknown_status": {"G12"},
    "future_date": {"G09"},
    "repeated": {"G04", "T01"},
    "unit_thousandfold": {"U04"},
    "unit_one_year": {"U04"},
    "unit_every_year": {"U04"},
    "unit_cell": {"U05"},
    "staff_wrong": {"U03", "U05"},
    "cell_hundredfold": {"U05"},
    "absurd_amount": {"F15"},
    "part_above_whole": {"A05"},
    "wrong_year": {"T10"},
}


@pytest.mark.parametrize("kind", sorted(DETECTED_BY))
def test_planted_faults_of_a_kind_are_quarantined(sample_zone: Path, published: Published, kind: str) -> None:
    faults = [fault for fault in planted(sample_zone) if fault["kind"] == kind]
    waiting = {
        (row["file_name"], row["row_no"]): row["rules"]
        for row in published.rows(
            "select file_name, row_no, list(rule_id) as rules from quarantine join deliveries using (delivery_id)"
            " group by all"
        )
    }

    assert faults, "the sample plants none"
    missed = [
        fault for fault in faults if DETECTED_BY[kind].isdisjoint(waiting.get((fault["file"], int(fault["row"])), []))
    ]
    assert missed == []


def test_few_other_rows_are_quarantined(sample_zone: Path, published: Published) -> None:
    rows = {(fault["file"], int(fault["row"])) for fault in planted(sample_zone)}
    waiting = published.rows(
        "select distinct file_name, row_no from quarantine join deliveries using (delivery_id)"
        " where severity in ('reject', 'quarantine')"
    )

    wrong = [row for row in waiting if (row["file_name"], row["row_no"]) not in rows]
    assert len(wrong) <= len(waiting) // 10, wrong[:5]
