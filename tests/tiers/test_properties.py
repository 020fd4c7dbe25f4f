"""Properties of every edition for arbitrary firms."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from examples import examples
from hypothesis import Phase, given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from random_firms import DAY, blanked, firms

from tiers import Edition, Evaluation, evaluate, load_rulebook
from tiers.columns.outcome import CODE
from tiers.columns.quantity import LARGEST
from tiers.errors import FactsError
from tiers.rulebook import EDITIONS as RULES
from tiers.schema.condition import Comparison

pytestmark = pytest.mark.rule("exact", 'thresholds are compared exactly, and missing data is never "not met"')

EDITIONS = list(load_rulebook().editions.values())
SEEDS = st.integers(0, 2**32 - 1)
KEY = ("edition_id", "condition_id", "column")
few = examples(3, phases=[Phase.generate])  # a smaller seed is not a simpler firm


def answers(frame: pl.DataFrame, editions: Sequence[Edition] = EDITIONS) -> pl.DataFrame:
    """A row per firm, edition and condition; trying missing figures alters verdicts only."""
    return evaluate(frame, editions, DAY, is_completed=False).findings()


@few
@given(SEEDS, SEEDS)
def test_answers_about_firms_with_gaps(seed: int, hidden: int) -> None:
    """What is decided stays, what is unknown names a gap, and a firm is evaluated whatever stands beside it."""
    complete = firms(seed)
    gaps = blanked(complete, hidden)
    with_gaps = evaluate(gaps, EDITIONS, DAY)
    findings = with_gaps.findings()

    a_decided_answer_stays_once_the_figure_is_known(with_gaps, findings, evaluate(complete, EDITIONS, DAY))
    an_unknown_answer_names_a_figure_that_is_not_known(gaps, findings)
    neither_the_order_of_the_firms_nor_other_firms_change_anything(gaps, findings, seed)


def a_decided_answer_stays_once_the_figure_is_known(
    with_gaps: Evaluation, findings: pl.DataFrame, known: Evaluation
) -> None:
    key = ["firm_id", "edition_id"]
    for before, after, on in (
        (with_gaps.verdicts, known.verdicts, key),
        (findings, known.findings(), [*key, "condition_id"]),
    ):
        both = before.filter(pl.col("outcome") != "unknown").join(after, on=on, suffix="_known")
        rose = (pl.col("outcome") == "judgement") & (pl.col("outcome_known") == "met")  # another way than by judgement
        changed = both.filter((pl.col("outcome") != pl.col("outcome_known")) & ~rose)
        assert changed.is_empty(), changed.head(3).to_dicts()


def an_unknown_answer_names_a_figure_that_is_not_known(gaps: pl.DataFrame, findings: pl.DataFrame) -> None:
    unknown = findings.filter((pl.col("outcome") == "unknown") & pl.col("missing_fact").is_not_null())
    known = {
        (row["firm_id"], name): value
        for row in gaps.to_dicts()
        for name, value in row.items()
        if value is not None and name != "are_incidents_known"
    }

    assert [row for row in unknown.to_dicts() if (row["firm_id"], row["missing_fact"]) in known] == []


def neither_the_order_of_the_firms_nor_other_firms_change_anything(
    gaps: pl.DataFrame, findings: pl.DataFrame, seed: int
) -> None:
    """In another order, one of them alone."""
    order = gaps.with_row_index().sample(fraction=1, shuffle=True, seed=seed)["index"]
    shuffled = gaps[order.to_list()]
    apart = pl.concat([evaluate(part, EDITIONS, DAY).findings() for part in (shuffled[:1], shuffled[1:])])
    by = ["firm_id", "edition_id", "condition_id"]

    assert_frame_equal(findings.sort(by), apart.sort(by))


def _plain() -> Iterator[tuple[Edition, Comparison, str]]:
    """Conditions that compare a fact with a threshold."""
    amounts = (pl.Int64, pl.Decimal)
    columns = {name for name, dtype in firms(1, 1).schema.items() if dtype in amounts}
    for edition in EDITIONS:
        for leaf in edition.conditions.leaves():
            if isinstance(leaf, Comparison) and leaf.by is None and not edition.head.data_years:
                stem, _, year = leaf.metric.rpartition("_")
                for column in {leaf.metric, f"{stem}_fen_{year}"} & columns:
                    yield edition, leaf, column


def test_more_of_a_required_figure_never_lowers_an_answer() -> None:
    """Every condition, in one evaluation: of firms as they are, and of the same firms with more of each figure."""
    plain, frame = list(_plain()), firms(7)
    columns = sorted({column for _, _, column in plain})
    more = [
        frame.with_columns(pl.col(column) + 100, firm_id=pl.concat_str("firm_id", pl.lit(f"#{column}")))
        for column in columns
    ]
    answered = answers(pl.concat([frame, *more])).with_columns(
        pl.col("outcome").replace_strict(CODE, return_dtype=pl.Int8),
        column=pl.col("firm_id").str.extract("#(.*)").fill_null(""),
    )
    codes = dict(answered.group_by("edition_id", "condition_id", "column").agg("outcome").rows_by_key(KEY, unique=True))

    def falls(edition: Edition, leaf: Comparison, column: str) -> bool:
        ((operator, _),) = leaf.tests
        before, after = (codes[edition.id, leaf.id, name] for name in ("", column))
        pairs = list(zip(before, after, strict=True))
        rises = operator in ("at_least", "more_than")
        return any(late < early if rises else late > early for early, late in pairs)

    assert len(plain) > 100
    assert any(codes[edition.id, leaf.id, ""] != codes[edition.id, leaf.id, column] for edition, leaf, column in plain)
    assert [(edition.id, leaf.id, column) for edition, leaf, column in plain if falls(edition, leaf, column)] == []


@few
@given(SEEDS, st.integers(2, 1000))
def test_shares_and_rates_do_not_depend_on_the_size_of_the_firm(seed: int, factor: int) -> None:
    frame = firms(seed)
    money = [name for name in frame.columns if "_fen_" in name]
    larger = frame.with_columns(pl.col(money) * factor)
    shares = [
        (edition.id, leaf.id)
        for edition in EDITIONS
        for leaf in edition.conditions.leaves()
        if isinstance(leaf, Comparison) and leaf.by is None and leaf.tests[0][1].unit == "percent"
    ]
    key = pl.concat_str("edition_id", pl.lit(" "), "condition_id").is_in([" ".join(pair) for pair in shares])
    columns = ["firm_id", "edition_id", "condition_id", "outcome"]

    assert_frame_equal(answers(frame).filter(key).select(columns), answers(larger).filter(key).select(columns))


LITERAL = re.compile(r"(\d+(?:\.\d+)?) (万元|亿元|万美元|亿美元|万欧元)")
SMALLER = {"万元": "元", "亿元": "万元", "万美元": "美元", "亿美元": "万美元", "万欧元": "欧元"}


def test_the_unit_in_which_an_amount_is_written_changes_nothing(tmp_path: Path) -> None:
    """The rule book with every amount in the next smaller unit: 1000 万元 as 10000000 元."""
    rewritten = 0
    for path in RULES.glob("*/*/*.yml"):
        other = tmp_path / path.relative_to(RULES)
        other.parent.mkdir(parents=True, exist_ok=True)
        text, number = LITERAL.subn(
            lambda match: f"{Decimal(match[1]) * 10_000:f} {SMALLER[match[2]]}", path.read_text("utf-8")
        )
        other.write_text(text, "utf-8")
        rewritten += number
    frame = blanked(firms(5), 5)
    columns = ["firm_id", "edition_id", "condition_id", "outcome", "value", "gap", "missing_fact"]

    before, after = answers(frame), answers(frame, list(load_rulebook(tmp_path).editions.values()))

    assert rewritten > 100
    assert_frame_equal(before.select(columns), after.select(columns))


def test_every_answer_occurs_among_the_random_firms() -> None:
    seen = set(answers(blanked(firms(3, 300), 3))["outcome"])

    assert seen == {"met", "not_met", "unknown", "judgement"}


def test_a_figure_too_large_to_be_compared_exactly_is_refused() -> None:
    frame = firms(1, 2).with_columns(revenue_fen_y0=pl.lit(LARGEST + 1))

    with pytest.raises(FactsError, match="exactly"):
        evaluate(frame, EDITIONS, DAY)


def test_an_absent_column_is_an_error_and_a_null_is_not() -> None:
    with pytest.raises(FactsError, match="revenue_fen_y0"):
        evaluate(firms(1, 2).drop("revenue_fen_y0"), EDITIONS, DAY)


def test_no_firms_and_no_editions_give_empty_results() -> None:
    assert evaluate(firms(1, 0), EDITIONS, DAY).verdicts.is_empty()
