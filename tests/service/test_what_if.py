"""Trying out other figures and other editions on what is published."""

import json
from datetime import date
from pathlib import Path

import pytest
from polars.testing import assert_frame_equal

from flows import cli
from service.queries.firm import evidence, replay, what_if
from service.queries.rules import impact
from tiers.rulebook import EDITIONS
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release import releases
from warehouse.release.releases import Published

pytestmark = pytest.mark.rule("answers-agree")


def some_firm(published: Published, sql: str) -> str:
    return str(
        published.rows(f"select firm_id from mart_firm__verdicts where {sql} order by firm_id limit 1")[0]["firm_id"]
    )


def test_without_changes_nothing_changes(released: Home, published: Published) -> None:
    firm = some_firm(published, "designation = 'leader' and outcome = 'not_met'")

    answer = what_if.what_if(released, firm, [], None)

    published_as = {
        row["edition_id"]: row["outcome"]
        for row in published.rows("select edition_id, outcome from mart_firm__verdicts where firm_id = $1", [firm])
    }
    assert {row["edition_id"]: row["outcome"] for row in answer["verdicts"]} == published_as
    assert all(row["before"] == row["outcome"] for row in answer["verdicts"])


@pytest.mark.parametrize("column", ["day", "previous_day"])
def test_stored_facts_are_those_that_the_models_build(released: Home, published: Published, column: str) -> None:
    firm = some_firm(published, "outcome = 'met'")
    day = published.rows(f"select {column} as day from parameter")[0]["day"]
    release = releases.current(released)

    assert_frame_equal(replay.facts_on(release, firm, day), replay.built_facts(release, firm, day))


def test_a_figure_that_decides_changes_the_verdict_and_the_release_stays(released: Home, published: Published) -> None:
    firm = some_firm(published, "designation = 'tech_sme' and outcome = 'met'")
    before = releases.current(released).read_bytes()

    answer = what_if.what_if(released, firm, ["staff_mean_quarterly_y0=501"], None)

    (sme,) = [row for row in answer["verdicts"] if row["edition_id"] == "tech_sme/CN/2017"]
    assert (sme["before"], sme["outcome"], sme["deciding_condition"]) == ("met", "not_met", "staff_at_most_500")
    assert releases.current(released).read_bytes() == before


def test_a_figure_can_be_made_unknown(released: Home, published: Published) -> None:
    firm = some_firm(published, "designation = 'tech_sme' and outcome = 'met'")

    answer = what_if.what_if(released, firm, ["total_assets_y0=未知"], None)

    (sme,) = [row for row in answer["verdicts"] if row["edition_id"] == "tech_sme/CN/2017"]
    assert (sme["outcome"], sme["missing_fact"]) == ("unknown", "total_assets_fen_y0")


@pytest.mark.parametrize(
    "change",
    ["revenue_y0", "income_y0=1万元", "revenue_y0=5200", "revenue_y0=很多", "is_listed=也许", "founded_on=昨天"],
)
def test_a_change_that_cannot_be_understood_is_bad_input(released: Home, published: Published, change: str) -> None:
    with pytest.raises(BadInput):
        what_if.what_if(released, some_firm(published, "true"), [change], None)


def test_a_firm_that_did_not_exist_yet_is_bad_input(released: Home, published: Published) -> None:
    with pytest.raises(BadInput, match="1980"):
        what_if.what_if(released, some_firm(published, "true"), [], date(1980, 1, 1))


def test_an_edition_against_itself_changes_nothing(released: Home, published: Published) -> None:
    answer = impact.impact(released, "gazelle/CN/2022", "gazelle/CN/2022")

    assert answer["firms"] == []
    firms = published.rows("select count(*) as n from core_firm__facts as f, parameter as p where f.day = p.day")
    assert answer["counts"] == {"unchanged": firms[0]["n"]}


