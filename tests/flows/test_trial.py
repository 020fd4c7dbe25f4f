"""Trying out other figures and other editions on what is published."""

import json
from datetime import date
from pathlib import Path

import pytest

from flows import cli
from service.queries import evidence, impact, what_if
from tiers.rulebook import EDITIONS
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release import releases
from warehouse.release.releases import Published


def some_firm(published: Published, sql: str) -> str:
    return str(
        published.rows(f"select firm_id from mart_firm__verdicts where {sql} order by firm_id limit 1")[0]["firm_id"]
    )


def test_without_changes_nothing_changes(released: Home, published: Published) -> None:
    firm = some_firm(published, "designation = 'leader' and outcome = 'not_met'")

    found = what_if.what_if(released, firm, [], None)

    published_as = {
        row["edition_id"]: row["outcome"]
        for row in published.rows("select edition_id, outcome from mart_firm__verdicts where firm_id = $1", [firm])
    }
    assert {one["edition_id"]: one["outcome"] for one in found["verdicts"]} == published_as
    assert all(one["before"] == one["outcome"] for one in found["verdicts"])


def test_a_figure_that_decides_changes_the_verdict_and_the_release_stays(released: Home, published: Published) -> None:
    firm = some_firm(published, "designation = 'tech_sme' and outcome = 'met'")
    before = releases.current(released).read_bytes()

    found = what_if.what_if(released, firm, ["staff_mean_quarterly_y0=501"], None)

    (sme,) = [one for one in found["verdicts"] if one["edition_id"] == "tech_sme/CN/2017"]
    assert (sme["before"], sme["outcome"], sme["deciding_condition"]) == ("met", "not_met", "staff_at_most_500")
    assert releases.current(released).read_bytes() == before


def test_a_figure_can_be_made_unknown(released: Home, published: Published) -> None:
    firm = some_firm(published, "designation = 'tech_sme' and outcome = 'met'")

    found = what_if.what_if(released, firm, ["total_assets_y0=未知"], None)

    (sme,) = [one for one in found["verdicts"] if one["edition_id"] == "tech_sme/CN/2017"]
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
    found = impact.impact(released, "gazelle/CN/2022", "gazelle/CN/2022")

    assert found["firms"] == []
    firms = published.rows("select count(*) as n from core_firm__facts as f, parameter as p where f.day = p.day")
    assert found["counts"] == {"unchanged": firms[0]["n"]}


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
    assert {one["condition"] for one in harder["conditions"] if one["change"] == "lost"} == {"revenue_growth"}
    assert sum(one["firms"] for one in harder["conditions"] if one["change"] == "lost") == harder["counts"]["lost"]


def test_who_loses_what_people_have_to_judge_has_lost_it(released: Home, tmp_path: Path) -> None:
    draft = tmp_path / "editions" / "hnte" / "CN" / "2027.yml"
    draft.parent.mkdir(parents=True)
    text = (EDITIONS / "hnte" / "CN" / "2016.yml").read_text("utf-8")
    draft.write_text(text.replace("tech_staff_share_monthly, at_least: 10%", "tech_staff_share_monthly, at_least: 30%"))
    before = releases.current(released).read_bytes()

    found = impact.impact(released, "hnte/CN/2016", str(draft))
    back = impact.impact(released, str(draft), "hnte/CN/2016")

    assert found["counts"]["lost"] == back["counts"]["gained"] > 0
    for way, decided in ((found, "lost"), (back, "gained")):
        told = [one for one in way["firms"] if one["change"] == decided]
        assert {one["condition"] for one in told} == {"technical_staff_share"}
        assert all(one["name"] and one["zh"] and one["en"] and one["clause"] for one in told)
    assert releases.current(released).read_bytes() == before


