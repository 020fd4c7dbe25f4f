"""Points schemes: invalid files are refused with their line, scores of different schemes are not compared."""

from datetime import date
from pathlib import Path

import pytest
from random_firms import DAY

from tiers.errors import DefinitionError, UnknownNameError
from tiers.points_scheme import SCHEMES, Score, compare_scores, load_schemes, read_scheme
from tiers.points_scheme.loader import scheme_of

pytestmark = pytest.mark.rule("strict-definitions")

EXAMPLE = scheme_of("example/2026")


def changed(tmp_path: Path, before: str, after: str, scheme: str = "example/2026") -> Path:
    text = (SCHEMES / f"{scheme}.yml").read_text("utf-8")
    assert before in text
    path = tmp_path / "schemes" / "somewhere" / "2027.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.replace(before, after, 1), "utf-8")
    return path


def test_a_table_whose_weights_do_not_sum_is_rejected(tmp_path: Path) -> None:  # PT-002
    path = changed(
        tmp_path, "weights: {startup: 10, growth: 10, stable: 12}", "weights: {startup: 8, growth: 10, stable: 12}"
    )

    with pytest.raises(DefinitionError, match=r"schemes/somewhere/2027\.yml:14: .*98.*weights_do_not_sum.*not 100"):
        read_scheme(path)


def test_the_total_is_data(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="sums to 100, not 1000"):
        read_scheme(changed(tmp_path, "total: 100", "total: 1000"))


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("total: 100\n", "", "total"),
        ("weights: {startup: 10, growth: 10, stable: 12}", "weights: {startup: 10, growth: 22}", "weights_incomplete"),
        ("        weights: {startup: 10, growth: 10, stable: 12}\n", "", "weights_incomplete"),
        ("{startup: 10, growth: 10, stable: 12}", "{startup: -10, growth: 10, stable: 12}", "negative"),
        ("metric: rd_tax_to_revenue", "metric: rd_to_the_moon", "no metric"),
        ("linear: {from: 0%, to: 10%}", "linear: {from: 0 元, to: 10 元}", "counted in percent"),
        ("linear: {from: 0%, to: 10%}", "linear: {from: 10%, to: 10%}", "two values"),
        (
            "linear: {from: 0%, to: 10%}",
            "linear: {from: 0%, to: 10%}\n        steps: [{is: true, share: 1}]",
            "one curve",
        ),
        ("id: rd_share", "id: rd_spending", "given twice"),
        ("below: 2000 万元", "below: 3 亿元", "below a larger size"),
        ("phase_by: revenue_y0\n", "", "phase_by"),
        ("phase_by: revenue_y0", "phase_by: revenues", "no metric"),
        ("share: 80%", "share: 180%", "between 0 and 100%"),
        ("floor: -5", "floor: 5", "zero or less"),
        ("is_example: true", "is_an_example: true", "Extra inputs"),
    ],
)
def test_an_invalid_scheme_is_refused_with_file_and_line(tmp_path: Path, before: str, after: str, message: str) -> None:
    with pytest.raises(DefinitionError, match=rf"schemes/somewhere/2027\.yml:\d+: .*{message}"):
        read_scheme(changed(tmp_path, before, after))


def test_scores_of_two_zones_are_not_compared() -> None:  # PT-003
    longyan, changzhou = Score("CN-3508-HTZ/2025", 7480, 7480), Score("CN-3204/2025", 2903, 2903)

    comparison = compare_scores(longyan, changzhou)

    assert comparison.result == "not_comparable"
    assert comparison.reason is not None
    assert "不可比" in comparison.reason.zh
    assert "two scales" in comparison.reason.en


@pytest.mark.parametrize(
    ("first", "second", "result"),
    [
        ((500, 520), (400, 499), "higher"),
        ((400, 499), (500, 520), "lower"),
        ((500, 500), (500, 500), "equal"),
        ((500, 520), (520, 520), "overlapping"),
    ],
)
def test_scores_of_one_scheme_are_compared_by_their_ranges(
    first: tuple[int, int], second: tuple[int, int], result: str
) -> None:
    assert compare_scores(Score("a/1", *first), Score("a/1", *second)).result == result
    assert compare_scores(Score("a/1", *first), Score("a/2", *second)).result == "not_comparable"
    assert compare_scores(Score("a/1", *first, DAY), Score("a/1", *second, date(2026, 7, 1))).result == "not_comparable"


def test_the_example_is_marked_as_such() -> None:
    assert EXAMPLE.is_example
    assert "示例" in EXAMPLE.title.zh
    assert load_schemes().keys() == {"CN/2024", "example/2026"}
    with pytest.raises(UnknownNameError, match="example/2026"):
        scheme_of("CN/1999")
