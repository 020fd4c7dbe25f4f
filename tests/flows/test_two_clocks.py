"""What was known on any past run can be built again, and what changed between two is a list with causes."""

import csv
import io
import json
import shutil
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from compared import differing
from tiny_zone import TinyZone, code
from typer.testing import CliRunner
from whole_job import plan_of, run_steps

from flows import cli
from flows.rebuild import rebuild
from service.decisions import joins, quarantine
from warehouse.casebook.statements import Casebook
from warehouse.database.build import Snapshot
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release import knowledge, releases
from warehouse.release.changes import changes

pytestmark = pytest.mark.rule("every published number can be rebuilt from its run")

HEAD = ("序号", "企业名称", "统一社会信用代码", "证书编号")


@pytest.fixture(scope="module")
def zone(tmp_path_factory: pytest.TempPathFactory) -> TinyZone:
    """Two runs: between them a figure is restated, a row withdrawn, a row corrected, a list comes late."""
    zone = TinyZone(tmp_path_factory.mktemp("zone"))
    zone.registry(*((n, f"杭州甲乙{n}科技有限公司") for n in range(1, 5)))
    usual = {"total_income": 3000}
    zone.yearly(
        2025,
        {"uscc": 1, "revenue": 2000, "rd_hnte": 100, **usual},
        {"uscc": 2, "revenue": 1800, **usual},
        {"uscc": 3, "revenue": -5, **usual},
        {"uscc": 4, "revenue": 700, **usual},
    )
    zone.recognition("高新技术企业认定名单", "2024-12-12", "公告", ("杭州谁家科技有限公司",))
    run_steps(zone.home, zone.inbox)
    home = Home(zone.home)
    now = datetime.now(UTC)
    joins.join(home, "杭州谁家科技有限公司", code(3), by="王某某", why="电话核实", now=now)
    (row,) = releases.Published(home).rows("select distinct address from quarantine where rule_id = 'A01'")
    quarantine.correct(home, row["address"], "revenue", "500", by="王某某", why="来电核实", now=now)
    zone.registry(
        *((n, f"杭州甲乙{n}科技有限公司") for n in range(1, 4)),
        (4, "杭州新名科技有限公司", "杭州甲乙4科技有限公司"),
        (5, "杭州新来科技有限公司"),
        day="20260615",
    )
    zone.yearly(2025, {"uscc": 1, "revenue": 2500, "rd_hnte": 100, **usual}, note="更正")
    zone.yearly(2025, {"uscc": 2, "revenue": 1800, "data_state": "dis", **usual}, note="撤回")
    zone.recognition("高新技术企业认定名单", "2025-12-12", "公告", ("杭州甲乙1科技有限公司",))
    zone.other(
        "异常名录_20260620.csv",
        "统一社会信用代码,企业名称,名单类别,列入日期,列入原因",
        (code(1), "杭州甲乙1科技有限公司", "经营异常名录", "2026-06-01", "失联"),
    )
    time.sleep(1.1)  # a delivery is dated to the second
    run_steps(zone.home, zone.inbox)
    return zone


def runs(zone: TinyZone) -> list[releases.Release]:
    return releases.releases(Home(zone.home))


def rebuilt(zone: TinyZone, words: str, out: Path) -> Path:
    return rebuild(Home(zone.home), words, out, "CN", datetime.now(UTC), (None, None))


@pytest.mark.parametrize("nth", [0, 1])
def test_a_past_run_is_rebuilt_row_for_row(zone: TinyZone, tmp_path: Path, nth: int) -> None:
    past, current = runs(zone)[nth], releases.current(Home(zone.home))

    built = rebuilt(zone, past.run_id, tmp_path / "past.duckdb")

    assert differing(Path(past.path), built) == []
    assert releases.current(Home(zone.home)) == current
    assert list(Home(zone.home).builds.iterdir()) == []


def test_a_moment_knows_what_had_been_received_and_stated_by_then(zone: TinyZone, tmp_path: Path) -> None:
    first = runs(zone)[1]
    moment = first.published_at.astimezone().isoformat()

    built = rebuilt(zone, moment, tmp_path / "then.duckdb")

    with Snapshot.open(built) as con:
        then = dict(con.tuples("select firm_id, revenue_fen from core_firm__yearly"))
    assert then == {code(1): 200_000_000, code(2): 180_000_000, code(4): 70_000_000}


