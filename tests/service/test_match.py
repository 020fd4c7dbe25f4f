"""Names to firms on the command line: rules, proposals, and what a person says replayed and taken back."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tiny_zone import TinyZone, code
from typer.testing import CliRunner
from whole_job import run_steps

from flows.cli import app
from service.queries.firm_lookup import find_firm
from warehouse.database import Snapshot
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release import releases

NAME, OTHER, TWICE = "杭州甲乙智能科技集团", "杭州丙丁软件有限公司", "杭州同名有限公司"
BY = ["--by", "王", "--why", "已电话核实"]


def fill(folder: Path) -> TinyZone:
    zone = TinyZone(folder)
    zone.registry((1, "杭州甲乙智能科技有限公司"), (2, OTHER), (3, TWICE), (4, TWICE))
    zone.recognition("高新技术企业认定名单", "2025-12-12", "公告", [NAME], [OTHER], [TWICE])
    return zone


@pytest.fixture
def zone(run_once: Callable[..., TinyZone]) -> TinyZone:
    return run_once("names", fill)


def tidu(zone: TinyZone, *words: str) -> Any:
    done = CliRunner().invoke(app, ["match", *words, "--home", str(zone.home)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def tables(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    """What is known of firms, without the statements themselves and what is a run's own."""
    with Snapshot.open(releases.current(Home(home))) as con:
        names = [row[0] for row in con.execute("select table_name from duckdb_tables()").fetchall()]
        wanted = [name for name in names if name.startswith(("core_", "mart_firm", "mart_movers"))]
        return {name: con.execute(f"select * from {name} order by all").fetchall() for name in wanted}


def holders(zone: TinyZone) -> set[str]:
    with Snapshot.open(releases.current(Home(zone.home))) as con:
        return {row[0] for row in con.execute("select distinct firm_id from core_firm__held").fetchall()}


def test_a_file_is_matched_by_rule_and_the_rest_gets_candidates(zone: TinyZone, tmp_path: Path) -> None:
    path = tmp_path / "高新技术企业认定名单_2026-03-01_公告.csv"
    path.write_text("序号,企业名称\n1,杭州丙丁软件有限公司\n2,杭州甲乙智能科仪有限公司\n3,杭州同名有限公司\n", "utf-8")

    answer = json.loads(tidu(zone, str(path), "--feed", "recognition__hnte", "--json"))

    assert {rule: count for rule, count in answer["by_rule"].items() if count} == {"name": 1, "ambiguous": 1, "none": 1}
    matched, alike, twice = answer["rows"]
    assert matched["firm_id"] == code(2)
    assert alike["firm_id"] is None
    assert alike["candidates"][0]["firm_id"] == code(1)
    assert [candidate["firm_id"] for candidate in twice["candidates"][:2]] == sorted([code(3), code(4)])


def test_what_a_release_could_not_join_is_listed_with_its_row(zone: TinyZone) -> None:
    answer = json.loads(tidu(zone, "--json"))

    assert [row["name"] for row in answer["rows"]] == ["杭州同名有限公司", NAME]
    assert answer["rows"][1]["candidates"][0]["firm_id"] == code(1)


def test_a_confirmed_name_gives_the_title_and_undone_all_is_as_before(zone: TinyZone) -> None:
    before = tables(zone.home)
    assert holders(zone) == {code(2)}

    tidu(zone, "confirm", NAME, code(1), *BY)
    run_steps(zone.home, zone.inbox)
    assert holders(zone) == {code(1), code(2)}

    tidu(zone, "undo", "1", *BY)
    run_steps(zone.home, zone.inbox)
    after = tables(zone.home)
    assert {name for name in before if before[name] != after[name]} == set()


def test_a_confirmed_row_counts_for_that_row_alone(zone: TinyZone) -> None:
    (row,) = [mention["mention_id"] for mention in json.loads(tidu(zone, "--json"))["rows"] if mention["name"] == TWICE]

    tidu(zone, "confirm", row, code(4), *BY)
    run_steps(zone.home, zone.inbox)

    assert holders(zone) == {code(2), code(4)}


def test_a_person_can_part_what_a_rule_joined(zone: TinyZone) -> None:
    tidu(zone, "part", OTHER, code(2), *BY)
    run_steps(zone.home, zone.inbox)

    assert holders(zone) == set()
    assert "parted" in tidu(zone, "--format", "csv")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["confirm", NAME, "没有的企业", *BY], "没有这家企业"),
        (["confirm", "没有/这一行/9", "1", *BY], "没有这一行"),
        (["undo", "99", *BY], "99"),
    ],
)
def test_a_name_or_number_that_is_unknown_is_refused(zone: TinyZone, words: list[str], message: str) -> None:
    done = CliRunner().invoke(app, ["match", *words, "--home", str(zone.home)])

    assert message in str(done.exception)


def test_explain_finds_a_firm_by_any_name_it_had_and_says_by_which(zone: TinyZone) -> None:
    tidu(zone, "confirm", NAME, code(1), *BY)
    zone.registry((2, "杭州戊己软件有限公司", OTHER), day="20260615")
    run_steps(zone.home, zone.inbox)
    published = releases.Published(Home(zone.home))

    ways = {words: find_firm(published, words) for words in (code(2), "杭州戊己软件有限公司", OTHER, f" {NAME}　")}

    assert [(firm["firm_id"], firm["found_by"]) for firm in ways.values()] == [
        (code(2), "code"),
        (code(2), "registered"),
        (code(2), "former"),
        (code(1), "as_listed"),
    ]
    with pytest.raises(BadInput, match=code(4)):
        find_firm(published, TWICE)


def test_a_merger_is_reported_with_its_day_and_moves_nothing(zone: TinyZone) -> None:
    before = holders(zone)
    tidu(zone, "link", code(2), "merged_into", code(1), "--on", "2026-01-15", *BY)
    run_steps(zone.home, zone.inbox)

    explained = CliRunner().invoke(app, ["explain", code(1), "--home", str(zone.home)], catch_exceptions=False).stdout

    assert f"2026-01-15 {OTHER} 并入" in explained
    assert "T06" in explained
    assert holders(zone) == before
