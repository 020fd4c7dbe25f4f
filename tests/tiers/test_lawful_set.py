"""Benefits of a firm: nothing is taken twice, nothing better is left, and what is left out has its reason."""

import re
from datetime import date
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiers.benefits.lawful_set import BestSet, best_set
from tiers.benefits.policies import WRITTEN, RdShare, entitlement, policies
from tiers.errors import DefinitionError

pytestmark = pytest.mark.rule("rules-are-data")

DAY = date(2026, 6, 30)
WAN = 10_000 * 100
"""Fen of 10,000 yuan."""
CONTENT = policies().policies


def _facts(
    profit: int | None, rd: int | None = 0, staff: int = 100, assets: int = 3000, **other: Any
) -> dict[str, Any]:
    known = {
        "total_profit_fen_y0": None if profit is None else profit * WAN,
        "rd_tax_fen_y0": None if rd is None else rd * WAN,
        "staff_mean_quarterly_y0": staff,
        "total_assets_fen_y0": assets * WAN,
        "is_restricted_industry": False,
        "has_sound_accounts": True,
    }
    return known | other


def _best(held: list[str], facts: dict[str, Any]) -> BestSet:
    return best_set(held, facts, DAY)[1]


def _wan(fen: Fraction | None) -> float | None:
    return None if fen is None else float(fen / WAN)


def test_a_deduction_that_makes_a_firm_small_is_worth_more_than_the_reduced_rate() -> None:
    best = _best(["hnte"], _facts(350, rd=100))

    assert set(best.taken) >= {"small_firm_rate", "rd_general"}
    assert (_wan(best.before), _wan(best.after)) == (87.5, 12.5)
    (dropped,) = best.dropped
    assert dropped.policy == "hnte_rate"
    assert "不叠加" in dropped.because.zh
    assert "第二十八条" in dropped.because.zh


@pytest.mark.parametrize(
    ("profit", "held", "taken", "tax"),
    [
        pytest.param(300, ["hnte"], "small_firm_rate", 15, id="300-is-small"),
        pytest.param(301, ["hnte"], "hnte_rate", 45.15, id="301-is-not"),
        pytest.param(301, [], None, 75.25, id="no-title"),
    ],
)
def test_the_rate_at_the_limit_of_small_firms(profit: int, held: list[str], taken: str | None, tax: float) -> None:
    best = _best(held, _facts(profit))

    assert [name for name in best.taken if CONTENT[name].group == "rate"] == ([taken] if taken else [])
    assert _wan(best.after) == tax


@pytest.mark.parametrize(("staff", "assets", "is_small"), [(300, 5000, True), (301, 5000, False), (300, 5001, False)])
def test_a_firm_beyond_a_limit_is_told_so(staff: int, assets: int, is_small: bool) -> None:
    best = _best(["hnte"], _facts(200, staff=staff, assets=assets))

    assert ("small_firm_rate" in best.taken) == is_small
    if not is_small:
        assert [entry.because.zh for entry in best.dropped] == ["超出从业人数、资产或所得的上限，或缺其数"]


def test_a_loss_leaves_nothing_to_save_but_longer_to_carry_it() -> None:
    best = _best(["tech_sme"], _facts(-50, rd=100))

    assert (best.taken, best.before, best.after) == (("longer_losses",), 0, 0)
    assert {entry.because.zh for entry in best.dropped} == {"本年不减少税额"}


def test_without_a_profit_no_tax_is_computed() -> None:
    answers, best = best_set(["hnte"], _facts(None), DAY)

    assert (best.before, best.after, best.taken) == (None, None, ("longer_losses",))
    assert {answer.policy for answer in answers if answer.answer == "unknown"} >= {"hnte_rate", "small_firm_rate"}


@pytest.mark.parametrize(
    ("name", "held", "facts", "answer"),
    [
        ("hnte_rate", [], _facts(100), "not_entitled"),
        ("hnte_rate", ["hnte"], _facts(0), "not_entitled"),
        ("rd_tech_sme", ["tech_sme"], _facts(100, rd=None), "unknown"),
        ("rd_general", [], _facts(100, rd=1, has_sound_accounts=None), "unknown"),
        ("rd_general", [], _facts(100, rd=0, has_sound_accounts=None), "not_entitled"),
        ("rd_ic_machine", [], _facts(100, rd=1), "judgement"),
        ("small_firm_rate", [], _facts(100, is_restricted_industry=True), "not_entitled"),
        ("longer_losses", ["tech_sme"], _facts(None), "entitled"),
    ],
)
def test_a_missing_figure_is_unknown_unless_another_one_fails(
    name: str, held: list[str], facts: dict[str, Any], answer: str
) -> None:
    assert entitlement(name, held, facts, DAY).answer == answer