@pytest.mark.parametrize("number", ["20260630-101530-0a1f", "20260630-101530-0130", "20260630-101530-1245"])
def test_the_number_of_a_run_is_never_taken_for_a_moment_with_an_offset(number: str) -> None:
    assert knowledge.moment_of(number) is None
    assert knowledge.moment_of("2026-06-30T10:15:30") is not None


def test_the_number_of_a_run_can_be_given_to_a_rebuild(tmp_path: Path) -> None:
    assert knowledge.RUN_ID.fullmatch(plan_of(tmp_path, tmp_path).run_id)


def test_nothing_is_overwritten_and_nothing_unknown_is_rebuilt(zone: TinyZone, tmp_path: Path) -> None:
    (there := tmp_path / "there.duckdb").touch()

    with pytest.raises(BadInput, match="overwritten"):
        rebuilt(zone, runs(zone)[0].run_id, there)
    with pytest.raises(BadInput, match="20200101-000000-aaaa"):
        rebuilt(zone, "20200101-000000-aaaa", tmp_path / "x.duckdb")
    with pytest.raises(BadInput, match="nothing had been received"):
        rebuilt(zone, "2020-01-01T00:00", tmp_path / "x.duckdb")


def test_what_changed_is_a_list_with_causes(zone: TinyZone) -> None:
    after, before = runs(zone)

    rows = changes(Path(before.path), Path(after.path))

    by_change = {(row["kind"], row["firm_id"], row["what"]): row for row in rows}
    restated = by_change["figure", code(1), "revenue_fen"]
    assert (restated["before"], restated["after"], restated["why"]) == ("200000000", "250000000", "restated")
    assert [(place["row_no"], "更正" in place["file_name"]) for place in restated["sources"]] == [(4, True)]
    assert "rd_hnte_fen" not in {row["what"] for row in rows if row["firm_id"] == code(1)}
    withdrawn = by_change["figure", code(2), "revenue_fen"]
    assert (withdrawn["after"], withdrawn["why"]) == (None, "withdrawn")
    corrected = by_change["figure", code(3), "revenue_fen"]
    assert (corrected["before"], corrected["after"], corrected["why"]) == (None, "50000000", "corrected")
    assert corrected["why_en"] == f"corrected by decision {corrected['statement_id']}"
    assert by_change["firm", code(4), "name"]["why"] == "renamed"
    assert (by_change["firm", code(5), "name"]["before"], by_change["firm", code(5), "name"]["why"]) == (None, "filed")
    assert by_change["title", code(1), "hnte"]["why"] == "late_list"
    joined = by_change["title", code(3), "hnte"]
    (statement,) = Casebook(Home(zone.home)).statements("join")
    assert (joined["why"], joined["statement_id"]) == ("identity", statement.statement_id)
    (row,) = joined["sources"]
    assert (row["file_name"], row["row_no"]) == ("高新技术企业认定名单_2024-12-12_公告.csv", 3)
    listed = by_change["fact", code(1), "is_on_abnormal_list"]
    assert (listed["before"], listed["after"]) == (None, "true")
    assert [(row["file_name"], row["row_no"]) for row in listed["sources"]] == [("异常名录_20260620.csv", 2)]
    assert all(row["why_zh"] and row["why_en"] for row in rows)
    assert all(row["sources"] for row in rows if row["kind"] in ("figure", "title", "firm", "verdict"))
    assert {row["why"] for row in rows if row["kind"] == "verdict"} <= {"data", "identity"}


def test_a_run_against_itself_changed_nothing_and_backwards_is_the_reverse(zone: TinyZone) -> None:
    after, before = (Path(release.path) for release in runs(zone))

    forth, back = changes(before, after), changes(after, before)

    assert changes(after, after) == []
    assert sorted(
        (r["kind"], r["firm_id"], str(r["what"]), str(r["before"]), str(r["after"])) for r in forth
    ) == sorted((r["kind"], r["firm_id"], str(r["what"]), str(r["after"]), str(r["before"])) for r in back)


