"""Who owns a firm: by hand, by rules of the home, handed over with what is open, acted for during a leave."""

from collections.abc import Callable
from datetime import date

import pytest
from tiny_zone import TinyZone
from work_zone import NOW, by, events, fill, firm, home_of

from service.decisions import assignments, case_undo, tasks
from service.decisions.assignment_rules import EXAMPLE, FILE, AssignmentRules, Rule, rule_for
from service.decisions.assignments import Officers
from service.decisions.case_events import BothVersions
from service.queries.cases.case_lists import CaseFilters, listed, open_of
from service.queries.cases.owners import on_leave, owners, without_owner
from warehouse.definition import read_yaml, validated
from warehouse.errors import BadInput, DefinitionError
from warehouse.home import Home

pytestmark = pytest.mark.rule("append-only")

TODAY = NOW.date()
RULES = """
rules:
  - {id: first, sector: ["65"], park: ["330106"], owner: 王, deputy: 李, because: 软件归口}
  - {id: rest, owner: 赵, because: 其余}
"""


@pytest.fixture
def home(run_once: Callable[..., TinyZone]) -> Home:
    return home_of(run_once("three-firms", fill))


def owned(home: Home, on: date = TODAY) -> dict[str, tuple[str, str | None]]:
    return {row["firm_id"]: (row["owner"], row["acting"]) for row in owners(home, on)}


def test_a_firm_without_an_owner_is_on_a_list_until_it_has_one(home: Home) -> None:
    assert [row["firm_id"] for row in without_owner(home)] == sorted(firm(number) for number in (1, 2, 3))

    assignments.assign(home, firm(2), Officers("王", "李"), by("赵"))
    assert firm(2) not in [row["firm_id"] for row in without_owner(home)]
    assert owned(home) == {firm(2): ("王", "王")}

    assignments.end(home, firm(2), by("赵"))
    assert len(without_owner(home)) == 3
    with pytest.raises(BadInput):
        assignments.end(home, firm(2), by("赵"))


@pytest.mark.parametrize(("owner", "deputy"), [("", None), (" ", "李"), ("王", "王"), ("王 ", " 王")])
def test_an_owner_has_a_name_and_another_deputy(home: Home, owner: str, deputy: str | None) -> None:
    with pytest.raises(BadInput):
        assignments.assign(home, firm(), Officers(owner, deputy), by())


def test_rules_assign_every_firm_without_an_owner_and_say_by_which_rule(home: Home) -> None:
    with pytest.raises(BadInput, match=r"assignment\.yml"):
        assignments.assign_all_by_rule(home, by())
    (home.root / FILE).write_text(RULES, "utf-8")
    assignments.assign(home, firm(2), Officers("钱"), by())

    events = assignments.assign_all_by_rule(home, by("赵"))

    assert len(events) == 2
    assert {event.why for event in events} <= {"软件归口", "其余"}
    assert {row["rule"] for row in owners(home, TODAY) if row["owner"] != "钱"} <= {"first", "rest"}
    assert without_owner(home) == []
    assert assignments.assign_all_by_rule(home, by("赵")) == []
    assert assignments.assign_by_rule(home, firm(2), by("赵")).content["rule"] in ("first", "rest")


def test_the_first_rule_that_fits_holds() -> None:
    desk = Rule(id="desk", incubator="甲", owner="王", because="驻点")
    soft = Rule(id="soft", sector=("65",), park=("3301",), owner="李", because="软件")
    place = {"incubator": None, "division_code": "330106", "industry_code": "6510"}

    assert rule_for([desk, soft], {**place, "incubator": "甲"}) == desk
    assert rule_for([desk, soft], place) == soft
    assert rule_for([desk, soft], {**place, "industry_code": None}) is None
    assert rule_for([desk, soft], {**place, "division_code": "330108"}) == soft
    assert rule_for([desk, soft], {**place, "division_code": "310100"}) is None


@pytest.mark.parametrize(
    "text",
    [
        "rules: []",
        "rules: [{id: a, owner: 王}]",
        "rules: [{id: a, owner: 王, deputy: 王, because: x}]",
        "rules: [{id: a, owner: 王, because: x}, {id: a, owner: 李, because: x}]",
        "rules: [{id: a, owner: 王, because: x, colour: red}]",
    ],
)
def test_rules_that_cannot_hold_are_refused_with_their_line(home: Home, text: str) -> None:
    (home.root / FILE).write_text(text, "utf-8")

    with pytest.raises(DefinitionError, match=r"assignment\.yml"):
        assignments.assign_all_by_rule(home, by())