def test_a_figure_that_a_draft_asks_for_and_nobody_has_makes_firms_undecidable(released: Home, tmp_path: Path) -> None:
    draft = tmp_path / "editions" / "leader" / "CN-12" / "2027.yml"
    draft.parent.mkdir(parents=True)
    draft.write_text(
        "extends: leader/CN-12/2021\ntitle: {zh: 试, en: draft}\n"
        "document: {title: 试, issuer: 试, number: null, confidence: memory, seen_on: 2026-11-24}\n"
        "in_force: {from: 2027-01-01}\n"
        "also:\n"
        "  - {id: asked, zh: 问, en: asked, metric: financing_through_a_cny_fen, at_least: 1 万元, clause: 一}\n",
        "utf-8",
    )

    found = impact.impact(released, "leader/CN-12/2021", str(draft), with_unchanged=True)

    assert len(found["firms"]) == sum(found["counts"].values())
    assert {one["change"] for one in found["firms"]} <= {"unchanged", "undecidable", "lost"}
    undecidable = [one for one in found["firms"] if one["change"] == "undecidable"]
    assert undecidable
    assert {(one["condition"], one["missing_fact"]) for one in undecidable} == {
        ("asked", "financing_through_a_cny_fen")
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
    said = {}
    for as_json in ([], ["--json"], ["--json", "--all"]):
        monkeypatch.setattr("sys.argv", ["tidu", "impact", *words, "--home", str(released.root), *as_json])
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        assert not stopped.value.code
        said[len(as_json)] = capsys.readouterr().out
    changed, everybody = json.loads(said[1]), json.loads(said[2])
    change = "lost" if drafted == "second" else "gained"

    told = [one for one in changed["firms"] if one["change"] == change]
    assert changed["counts"][change] == len(told) > 0
    assert len(everybody["firms"]) == sum(changed["counts"].values())
    assert all(one["condition"] == "revenue_growth" and one["name"] for one in told)
    assert "不再达到 lost" in said[0]
    assert changed["firms"][0]["name"][:6] in said[0]


@pytest.mark.parametrize("name", ["gazelle/CN/1999", "/nowhere/gazelle/CN/2030.yml"])
def test_an_edition_nobody_wrote_is_bad_input(released: Home, name: str) -> None:
    with pytest.raises(BadInput):
        impact.impact(released, name, "gazelle/CN/2022")


def test_a_step_says_what_must_change_and_what_if_agrees(released: Home, published: Published) -> None:
    firm = some_firm(published, "designation = 'leader' and outcome = 'not_met'")

    found = what_if.step(released, firm, "leader")

    assert found["changes"]
    assert all(one["clause"] and one["zh"] and one["en"] for one in found["changes"])
    if found["blocked_by"] is None:
        told = [f"{one['fact']}={_written(one['then'])}" for one in found["changes"] if "_fen" not in one["fact"]]
        money = [f"{one['fact']}={one['then'] / 100:.2f}元" for one in found["changes"] if "_fen" in one["fact"]]
        verdicts = what_if.what_if(released, firm, told + money, None)["verdicts"]
        (leader,) = [one for one in verdicts if one["edition_id"] == found["edition"]]
        assert leader["outcome"] == found["outcome"]


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
        one for one in evidence.of_firm(Published(released), firm, "hnte", None)["verdicts"] if one["is_selected"]
    ]
    found = what_if.step(released, firm, "hnte")

    told = {one["relief"]: one for one in found["worth"]}
    assert {one["relief"]: one for one in verdict["worth"]} == told
    assert told["reduced_rate"]["yuan"] >= 300_000
    assert "上年利润" in told["reduced_rate"]["assumed_zh"]
    assert told["vat_extra_credit"]["yuan"] is None
    assert all(way["changes"] for way in found["others"])


def test_a_step_to_what_nobody_decides_is_bad_input(released: Home, published: Published) -> None:
    with pytest.raises(BadInput, match="duke"):
        what_if.step(released, some_firm(published, "true"), "duke")


def test_the_commands_answer_people_and_pipelines(
    released: Home, published: Published, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    firm = some_firm(published, "designation = 'tech_sme' and outcome = 'met'")
    asked = (
        ["step", firm, "gazelle"],
        ["what-if", firm, "revenue_y0=3亿元"],
        ["impact", "gazelle/CN/2022", "torch_gazelle/CN/2023"],
    )
    for words in asked:
        for as_json in ([], ["--json"]):
            monkeypatch.setattr("sys.argv", ["tidu", *words, "--home", str(released.root), *as_json])
            with pytest.raises(SystemExit) as stopped:
                cli.main()
            said = capsys.readouterr().out
            assert not stopped.value.code
            assert json.loads(said) if as_json else said.strip()