def test_another_day_is_named_as_the_cause(zone: TinyZone, tmp_path: Path) -> None:
    root = shutil.copytree(zone.home, tmp_path / "home")
    run_steps(root, zone.inbox, date(2019, 6, 30))
    after, before = releases.releases(Home(root))[:2]

    rows = changes(Path(before.path), Path(after.path))

    assert {row["why"] for row in rows if row["kind"] == "verdict"} <= {"day"}
    assert any(row["kind"] == "verdict" for row in rows)


def test_the_command_compares_the_last_two_runs(zone: TinyZone) -> None:
    answer = CliRunner().invoke(cli.app, ["changes", "--kind", "figure", "--json", "--home", str(zone.home)])

    rows = json.loads(answer.stdout)
    assert {row["kind"] for row in rows} == {"figure"}
    assert {row["why"] for row in rows} == {"restated", "withdrawn", "corrected"}


def test_the_command_prints_what_it_knows_as_a_table_and_as_csv(zone: TinyZone) -> None:
    command = ["changes", "--kind", "title", "--home", str(zone.home)]
    table, listed = (CliRunner().invoke(cli.app, [*command, "--format", form]).stdout for form in ("table", "csv"))

    assert "后来的" not in table
    assert "迟到" in table  # a narrow column breaks the words
    rows = list(csv.DictReader(io.StringIO(listed)))
    assert [row["why"] for row in rows] == ["late_list", "identity"]


def test_a_firm_is_explained_as_it_was_known_by_a_run_and_on_a_moment(zone: TinyZone) -> None:
    first = runs(zone)[1]
    moment = first.published_at.astimezone().isoformat()
    command = ["explain", code(1), "--designation", "tech_sme", "--json", "--home", str(zone.home)]
    now, by_run, on_moment = (
        json.loads(CliRunner().invoke(cli.app, [*command, *words]).stdout)
        for words in ((), ("--as-known-on", first.run_id), ("--as-known-on", moment))
    )

    assert [release["designation"] for release in now["titles"]] == ["hnte"]
    assert by_run["titles"] == on_moment["titles"] == []
    assert by_run["verdicts"] != now["verdicts"]
    assert by_run["verdicts"] == on_moment["verdicts"] or by_run["day"] != on_moment["day"]
    assert [release.run_id for release in runs(zone)] == [
        release.run_id for release in releases.releases(Home(zone.home))
    ]
    assert list(Home(zone.home).builds.iterdir()) == []
    refused = CliRunner().invoke(cli.app, [*command, "--as-known-on", "20200101-000000-aaaa"])
    assert refused.exit_code != 0


def test_every_statement_of_a_year_is_kept_and_the_newest_counts(zone: TinyZone) -> None:
    rows = releases.Published(Home(zone.home)).rows(
        "select firm_id, vintage, revenue_fen, is_standing, is_withdrawn from core_firm__vintages"
        f" where firm_id in ('{code(1)}', '{code(2)}') order by 1, 2"
    )

    assert [tuple(row.values()) for row in rows] == [
        (code(1), 1, 200_000_000, False, False),
        (code(1), 2, 250_000_000, True, False),
        (code(2), 1, 180_000_000, False, False),
        (code(2), 2, 180_000_000, False, True),
    ]


def test_lists_say_the_same_in_whatever_order_they_come(tmp_path: Path) -> None:
    zones = [TinyZone(tmp_path / name) for name in ("early", "late")]
    for zone in zones:
        zone.registry((1, "杭州甲乙科技有限公司"))
    for zone, days in zip(zones, (("2022-12-12", "2025-12-12"), ("2025-12-12", "2022-12-12")), strict=True):
        for day in days:
            zone.recognition("高新技术企业认定名单", day, "公告", ("杭州甲乙科技有限公司",))
            zone.run(steps=1)
    command = "select firm_id, designation, event, valid_from, valid_to from core_title order by all"
    held = "select firm_id, day, designation, valid_from from core_firm__held order by all"

    first, second = (zone.run(steps=5) for zone in zones)  # to the facts

    assert len(first.rows(command)) == 2
    assert first.rows(command) == second.rows(command)
    assert first.rows(held) == second.rows(held)
