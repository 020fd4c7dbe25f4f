"""What is no longer possible, as commands and pages say it."""

import pytest

from flows import cli
from flows.terminal import what_if as view
from service.queries.firm import evidence, firm_page, what_if
from warehouse.database.build import Build
from warehouse.home import Home
from warehouse.release import releases
from warehouse.release.releases import Published

pytestmark = pytest.mark.rule("reasons")


def a_gazelle(published: Published, condition: str) -> str:
    """The first firm with such a verdict by the edition that decides."""
    sql = "select min(firm_id) as firm_id from mart_firm__verdicts where is_selected and designation = 'gazelle' and "
    return str(published.rows(sql + condition)[0]["firm_id"])


def test_explain_and_step_say_what_is_no_longer_possible_and_what_can_still_be_reached(
    released: Home, published: Published, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    firm = a_gazelle(published, "is_closed")
    (rung,) = published.rows("select designation from core_firm__next where firm_id = $1", [firm])
    answer = what_if.step(released, firm, "gazelle")
    (verdict,) = [
        row
        for row in evidence.of_firm(published, firm, "gazelle", None)["verdicts"]
        if row["edition_id"] == answer["edition"]
    ]

    assert (answer["is_closed"], answer["changes"], answer["others"]) == (True, [], [])
    assert answer["next_rung"]["designation"] == rung["designation"] != "gazelle"
    assert verdict["closed_condition"] == verdict["deciding_condition"] == answer["blocked_by"]
    assert verdict["sentence_zh"].startswith("不再可能：")
    assert verdict["sentence_en"].startswith("no longer possible: ")
    assert {row["gap"] for row in verdict["conditions"] if row["is_closed"]} == {None}
    for words in (["step", firm, "gazelle"], ["explain", firm, "--designation", "gazelle"]):
        monkeypatch.setattr("sys.argv", ["tidu", *words, "--home", str(released.root)])
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        printed = capsys.readouterr().out
        assert not stopped.value.code
        assert "不再可能" in printed
        assert "差距 gap 7" not in printed


def test_the_next_rung_is_never_closed_and_names_no_condition_that_is_met(published: Published) -> None:
    assert published.rows("select count(*) as n from core_tiers__ladder_verdicts where is_closed")[0]["n"] > 0
    skipped = (
        "select n.firm_id from core_firm__next as n join core_tiers__ladder_verdicts as v using (firm_id, designation)"
        " join parameter using (day) where v.is_closed"
    )
    met = (
        "select n.firm_id from core_firm__next as n join core_tiers__findings as f"
        " using (firm_id, edition_id, condition_id) where f.outcome = 'met' or f.is_closed"
    )
    years = "select firm_id from mart_movers__firms where next_gap_unit = 'year' and next_gap > 1"

    assert [published.rows(sql) for sql in (skipped, met, years)] == [[], [], []]


def test_a_release_of_before_closing_was_kept_is_explained(own_home: Home) -> None:
    firm = a_gazelle(Published(own_home), "outcome = 'not_met'")
    with Build.open(releases.current(own_home)) as build:
        for view, columns in (
            ("mart_firm__verdicts", "is_closed, closed_condition, opens_on, open_conditions"),
            ("mart_firm__evidence", "is_closed, closes"),
        ):
            build.execute(f"alter view {view} rename to {view}_now")
            build.execute(f"create view {view} as select * exclude ({columns}) from {view}_now")

    answer = evidence.of_firm(Published(own_home), firm, "gazelle", None)

    assert answer["verdicts"][0]["is_closed"] is None
    assert answer["verdicts"][0]["sentence_zh"].startswith("未达到：")
    assert firm_page.read_firm(Published(own_home), firm) is not None


def test_a_step_that_cannot_be_taken_says_so_and_why_the_movers_name_another(
    released: Home, published: Published, capsys: pytest.CaptureFixture[str]
) -> None:
    sql = "select firm_id, next_zh, next_designation from mart_movers__firms where next_action = 'close_gap' limit 1"
    (mover,) = published.rows(sql)
    rung = mover["next_designation"]
    of_movers = what_if.mover_step(published, mover["firm_id"], rung, "another_condition")
    assert of_movers["mover_zh"] == mover["next_zh"]
    nothing_open = {"outcome": "not_met", "changes": [], "others": [], "route": None, "is_closed": False}
    blocked = {"opens_on": None, "missing_fact": None, "blocked_by": "base", "blocked_zh": "基期过低"}

    view.step({**what_if.step(released, mover["firm_id"], rung), **nothing_open, **blocked, **of_movers})

    printed = "".join(capsys.readouterr().out.split())
    assert "靠仍可改变的数不能达到卡在:基期过低" in printed
    assert f"单靠它还不够:{mover['next_zh']}".replace(" ", "") in printed
    assert "数已够" not in printed