def test_the_example_of_the_rules_is_in_their_form() -> None:
    content, lines = read_yaml(EXAMPLE)

    assert len(validated(AssignmentRules, content, EXAMPLE, lines).rules) == 3


def test_a_hand_over_takes_what_is_open_along(home: Home) -> None:
    for number in (1, 2):
        assignments.assign(home, firm(number), Officers("王"), by())
    tasks.add(home, firm(1), "年报", by())
    ended = tasks.add(home, firm(1), "备案", by()).stream.removeprefix("task:")
    tasks.done(home, ended, "已办", by())

    events = assignments.hand_over(home, "王", Officers("李", "赵"), by("赵", why="调离"))

    handed = {event.content["firm"] for event in events}
    assert handed == {firm(1), firm(2)}
    assert [(row["thing"], row["what"]) for row in open_of(home, handed, TODAY)] == [("task", "年报")]
    assert [row["acting"] for row in listed(home, "task", TODAY, CaseFilters())] == ["李"]
    assert {row["former_owner"] for row in owners(home, TODAY)} == {"王"}
    for former in ("王", "李"):  # who has none left, and who would hand over to himself
        with pytest.raises(BadInput):
            assignments.hand_over(home, former, Officers("李"), by())


def test_one_firm_alone_can_be_handed_over(home: Home) -> None:
    for number in (1, 2):
        assignments.assign(home, firm(number), Officers("王"), by())

    assignments.hand_over(home, "王", Officers("李"), by(), firm=firm(2))

    assert owned(home) == {firm(1): ("王", "王"), firm(2): ("李", "李")}


def test_a_deputy_acts_over_the_edge_of_the_year_and_the_owner_again_after(home: Home) -> None:
    assignments.assign(home, firm(), Officers("王", "赵"), by())
    taken = assignments.take_leave(home, "王", date(2026, 12, 28), date(2027, 1, 8), "李", by())

    acting = [
        owned(home, on)[firm()][1]
        for on in (date(2026, 12, 27), date(2026, 12, 31), date(2027, 1, 8), date(2027, 1, 9))
    ]
    assert acting == ["王", "李", "李", "王"]
    assert [(row["officer"], row["deputy"]) for row in on_leave(home, TODAY)] == [("王", "李")]
    assert on_leave(home, date(2027, 1, 9)) == []
    with pytest.raises(BadInput):
        assignments.take_leave(home, "王", date(2027, 2, 2), date(2027, 2, 1), "李", by())
    with pytest.raises(BadInput):
        assignments.take_leave(home, "王", date(2027, 2, 1), date(2027, 2, 2), "王", by())

    case_undo.undo(home, taken.seq, by="王", why="不休了", now=NOW)
    assert owned(home, date(2026, 12, 31))[firm()] == ("王", "王")


def test_the_second_of_two_who_assign_a_firm_sees_the_first(home: Home) -> None:
    assignments.assign(home, firm(), Officers("王"), by("甲", version=0))

    with pytest.raises(BothVersions, match="王"):
        assignments.assign(home, firm(), Officers("李"), by("乙", version=0))
    assert len(events(home)) == 1


def test_a_leave_ends_early_or_is_taken_back_before_it_begins(home: Home) -> None:
    assignments.assign(home, firm(1), Officers("王"), by())
    assignments.take_leave(home, "王", date(2026, 6, 29), date(2026, 7, 31), "李", by())
    assignments.take_leave(home, "王", date(2026, 10, 1), date(2026, 10, 8), "赵", by())
    assert owned(home) == {firm(1): ("王", "李")}

    event = assignments.end_leave(home, "王", date(2026, 6, 29), by())
    assert owned(home) == {firm(1): ("王", "王")}
    assert event.content["firms"] == [firm(1)], "the next run computes it anew"
    assert [period["first_on"] for period in on_leave(home, TODAY)] == ["2026-10-01"]
    assignments.end_leave(home, "王", date(2026, 6, 29), by())
    assert on_leave(home, TODAY) == []
    with pytest.raises(BadInput, match="没有休假"):
        assignments.end_leave(home, "王", date(2026, 6, 29), by())
    case_undo.undo(home, event.seq + 1, by="王", why="还是要去", now=NOW)
    assert [period["deputy"] for period in on_leave(home, TODAY)] == ["赵"]