def test_a_draft_is_tried_on_the_whole_release_from_its_file(released: Home, tmp_path: Path) -> None:
    draft = tmp_path / "editions" / "gazelle" / "CN" / "draft.yml"
    draft.parent.mkdir(parents=True)
    text = (EDITIONS / "gazelle" / "CN" / "2022.yml").read_text("utf-8")
    draft.write_text(
        text.replace("metric: revenue_cagr_3y, at_least: 20%", "metric: revenue_cagr_3y, at_least: 60%"), "utf-8"
    )

    harder = impact.impact(released, "gazelle/CN/2022", str(draft))
    easier = impact.impact(released, str(draft), "gazelle/CN/2022")

    assert harder["counts"]["lost"] == easier["counts"]["gained"] > 0
    assert "gained" not in harder["counts"]
    assert {row["condition"] for row in harder["conditions"] if row["change"] == "lost"} == {"revenue_growth"}
    assert sum(row["firms"] for row in harder["conditions"] if row["change"] == "lost") == harder["counts"]["lost"]


def test_who_loses_what_people_have_to_judge_has_lost_it(released: Home, tmp_path: Path) -> None:
    draft = tmp_path / "editions" / "hnte" / "CN" / "2027.yml"
    draft.parent.mkdir(parents=True)
    text = (EDITIONS / "hnte" / "CN" / "2016.yml").read_text("utf-8")
    draft.write_text(text.replace("tech_staff_share_monthly, at_least: 10%", "tech_staff_share_monthly, at_least: 30%"))
    before = releases.current(released).read_bytes()

    answer = impact.impact(released, "hnte/CN/2016", str(draft))
    back = impact.impact(released, str(draft), "hnte/CN/2016")

    assert answer["counts"]["lost"] == back["counts"]["gained"] > 0
    for way, decided in ((answer, "lost"), (back, "gained")):
        rows = [row for row in way["firms"] if row["change"] == decided]
        assert {row["condition"] for row in rows} == {"technical_staff_share"}
        assert all(row["name"] and row["zh"] and row["en"] and row["clause"] for row in rows)
    assert releases.current(released).read_bytes() == before


def test_a_figure_that_a_draft_asks_for_and_nobody_has_makes_firms_undecidable(released: Home, tmp_path: Path) -> None:
    draft = tmp_path / "editions" / "leader" / "CN-12" / "2027.yml"
    draft.parent.mkdir(parents=True)
    draft.write_text(
        "extends: leader/CN-12/2021\ntitle: {zh: 试, en: draft}\n"
        "document: {title: 试, issuer: 试, number: null, confidence: memory, seen_on: 2026-11-24}\n"
        "in_force: {from: 2027-01-01}\n"
        "also:\n"
        "  - {id: financed, zh: 融, en: financed, metric: financing_through_a_cny_fen, at_least: 1 万元, clause: 一}\n",
        "utf-8",
    )

    answer = impact.impact(released, "leader/CN-12/2021", str(draft), with_unchanged=True)

    assert len(answer["firms"]) == sum(answer["counts"].values())
    assert {row["change"] for row in answer["firms"]} <= {"unchanged", "undecidable", "lost"}
    undecidable = [row for row in answer["firms"] if row["change"] == "undecidable"]
    assert undecidable
    assert {(row["condition"], row["missing_fact"]) for row in undecidable} == {
        ("financed", "financing_through_a_cny_fen")
    }


