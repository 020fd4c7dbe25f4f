"""What is worked out about one firm: its sentence, trials of figures, ways of an edition, what happened to it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from service.casework import Study
from service.decisions import tasks
from service.decisions.signed import Signed
from service.queries.firm.edition_groups import aimed_at, groups_of
from service.queries.firm.firm_sentence import firm_sentence
from service.queries.firm.routes import closed_of, routes_of
from service.queries.movers.mover_filters import Filters
from service.queries.release.records import Slice
from service.reader import ReleaseQueries, Service
from service.scope import Scope, single_user
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release.releases import Published

pytestmark = pytest.mark.rule("reasons")

MONEY = {"money": "万元"}


@pytest.fixture(scope="module")
def release(released: Home) -> Iterator[ReleaseQueries]:
    with Service(released).release(single_user()) as queries:
        yield queries


@pytest.fixture(scope="module")
def near(release: ReleaseQueries) -> dict[str, Any]:
    """A firm that a figure of last year keeps from a rung, with the smallest step to it."""
    for row in release.mover_list("firms").page(
        Filters(signal="near_miss,blocked,near_miss_for_years"), "", Slice(200, 0)
    ):
        study = release.casework(single_user()).study(row["firm_id"])
        assert study is not None
        step = study.step(row["next_designation"]) if row["next_action"] == "close_gap" else {"changes": []}
        tried = {figure["fact"] for figure in study.figures(row["next_designation"])} if step["changes"] else set()
        if {change["fact"] for change in step["changes"]} & tried and step["outcome"] == "met":
            return {"study": study, "title": row["next_designation"], "step": step, "firm_id": row["firm_id"]}
    pytest.fail("the sample has no firm whose smallest step is among the figures that can be tried out")


def test_the_smallest_step_tried_out_changes_the_verdict(near: dict[str, Any]) -> None:
    study: Study = near["study"]
    changes = {change["fact"]: change["then_typed"].removesuffix("万元") for change in near["step"]["changes"]}

    answer = study.try_out(near["title"], changes)

    assert answer["outcome"] == "met"
    (own,) = [row for row in answer["verdicts"] if row["designation"] == near["title"]]
    assert (own["before"], own["outcome"]) == ("not_met", "met")
    reasons = {change["condition"] for change in near["step"]["changes"]}
    assert all(row["outcome"] == "met" for row in answer["conditions"] if row["condition_id"] in reasons)


def test_figures_given_back_as_they_were_drawn_change_nothing(near: dict[str, Any]) -> None:
    """A mean of fifteen decimals is not in a form to its last one."""
    study: Study = near["study"]
    drawn = {row["fact"]: "" if row["value"] is None else str(row["value"]) for row in study.figures(near["title"])}

    answer = study.try_out(near["title"], drawn)

    assert drawn
    assert all(row["before"] == row["outcome"] for row in answer["verdicts"])
    assert all(row["before"]["value"] == row["value"] for row in answer["conditions"])


@pytest.mark.parametrize(("fact", "value"), [("no_such_fact", "1"), ("revenue_fen_y0", "many")])
def test_what_is_no_figure_is_refused_in_both_languages(near: dict[str, Any], fact: str, value: str) -> None:
    with pytest.raises(BadInput) as error:
        near["study"].try_out(near["title"], {fact: value})
    assert error.value.zh != error.value.en


def test_a_title_without_an_edition_cannot_be_tried_out(near: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        near["study"].figures("agri_leading")


def test_a_firm_out_of_the_scope_is_not_studied(released: Home, near: dict[str, Any]) -> None:
    scope = Scope("李", "officer", "own", ("91330000000000000X",))
    with Service(released).release(scope) as release:
        assert release.casework(scope).study(near["firm_id"]) is None


def test_the_sentence_says_who_it_is_what_changed_and_what_is_at_stake(release: ReleaseQueries) -> None:
    for row in release.mover_list("firms").page(Filters(), "", Slice(60, 0)):
        file = release.firm(row["firm_id"])
        assert file is not None
        zh, en = (firm_sentence(file, lang) for lang in ("zh", "en"))
        assert "{" not in zh + en
        assert "None" not in zh + en
        if file.profile["is_living"] is False:
            continue
        assert (row["titles_zh"] or "未持有") in zh
        assert str(file.run["previous_day"]) in zh
        assert (file.signals[0]["reason_zh"] if file.signals else "") in zh
        if not row["met_zh"]:
            waiting = [v["zh"] for v in file.verdicts if v["is_selected"] and v["rank"] and v["outcome"] == "judgement"]
            assert "达到" in zh
            assert not waiting or "均未全部达到" not in zh or all(v in file.held for v in waiting) or row["held_zh"]


def test_a_firm_that_ended_is_said_to_have(release: ReleaseQueries, published: Published) -> None:
    (row,) = published.rows(
        "select firm_id, ended_on from mart_firm__profile where is_living = false order by 1 limit 1"
    )
    file = release.firm(row["firm_id"])
    assert file is not None

    assert firm_sentence(file, "zh", "注销").startswith("企业已注销")


def test_every_edition_is_in_one_group_and_yardsticks_are_apart(release: ReleaseQueries, near: dict[str, Any]) -> None:
    file = release.firm(near["firm_id"])
    assert file is not None
    groups, aimed = groups_of(file), aimed_at(file)
    assert aimed is not None
    listed = [row["edition_id"] for rows in groups.values() for row in rows]

    assert sorted([aimed["edition_id"], *listed]) == sorted(row["edition_id"] for row in file.verdicts)
    assert aimed["designation"] == near["title"]
    assert all(row["rank"] and row["is_selected"] for row in groups["ladder"])
    assert {"inc5000", "birch_gazelle"} <= {row["designation"] for row in groups["yardstick"]}
    assert not any(row["rank"] for row in groups["yardstick"])


def condition(name: str, route: str | None, outcome: str = "met", **more: Any) -> dict[str, Any]:
    return {
        "condition_id": name,
        "route": route,
        "outcome": outcome,
        "seq": 1,
        "is_deciding": False,
        "is_closed": False,
        **more,
    }


def test_the_deciding_way_is_apart_from_the_others() -> None:
    rows = [
        condition("all", None),
        condition("a1", "a", "not_met", is_closed=True),
        condition("b1", "b", seq=2),
        condition("b2", "b", "not_met", is_deciding=True, seq=3),
        condition("c1", "c", "unknown", seq=4),
    ]
    ways = routes_of({"route": "b"}, rows)

    assert [row["condition_id"] for row in ways.shared] == ["all"]
    assert [row["condition_id"] for row in ways.deciding] == ["b2", "b1"]
    assert list(ways.others) == ["a", "c"]
    assert closed_of(ways.others["a"]) == rows[1]
    assert closed_of(ways.others["c"]) is None
    assert routes_of({"route": None}, rows).deciding == []


def test_what_happened_is_one_list_of_titles_and_of_the_case(
    released: Home, own_home: Home, near: dict[str, Any]
) -> None:
    firm_id = near["firm_id"]
    tasks.add(own_home, firm_id, "核对研发辅助账", Signed("李娜", "年报", datetime(2026, 7, 1, tzinfo=UTC)))
    rows = Study(own_home, firm_id, date(2026, 7, 2)).timeline()
    titles = Published(released).rows("select count(*) as n from mart_firm__titles where firm_id = $1", [firm_id])

    (task,) = [row for row in rows if row["kind"] == "case"]
    assert (task["event"], task["zh"], task["by"]) == ("task.added", "核对研发辅助账", "李娜")
    assert sum(row["kind"] == "title" for row in rows) == titles[0]["n"]
    assert all(row["source"] for row in rows if row["kind"] == "title")
    days = [row["on"] for row in rows]
    assert days == sorted(days, reverse=True)
    assert days[0] - days[-1] >= timedelta(0)
