"""Names to firms on the command line: rules, proposals, and what a person says replayed and taken back."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from tiny_zone import TinyZone, code
from typer.testing import CliRunner
from whole_job import STEPS, run_steps

from flows.cli import app
from service.queries.firm_lookup import find_firm
from warehouse.database.build import Snapshot
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release import releases

pytestmark = pytest.mark.rule("proposals")

NAME, OTHER, TWICE = "杭州甲乙智能科技集团", "杭州丙丁软件有限公司", "杭州同名有限公司"
PARTED, MERGED = "杭州庚辛材料有限公司", "杭州壬癸材料有限公司"
FORMER, RENAMED = "杭州寅卯软件有限公司", "杭州戊己软件有限公司"
BY = ["--by", "王", "--why", "已电话核实"]


def fill(folder: Path) -> TinyZone:
    zone = TinyZone(folder)
    firms = ("杭州甲乙智能科技有限公司", OTHER, TWICE, TWICE, PARTED, MERGED, "杭州子丑材料有限公司", FORMER)
    zone.registry(*enumerate(firms, 1))
    zone.registry((8, RENAMED, FORMER), day="20260615")
    listed = (NAME, OTHER, TWICE, PARTED, MERGED, FORMER)
    zone.recognition("高新技术企业认定名单", "2025-12-12", "公告", *[(name,) for name in listed])
    return zone


def decide(folder: Path, first: Path) -> TinyZone:
    """The zone after its first run, with a name, a row, a parting and a merger decided."""
    shutil.copytree(first, folder, dirs_exist_ok=True)
    zone = TinyZone(folder)
    (row,) = [mention["mention_id"] for mention in json.loads(tidu(zone, "--json"))["rows"] if mention["name"] == TWICE]
    tidu(zone, "confirm", NAME, code(1), *BY)
    tidu(zone, "confirm", row, code(4), *BY)
    tidu(zone, "part", PARTED, code(5), *BY)
    tidu(zone, "link", code(6), "merged_into", code(7), "--on", "2026-01-15", *BY)
    return zone


@pytest.fixture
def first(made_once: Callable[..., Path]) -> Path:
    """The folder of the zone and its first run."""
    return made_once("names", lambda folder: fill(folder).run(steps=len(STEPS)))


@pytest.fixture
def decided(first: Path, run_once: Callable[..., TinyZone]) -> TinyZone:
    """The zone after the run that follows the decisions."""
    return run_once("names-decided", lambda folder: decide(folder, first))


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
    assert [(row["feed"], row["row_no"]) for row in matched["sources"]] == [("registry__firms", 3)]
    assert matched["source"] == "登记信息_20260601.csv 行 3"
    assert (alike["sources"], alike["source"], alike["statement_id"]) == ([], None, None)
    assert alike["firm_id"] is None
    assert alike["candidates"][0]["firm_id"] == code(1)
    assert [candidate["firm_id"] for candidate in twice["candidates"][:2]] == sorted([code(3), code(4)])


def test_what_a_release_could_not_join_is_listed_with_its_row(zone: TinyZone) -> None:
    answer = json.loads(tidu(zone, "--json"))

    assert [row["name"] for row in answer["rows"]] == ["杭州同名有限公司", NAME]
    assert answer["rows"][1]["candidates"][0]["firm_id"] == code(1)


def test_undone_all_is_as_before(first: Path, decided: TinyZone) -> None:
    before = TinyZone(first)
    assert holders(before) == {code(2), code(5), code(6), code(8)}

    for number in range(1, 5):
        tidu(decided, "undo", str(number), *BY)
    run_steps(decided.home, decided.inbox)

    expected, after = tables(before.home), tables(decided.home)
    assert {name for name in expected if expected[name] != after[name]} == set()


def test_a_name_gives_the_title_a_row_counts_alone_what_was_parted_no_longer_and_what_merged_as_before(
    decided: TinyZone,
) -> None:
    assert holders(decided) == {code(1), code(2), code(4), code(6), code(8)}
    (parted,) = [line for line in tidu(decided, "--format", "csv").splitlines() if "parted" in line]
    assert "登记信息_20260601.csv" in parted


def test_names_of_a_release_that_kept_texts_are_read(decided: TinyZone) -> None:
    path = releases.current(Home(decided.home))
    path.chmod(0o600)
    with duckdb.connect(str(path)) as con:
        con.execute("alter table core_mention__match add column match_evidence varchar default '登记.csv 行 3'")
        for column in ("sources", "statement_id"):
            con.execute(f"alter table core_mention__match drop column {column}")

    rows = json.loads(tidu(decided, "--json"))["rows"]

    assert {row["source"] for row in rows} == {"登记.csv 行 3"}


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


def test_explain_finds_a_firm_by_any_name_it_had_and_says_by_which(decided: TinyZone) -> None:
    published = releases.Published(Home(decided.home))

    ways = {words: find_firm(published, words) for words in (code(8), RENAMED, FORMER, f" {NAME}　")}

    assert [(firm["firm_id"], firm["matched_by"]) for firm in ways.values()] == [
        (code(8), "code"),
        (code(8), "registered"),
        (code(8), "former"),
        (code(1), "as_listed"),
    ]
    with pytest.raises(BadInput, match=code(4)):
        find_firm(published, TWICE)


def test_a_merger_is_reported_with_its_day(decided: TinyZone) -> None:
    words = ["explain", code(7), "--home", str(decided.home)]
    explained = CliRunner().invoke(app, words, catch_exceptions=False).stdout

    assert f"2026-01-15 {MERGED} 并入" in explained
    assert "T06" in explained