@pytest.mark.parametrize("drafted", ["first", "second"])
def test_the_command_takes_a_draft_as_either_edition(
    drafted: str, released: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = tmp_path / "gazelle" / "CN" / "draft.yml"
    draft.parent.mkdir(parents=True)
    text = (EDITIONS / "gazelle" / "CN" / "2022.yml").read_text("utf-8")
    draft.write_text(text.replace("revenue_cagr_3y, at_least: 20%", "revenue_cagr_3y, at_least: 60%"), "utf-8")
    names = ["gazelle/CN/2022", str(draft)]
    words = names if drafted == "second" else names[::-1]
    printed = {}
    for as_json in ([], ["--json"], ["--json", "--all"]):
        monkeypatch.setattr("sys.argv", ["tidu", "impact", *words, "--home", str(released.root), *as_json])
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        assert not stopped.value.code
        printed[len(as_json)] = capsys.readouterr().out
    changed, everybody = json.loads(printed[1]), json.loads(printed[2])
    change = "lost" if drafted == "second" else "gained"

    rows = [row for row in changed["firms"] if row["change"] == change]
    assert changed["counts"][change] == len(rows) > 0
    assert len(everybody["firms"]) == sum(changed["counts"].values())
    assert all(row["condition"] == "revenue_growth" and row["name"] for row in rows)
    assert "不再达到" in printed[0]
    assert changed["firms"][0]["name"][:6] in printed[0]


@pytest.mark.parametrize("name", ["gazelle/CN/1999", "/nowhere/gazelle/CN/2030.yml"])
def test_an_edition_nobody_wrote_is_bad_input(released: Home, name: str) -> None:
    with pytest.raises(BadInput):
        impact.impact(released, name, "gazelle/CN/2022")


def test_a_step_says_what_must_change_and_what_if_agrees(released: Home, published: Published) -> None:
    firm = some_firm(published, "designation = 'leader' and outcome = 'not_met'")

    answer = what_if.step(released, firm, "leader")

    assert answer["changes"]
    assert all(row["clause"] and row["zh"] and row["en"] for row in answer["changes"])
    if answer["blocked_by"] is None:
        rows = [f"{row['fact']}={_written(row['then'])}" for row in answer["changes"] if "_fen" not in row["fact"]]
        money = [f"{row['fact']}={row['then'] / 100:.2f}元" for row in answer["changes"] if "_fen" in row["fact"]]
        verdicts = what_if.what_if(released, firm, rows + money, None)["verdicts"]
        (leader,) = [row for row in verdicts if row["edition_id"] == answer["edition"]]
        assert leader["outcome"] == answer["outcome"]


def _written(value: object) -> str:
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value)


def test_step_and_explain_say_what_a_rung_is_worth_with_the_assumption(released: Home, published: Published) -> None:
    rich = (
        "designation = 'hnte' and is_selected and firm_id in"
        " (select f.firm_id from core_firm__facts as f, parameter as p where f.day = p.day"
        " and total_profit_fen_y0 > 300000000 and staff_mean_quarterly_y0 > 300 and total_assets_fen_y0 > 0)"
    )
    firm = some_firm(published, rich)
    (verdict,) = [
        row for row in evidence.of_firm(Published(released), firm, "hnte", None)["verdicts"] if row["is_selected"]
    ]
    answer = what_if.step(released, firm, "hnte")

    rows = {row["relief"]: row for row in answer["worth"]}
    assert {row["relief"]: row for row in verdict["worth"]} == rows
    assert rows["reduced_rate"]["yuan"] >= 300_000
    assert "上年利润" in rows["reduced_rate"]["assumed_zh"]
    assert rows["vat_extra_credit"]["yuan"] is None
    assert all(way["changes"] for way in answer["others"])


def test_a_step_to_what_nobody_decides_is_bad_input(released: Home, published: Published) -> None:
    with pytest.raises(BadInput, match="duke"):
        what_if.step(released, some_firm(published, "true"), "duke")


def test_the_commands_answer_people_and_pipelines(
    released: Home, published: Published, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    firm = some_firm(published, "designation = 'tech_sme' and outcome = 'met'")
    commands = (
        ["step", firm, "gazelle"],
        ["what-if", firm, "revenue_y0=3亿元"],
        ["impact", "gazelle/CN/2022", "torch_gazelle/CN/2023"],
    )
    for words in commands:
        for as_json in ([], ["--json"]):
            monkeypatch.setattr("sys.argv", ["tidu", *words, "--home", str(released.root), *as_json])
            with pytest.raises(SystemExit) as stopped:
                cli.main()
            printed = capsys.readouterr().out
            assert not stopped.value.code
            assert json.loads(printed) if as_json else printed.strip()