@pytest.mark.parametrize(
    ("day", "answer"),
    [(date(2022, 12, 31), "not_in_force"), (date(2023, 1, 1), "entitled"), (date(2028, 1, 1), "not_in_force")],
)
def test_a_policy_applies_in_its_time(day: date, answer: str) -> None:
    assert entitlement("small_firm_rate", [], _facts(100), day).answer == answer


_HELD = st.lists(st.sampled_from(["hnte", "tech_sme", "gazelle"]), unique=True)
_FACTS = st.builds(
    _facts,
    st.integers(-100, 1000),
    st.none() | st.integers(0, 800),
    st.integers(1, 600),
    st.integers(1, 9000),
    is_restricted_industry=st.booleans() | st.none(),
    has_sound_accounts=st.booleans() | st.none(),
)


@given(held=_HELD, facts=_FACTS, day=st.dates(date(2023, 1, 1), date(2029, 12, 31)))
def test_no_lawful_set_saves_more_and_none_is_taken_twice(held: list[str], facts: dict[str, Any], day: date) -> None:
    answers, best = best_set(held, facts, day)
    entitled = {answer.policy for answer in answers if answer.answer == "entitled"}
    groups = [CONTENT[name].group for name in best.taken if CONTENT[name].group]

    assert len(groups) == len(set(groups))
    assert set(best.taken) | {entry.policy for entry in best.dropped} == entitled
    assert set(best.taken).isdisjoint(entry.policy for entry in best.dropped)
    assert best.after == min(_least(names, facts, day) for names in _subsets(entitled))


def _subsets(names: set[str]) -> list[tuple[str, ...]]:
    counted = sorted(name for name in names if CONTENT[name].effect is not None)
    every = [subset for size in range(len(counted) + 1) for subset in combinations(counted, size)]
    return [subset for subset in every if len({CONTENT[name].group for name in subset}) == len(subset)]


def _least(names: tuple[str, ...], facts: dict[str, Any], day: date) -> Fraction:
    """The tax by a calculation of its own: the rates as the law prints them."""
    kinds = [CONTENT[name].effect.rd for name in names if isinstance(CONTENT[name].effect, RdShare)]  # type: ignore[union-attr]
    share = Fraction(1) if kinds else Fraction(0)
    income = max(Fraction(0), facts["total_profit_fen_y0"] - share * (facts["rd_tax_fen_y0"] or 0))
    if "small_firm_rate" in names:
        is_small = (
            income <= 300 * WAN
            and facts["staff_mean_quarterly_y0"] <= 300
            and facts["total_assets_fen_y0"] <= 5000 * WAN
            and day.year <= 2027
        )
        return income / 20 if is_small else Fraction(10**18)
    return income * (Fraction(15, 100) if "hnte_rate" in names else Fraction(1, 4))


def test_all_words_are_there_in_both_languages() -> None:
    parts = [
        *CONTENT.values(),
        *policies().groups.values(),
        *(need for entry in CONTENT.values() for need in entry.needs),
    ]
    parts += [entry.judged for entry in CONTENT.values() if entry.judged]

    assert all(re.search("[\u4e00-\u9fff]", part.zh) for part in parts)
    assert not [part.en for part in parts if not part.en or re.search("[\u4e00-\u9fff]", part.en)]


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("group: rate\n", "group: rates\n", "no group is called rates"),
        ("holds: [hnte]", "holds: [hnt]", "no designation is called hnt"),
        ("fact: total_profit_fen_y0,", "fact: profit,", "no fact is called profit"),
        ("effect: {rd: general}", "effect: {rd: generic}", "no kind of R&D is called generic"),
        ("more_than: 0, zh: 有应纳税", "more_than: 0, is: true, zh: 有应纳税", "more_than or is"),
        ("    group: rate\n    effect: reduced_rate", "    effect: reduced_rate", "belongs to a group"),
    ],
)
def test_an_invalid_file_is_refused_with_its_line(tmp_path: Path, before: str, after: str, message: str) -> None:
    text = WRITTEN.read_text("utf-8")
    assert before in text
    path = tmp_path / "policies.yml"
    path.write_text(text.replace(before, after, 1), "utf-8")

    with pytest.raises(DefinitionError, match=rf"policies\.yml:\d+: .*{message}"):
        policies(path)
