"""The pool as data: steps lead somewhere, places overlay, and the reason against a step is in both languages."""

import re
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiers.cultivation.pools import HERE, pool_of, pools, read_pool
from tiers.cultivation.schema import OUTSIDE, Pool
from tiers.cultivation.why_not import Reason, Situation, why_not
from tiers.errors import DefinitionError, NotInForce
from tiers.schema.strict import Words

pytestmark = pytest.mark.rule("strict-definitions")

DAY = date(2026, 6, 30)
COUNTRY = pool_of("CN", DAY)
ALL_POOLS = [pytest.param(pool, id=name) for name, pool in pools().items()]


ROLES = {
    name: Words(zh=zh, en=name)
    for name, zh in (
        ("officer", "专管员"),
        ("statistician", "统计员"),
        ("director", "主管领导"),
        ("incubator", "孵化器"),
        ("pipeline", "程序令牌"),
    )
}


def _reasons(pool: Pool, step: str, situation: Situation) -> list[Reason]:
    return why_not(pool, step, situation, ROLES)


def _is(state: str, **changes: object) -> Situation:
    known = {"role": "officer", "designation": "gazelle", "day": DAY, "is_open": True, "waited": 99}
    return Situation(**{"state": state, **known, **changes})  # type: ignore[arg-type]


def _needs(pool: Pool, step: str, situation: Situation) -> list[str]:
    return [reason.need for reason in _reasons(pool, step, situation)]


@pytest.mark.parametrize("pool", ALL_POOLS)
def test_every_state_can_be_entered_and_left(pool: Pool) -> None:
    edges = {(start, step.to or start) for step in pool.steps.values() for start in step.from_}
    reached, ahead = {OUTSIDE}, {OUTSIDE}
    while ahead := {end for start, end in edges if start in ahead} - reached:
        reached |= ahead
    ends = {name for name, state in pool.states.items() if state.ends}

    assert reached - {OUTSIDE} == pool.states.keys()
    assert {start for start, end in edges if end != start} == {OUTSIDE, *pool.states} - ends
    assert len(ends) == 3


@pytest.mark.parametrize("pool", ALL_POOLS)
def test_all_words_are_there_in_both_languages(pool: Pool) -> None:
    parts = [*pool.states.values(), *pool.papers.values(), *pool.grounds.values(), *pool.phases.values(), pool.title]
    parts += [part for step in pool.steps.values() for part in (step, *step.needs)]

    assert all(re.search("[\u4e00-\u9fff]", part.zh) for part in parts)
    assert not [part.en for part in parts if not part.en or re.search("[\u4e00-\u9fff]", part.en)]
    assert all(step.due or (step.to and pool.states[step.to].ends) for step in pool.steps.values())


@pytest.mark.parametrize(
    ("place", "day", "expected"),
    [
        ("CN-3301", DAY, "CN/2020"),
        ("CN-5101-HTZ", DAY, "CN-51/2020"),
        ("CN-4403", date(2025, 3, 19), "CN/2020"),
        ("CN-4403", date(2025, 3, 20), "CN-4403/2025"),
        ("CN-3209", date(2022, 1, 1), "CN-3209/2022"),
    ],
)
def test_the_most_local_pool_in_force_is_taken(place: str, day: date, expected: str) -> None:
    assert pool_of(place, day).id == expected


def test_before_the_first_pool_there_is_none() -> None:
    with pytest.raises(NotInForce, match="培育库"):
        pool_of("CN", date(2019, 12, 31))


def test_an_overlay_changes_what_it_lists_and_nothing_else() -> None:
    sichuan = pool_of("CN-51", DAY)

    assert sichuan.steps.keys() == COUNTRY.steps.keys() - {"enter"}
    assert (sichuan.steps["screen"].zh, sichuan.steps["screen"].needs) == ("市州初审", COUNTRY.steps["screen"].needs)
    assert sichuan.steps["admit"] == COUNTRY.steps["admit"]
    assert [due.by for due in pool_of("CN-4403", DAY).steps["update"].due] == [(3, 31)]


def test_public_notice_runs_for_five_working_days() -> None:
    admit = {"papers": frozenset({"admission_notice"})}

    assert _needs(COUNTRY, "admit", _is("publicised", waited=4, **admit)) == ["notice_over"]
    assert _needs(COUNTRY, "admit", _is("publicised", waited=5, **admit)) == []


def test_a_term_of_three_years_is_over_on_its_day() -> None:
    assert _needs(COUNTRY, "expire", _is("in_pool", term_from=date(2023, 7, 1))) == ["term_over"]
    assert _needs(COUNTRY, "expire", _is("in_pool", term_from=date(2023, 6, 30))) == []
    assert _needs(COUNTRY, "expire", _is("in_pool")) == ["term_over"]


def test_a_place_assesses_from_the_year_after_entry() -> None:
    yancheng, papers = pool_of("CN-3209", DAY), frozenset({"assessment_report"})

    assert _needs(yancheng, "renew", _is("in_pool", entered_on=date(2026, 1, 1), papers=papers)) == ["entered_before"]
    assert _needs(yancheng, "renew", _is("in_pool", entered_on=date(2025, 12, 31), papers=papers)) == []


def test_the_site_is_visited_for_the_top_rungs_alone() -> None:
    papers = frozenset({"panel_minutes"})

    assert _needs(COUNTRY, "review", _is("consulted", papers=papers)) == []
    assert _needs(COUNTRY, "review", _is("consulted", papers=papers, designation="leader")) == ["visited"]


@pytest.mark.parametrize(
    ("facts", "needs"),
    [
        ({}, ["not_dishonest"]),
        ({"is_on_dishonesty_list": True}, ["not_dishonest"]),
        ({"is_on_dishonesty_list": False}, []),
    ],
)
def test_an_unknown_figure_is_no_good_figure(facts: dict[str, bool], needs: list[str]) -> None:
    assert _needs(COUNTRY, "consult", _is("screened", papers=frozenset({"opinions"}), facts=facts)) == needs


