"""The smallest change against exhaustive search: on a small grid no smaller change meets the edition."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from examples import examples
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st
from random_firms import DAY

from tiers import Edition, evaluate
from tiers.columns.outcome import CODE, JUDGEMENT
from tiers.schema import facts
from tiers.schema.loader import read_edition
from tiers.smallest_change import smallest_change

pytestmark = pytest.mark.rule("exact")

FIGURES = ("revenue_fen_y0", "rd_account_fen_y0", "main_revenue_fen_y0")
MOST = 24
"""Fen: amounts small enough to evaluate every combination."""
HEAD = """
title: {zh: 试, en: trial}
kind: recognition
document: {title: 试, issuer: 试, number: null, confidence: memory, seen_on: 2026-11-24}
in_force: {from: 2016-01-01}
"""
RESEARCH = "- {id: research, zh: 一, en: one, metric: rd_share_y0, at_least: %d%%, clause: 一}"
MAIN = "- {id: main, zh: 二, en: two, metric: main_business_share_y0, at_least: %d%%, clause: 二}"
SIZE = "- {id: size, zh: 三, en: three, metric: revenue_y0, at_least: 0.%02d 元, clause: 三}"
SMALL = "- {id: small, zh: 四, en: four, metric: revenue_y0, at_most: 0.%02d 元, clause: 四}"
SCORE = """- id: score
  zh: 五
  en: five
  clause: 五
  at_least: %d 分
  score:
    - {id: a, zh: 甲, en: a, metric: rd_share_y0, bands: [{from: 50%%, points: 20}, {from: 20%%, points: 10}]}
    - id: b
      zh: 乙
      en: b
      metric: main_business_share_y0
      bands: [{from: 60%%, points: 20}, {from: 30%%, points: 10}]
    - {id: c, zh: 丙, en: c, metric: revenue_y0, bands: [{from: 0.20 元, points: 20}, {from: 0.10 元, points: 10}]}"""
BANDS = """- id: by_size
  zh: 六
  en: six
  clause: 六
  metric: rd_share_y0
  by: revenue_y0
  bands: [{up_to: 0.%02d 元, at_least: 50%%}, {at_least: 20%%}]"""


def _all(*parts: str) -> str:
    return "all_of:\n" + "\n".join(f"  {line}" for part in parts for line in part.splitlines())


def _any(*parts: str) -> str:
    return _all(*parts).replace("all_of:", "any_of:", 1)


PERCENT, FEN = st.integers(1, 100), st.integers(1, 22)
RULES = st.one_of(
    st.tuples(PERCENT, PERCENT, FEN).map(lambda n: _all(RESEARCH % n[0], MAIN % n[1], SIZE % n[2])),
    st.tuples(PERCENT, FEN).map(lambda n: _all(RESEARCH % n[0], SMALL % n[1])),
    st.sampled_from([20, 30, 40, 50, 60]).map(lambda points: _all(SCORE % points)),
    st.tuples(st.sampled_from([20, 30, 40]), PERCENT).map(lambda n: _all(SCORE % n[0], RESEARCH % n[1])),
    st.tuples(st.sampled_from([20, 30, 40]), FEN).map(lambda n: _all(SCORE % n[0], SMALL % n[1])),
    st.tuples(PERCENT, FEN, FEN).map(lambda n: _all(BANDS % n[1], MAIN % n[0], SIZE % n[2])),
    st.tuples(PERCENT, PERCENT, FEN).map(lambda n: _any(RESEARCH % n[0], MAIN % n[1], SIZE % n[2])),
)
NOW = st.tuples(*[st.integers(0, 20)] * 3)
Size = tuple[int, int, Fraction]


def size(now: Mapping[str, int], then: Mapping[str, int]) -> Size:
    """As the guide defines it: figures moved, of these shrinking, sum of changes over the present value (or 1 yuan)."""
    moved = [(now[name], then[name]) for name in now if now[name] != then[name]]
    shares = sum((Fraction(abs(b - a), max(a, 100)) for a, b in moved), Fraction(0))
    return len(moved), sum(b < a for a, b in moved), shares


def smallest_of_all(firm: Mapping[str, int], edition: Edition) -> Size | None:
    """By asking the engine about every state of the grid."""
    states = [dict(zip(FIGURES, values, strict=True)) for values in product(range(MOST + 1), repeat=3)]
    answers = evaluate(facts.frame(states), [edition], DAY).verdicts["outcome"].replace_strict(CODE).to_list()
    there = [size(firm, state) for state, answer in zip(states, answers, strict=True) if answer >= JUDGEMENT]
    return min(there, default=None)


def written(folder: Path, rules: str) -> Edition:
    """An edition of these conditions."""
    path = folder / "hnte" / "CN" / "2027.yml"
    path.parent.mkdir(parents=True)
    path.write_text(HEAD + rules + "\n", "utf-8")
    return read_edition(path)


def test_a_figure_that_costs_points_elsewhere_is_traded_against_them(tmp_path: Path) -> None:
    """All three in full: revenue of 20 halves the research share to the 50 % it needs, main business wants 12."""
    edition = written(tmp_path, _all(SCORE % 60))

    step = smallest_change(facts.frame([dict(zip(FIGURES, (5, 10, 7), strict=True))]), edition, DAY)

    assert step.outcome == "met"
    assert {change.fact: change.then for change in step.changes} == {"revenue_fen_y0": 20, "main_revenue_fen_y0": 12}


@examples(20, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))
@given(RULES, NOW)
def test_no_smaller_state_of_the_grid_meets_the_edition(
    tmp_path_factory: pytest.TempPathFactory, rules: str, now: tuple[int, ...]
) -> None:
    edition, firm = written(tmp_path_factory.mktemp("trial"), rules), dict(zip(FIGURES, now, strict=True))
    frame = facts.frame([firm])
    verdict = evaluate(frame, [edition], DAY).verdicts.row(0, named=True)
    if verdict["outcome"] != "not_met":
        return
    step = smallest_change(frame, edition, DAY)
    if verdict["is_closed"]:  # outgrown: the grid would have it shrink
        assert (step.blocked_by, step.changes) == ("small", [])
        return
    best = smallest_of_all(firm, edition)

    size_of_step = size(firm, {**firm, **{change.fact: change.then for change in step.changes}})
    if best is not None:
        assert step.is_proven
        assert step.changes
        assert size_of_step == best, (rules, firm, step.changes)
