"""``tidu quality``: rules and hits, one rule with examples, thresholds that a person keeps."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.reference_pages.quality import page
from service.decisions import thresholds
from service.queries.files import quality
from warehouse.casebook.statements import Casebook, write_statements
from warehouse.database.build import Build
from warehouse.home import Home
from warehouse.intake.readers import non_data
from warehouse.quality.rules import ids_of, rules
from warehouse.quality.thresholds import threshold_values, write_thresholds
from warehouse.release import releases

pytestmark = pytest.mark.rule("rules-are-data")


def tidu(*words: str) -> str:
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_page_of_rules_is_current() -> None:
    written = (Path(__file__).parents[2] / "docs" / "quality.md").read_text("utf-8")

    assert page() == written, "make it anew: tidu quality page > docs/quality.md"
    assert all(f"| {name} |" in written for name in rules())
    readers = {value for value in vars(non_data).values() if isinstance(value, str)}
    assert {*ids_of("not_data"), *ids_of("perhaps_data")} <= readers, "rows that readers take for no data"


def test_every_rule_is_listed_with_its_hits(released: Home) -> None:
    rows = json.loads(tidu("quality", "--home", str(released.root), "--json"))
    hits = releases.Published(released).rows("select rule_id, count(*) as n from quarantine group by all")

    assert [row["rule_id"] for row in rows] == list(rules())
    assert {row["rule_id"]: row["hits"] for row in rows if row["hits"]} == {row["rule_id"]: row["n"] for row in hits}


def test_one_rule_is_shown_with_rows_of_this_release(released: Home) -> None:
    answer = json.loads(tidu("quality", "rule", "T10", "--home", str(released.root), "--json"))

    assert answer["severity"] == "reject"
    assert "stg_zone__yearly" in answer["places"]
    assert answer["examples"][0]["file_name"].startswith("企业年度报表_")
    assert answer["examples"][0]["firm"]


def test_of_a_feed_under_the_statistics_law_only_the_place_is_shown(own_home: Home) -> None:
    path = releases.current(own_home)
    with Build.open(path) as con:
        con.execute(
            "insert into rule_hit by name select 'T03' as rule_id, 'torch__flash' as feed, 'A' as firm_id,"
            " '12' as detail, 1 as row_no"
        )
    (row,) = quality.examples(own_home, "T03")

    assert (row["row_no"], row["value"], row["firm"]) == (1, None, None)


def test_an_estimate_is_kept_only_where_a_person_says_so(own_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = {row["name"]: row for row in thresholds.estimates(own_home)}
    least = rows["rd_per_rd_head_min"]
    assert least["firms"] > 200
    assert 0 < least["after"] != least["before"]

    home = str(own_home.root)
    tidu("quality", "calibrate", "--home", home)
    assert Casebook(own_home).statements("threshold") == []
    tidu("quality", "calibrate", "--home", home, "--by", "王敏", "--why", "校准", "--only", "rd_per_rd_head_min")

    statements = Casebook(own_home).statements("threshold")
    assert [row.subject for row in statements] == ["rd_per_rd_head_min"]
    with Build.open(releases.current(own_home)) as con:
        write_statements(con, statements)
        write_thresholds(con)
        values = threshold_values(con)
    assert values["rd_per_rd_head_min"] == least["after"]
    assert values["rd_pay_per_head_min"] == 20_000