def test_a_title_held_ends_cultivation_for_it() -> None:
    assert _needs(COUNTRY, "enter", _is(OUTSIDE, is_held=True)) == ["not_held"]
    assert _needs(COUNTRY, "upgrade", _is("in_pool", is_held=True)) == []
    assert _needs(COUNTRY, "upgrade", _is("in_pool")) == ["title_held"]


def test_a_title_out_of_reach_or_undecided_is_no_aim() -> None:
    assert _needs(COUNTRY, "enter", _is(OUTSIDE, is_open=False)) == ["within_reach"]
    assert _needs(COUNTRY, "enter", _is(OUTSIDE, is_open=None)) == ["within_reach"]


def test_a_firm_that_left_may_come_back() -> None:
    assert [_needs(COUNTRY, "enter", _is(state)) for state in ("upgraded", "expired", "removed")] == [[], [], []]
    assert _needs(COUNTRY, "enter", _is("in_pool")) == ["state"]


def test_a_firm_is_removed_on_a_named_and_proven_ground() -> None:
    assert _needs(COUNTRY, "remove", _is("in_pool")) == ["ground", "ground_proven"]
    assert _needs(COUNTRY, "remove", _is("in_pool", ground="moved_out", papers=frozenset({"ground_proof"}))) == []
    assert _needs(COUNTRY, "remove", _is("in_pool", ground="mood", papers=frozenset({"ground_proof"}))) == ["ground"]
    assert _needs(COUNTRY, "serve", _is("in_pool", ground="moved_out")) == ["ground"]


def test_a_step_that_is_not_there_is_refused_with_those_that_are() -> None:
    (reason,) = _reasons(pool_of("CN-51", DAY), "enter", _is(OUTSIDE))

    assert reason.need == "step"
    assert "nominate" in reason.zh
    assert "apply" in reason.en


_SITUATIONS = st.builds(
    Situation,
    state=st.sampled_from([OUTSIDE, *COUNTRY.states]),
    role=st.none() | st.sampled_from([*ROLES]),
    designation=st.sampled_from(["gazelle", "unicorn", "leader"]),
    day=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    entered_on=st.none() | st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    term_from=st.none() | st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    waited=st.integers(0, 30),
    papers=st.frozensets(st.sampled_from([*COUNTRY.papers, "other"])),
    ground=st.none() | st.sampled_from([*COUNTRY.grounds, "other"]),
    facts=st.dictionaries(st.sampled_from(["revenue_fen_y0", "is_on_dishonesty_list"]), st.none() | st.booleans()),
    is_open=st.none() | st.booleans(),
    is_held=st.booleans(),
)


@given(pool=st.sampled_from([*pools().values()]), step=st.sampled_from([*COUNTRY.steps]), situation=_SITUATIONS)
def test_what_stands_against_a_step_is_worded_whatever_the_case(pool: Pool, step: str, situation: Situation) -> None:
    reasons = _reasons(pool, step, situation)
    taken = pool.steps.get(step)

    assert all(reason.zh and not re.search("[\u4e00-\u9fff]", reason.en) for reason in reasons)
    if not reasons:
        assert taken is not None
        assert situation.role is None or situation.role in taken.by
        assert situation.state in taken.from_ or (OUTSIDE in taken.from_ and pool.has_left(situation.state))
        assert {need.paper for need in taken.needs if need.paper and not need.of} <= situation.papers


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("to: lead\n", "to: leed\n", "no state is called leed"),
        ("paper: self_evaluation,", "paper: evaluation,", "no paper is called evaluation"),
        ("figure: revenue_fen_y0,", "figure: revenue_y0,", "no fact is called revenue_y0"),
        ("of: [unicorn, leader]", "of: [unicorns]", "no designation is called unicorns"),
        ("waited: 5,", "waited: 5, years: 3,", "exactly one"),
        ("by: 05-31", "by: 05-32", "by"),
        ("phase: entry, zh: 线索", "phase: entrance, zh: 线索", "no phase is called entrance"),
        ("    by: [officer, statistician]\n", "    by: [clerk]\n", "officer"),
        ("  upgrade:\n", "  remove:\n", "twice"),
        ("{step: upgrade, days: 20}", "{step: promote, days: 20}", "no step is called promote"),
        ("{step: upgrade, days: 20}", "{step: upgrade, days: 20, years: 1}", "exactly one"),
        ("id: opinions_given,", "id: not_dishonest,", "two needs"),
    ],
)
def test_an_invalid_definition_is_refused_with_its_line(tmp_path: Path, before: str, after: str, message: str) -> None:
    path = tmp_path / "pools" / "CN" / "2020.yml"
    copytree(HERE, tmp_path / "pools")
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")

    with pytest.raises(DefinitionError, match=rf"2020\.yml:\d+: .*{message}"):
        read_pool(path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("extends: CN/1999\n", "no pool CN/1999"),
        ("extends: CN/2020\nwithout: [elect]\n", "no step elect"),
        ("extends: CN/2020\nchange: {elect: {}}\n", "no step elect"),
        ("extends: CN/2020\ncolour: red\n", "colour"),
    ],
)
def test_an_overlay_of_what_is_not_there_is_refused(tmp_path: Path, text: str, message: str) -> None:
    copytree(HERE, tmp_path / "pools")
    path = tmp_path / "pools" / "CN-51" / "2030.yml"
    path.write_text(text, "utf-8")

    with pytest.raises(DefinitionError, match=rf"2030\.yml:\d+: .*{message}"):
        read_pool(path)
