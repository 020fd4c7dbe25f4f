"""A day by its own rules is what its release says; by other rules the firms differ that these decide otherwise."""

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tiers import Edition, evaluate, load_rulebook
from tiers.schema.restated import restated
from warehouse.home import Home
from warehouse.outputs.reclassification.writing import Report, reclassify
from warehouse.release import releases

pytestmark = pytest.mark.rule("two-clocks")

DAY, PAST, OTHER = date(2026, 6, 30), date(2025, 12, 31), date(2020, 6, 30)


@pytest.fixture(scope="module")
def home(released: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("site"))
    (home.releases / releases.current(released).name).hardlink_to(releases.current(released))
    return home


def power_cut(*_: object) -> None:
    raise KeyboardInterrupt


def is_dated(edition: Edition) -> bool:
    """Whether an edition asks other questions on other days."""
    return bool(edition.head.data_years) or any(leaf.since or leaf.until for leaf in edition.leaves())


def table(report: Report, name: str) -> list[dict[str, Any]]:
    with (report.folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return [{key.split(" ")[0]: value for key, value in row.items()} for row in csv.DictReader(file)]


def test_by_the_rules_of_its_own_day_no_firm_differs_and_then_is_what_the_release_says(home: Home) -> None:
    report = reclassify(home, DAY, DAY)
    written = {row["统一社会信用代码"].strip(): row for row in table(report, "then")}
    verdicts = releases.Published(home).rows(
        "select firm_id, designation, outcome from core_tiers__verdicts"
        " inner join parameter using (day) where is_selected"
    )

    assert report.about["firms"] == len(written) > 100
    assert (report.about["counts"], table(report, "differences")) == ([], [])
    assert [row for row in verdicts if written[row["firm_id"]][row["designation"]] != row["outcome"]] == []


def test_by_other_rules_the_firms_differ_that_these_decide_otherwise(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", power_cut)
        with pytest.raises(KeyboardInterrupt):
            reclassify(home, PAST, OTHER)
    report = reclassify(home, PAST, OTHER)
    before = {path.name: path.read_bytes() for path in report.folder.iterdir()}
    again = reclassify(home, PAST, OTHER)

    assert (report.is_new, again.is_new, again.about) == (True, False, report.about)
    assert {path.name: path.read_bytes() for path in report.folder.iterdir()} == before
    assert list(home.builds.iterdir()) == []
    then, today = ({row["统一社会信用代码"]: row for row in table(report, name)} for name in ("then", "today"))
    differences = table(report, "differences")
    assert differences
    for row in differences:
        firm, designation = row["统一社会信用代码"], row["称号"]
        assert (then[firm].get(designation, ""), today[firm].get(designation, "")) == (row["当时规则"], row["现行规则"])
        assert row["变化"] in ("gained", "lost", "otherwise")
        assert row["起决定作用的条件"]
    both = set(report.about["editions"]["then"]) & set(report.about["editions"]["today"])
    book = load_rulebook()
    unchanged = {name.split("/")[0] for name in both if not is_dated(book.editions[name])}
    assert unchanged
    assert not {row["称号"] for row in differences} & unchanged
    side = json.loads((report.folder / "reclassification.json").read_text("utf-8"))
    assert sum(entry["firms"] for entry in side["counts"]) == len(differences)


def test_a_wording_stands_by_the_day_of_the_rules_and_figures_by_the_day_of_the_firm() -> None:
    """Of every edition: restated for its own day it answers as it is; wordings are those of the day of the rules."""
    book = load_rulebook()
    dated = [
        edition for edition in book.editions.values() if any(leaf.since or leaf.until for leaf in edition.leaves())
    ]
    assert dated
    for edition in dated:
        (since, *_) = [day for leaf in edition.leaves() if (day := leaf.since or leaf.until)]
        for rules_day in (since, date(since.year - 1, 1, 1)):
            own = restated(edition, rules_day, DAY)
            assert [leaf.binds(DAY) for leaf in own.leaves()] == [leaf.binds(rules_day) for leaf in edition.leaves()]


def test_printed_years_keep_their_distance(home: Home) -> None:
    facts = pl.DataFrame(
        releases.Published(home).rows("select * from core_firm__facts where day = $1", [DAY])[:5],
        infer_schema_length=None,
    )
    printed = [edition for edition in load_rulebook().editions.values() if edition.head.data_years]
    assert printed
    for edition in printed:
        rules_day = date(max(edition.head.data_years) + 1, 7, 1)
        assert restated(edition, rules_day, DAY).offset(DAY) == edition.offset(rules_day)
    assert not evaluate(facts, [restated(printed[0], date(2024, 7, 1), DAY)], DAY).verdicts.is_empty()
