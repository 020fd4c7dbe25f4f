"""Which edition decides where and when, and the book as tables."""

from datetime import date

import pytest

from tiers import load_rulebook
from tiers.errors import UnknownNameError
from tiers.rulebook import is_within

BOOK = load_rulebook()


@pytest.mark.parametrize(
    ("place", "other", "within"),
    [
        ("CN-3301", "CN", True),
        ("CN-3301", "CN-33", True),
        ("CN-33", "CN-33", True),
        ("CN-33", "CN-3301", False),
        ("CN-3201", "CN-33", False),
        ("CN", "CN-33", False),
    ],
)
def test_a_place_lies_in_the_places_around_it(place: str, other: str, within: bool) -> None:
    assert is_within(place, other) is within


def chosen(day: date, place: str) -> dict[str, str]:
    return {edition.designation: edition.id for edition in BOOK.selected(day, place)}


def test_the_local_edition_decides_in_its_place_and_the_national_one_elsewhere() -> None:
    day = date(2024, 6, 30)

    assert chosen(day, "CN-3201")["gazelle"] == "gazelle/CN-32/2024"
    assert chosen(day, "CN-3301")["gazelle"] == "gazelle/CN/2022"


def test_a_local_edition_that_has_ended_gives_way() -> None:
    assert chosen(date(2026, 6, 30), "CN-3201")["gazelle"] == "gazelle/CN/2022"


def test_all_editions_in_force_are_asked_not_only_the_one_that_decides() -> None:
    asked = {edition.id for edition in BOOK.in_force(date(2024, 6, 30), "CN-3201")}

    assert {"gazelle/CN-32/2024", "gazelle/CN/2022"} <= asked


def test_before_the_standard_there_was_no_national_gazelle() -> None:
    assert "gazelle" not in chosen(date(2022, 6, 30), "CN")


def test_an_edition_nobody_wrote_is_an_error_that_lists_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match="hnte/CN/2016"):
        BOOK.edition("hnte/CN/1999")


def test_the_tables_name_every_edition_and_condition_once() -> None:
    tables = BOOK.tables()
    conditions = tables["ref_conditions"]

    assert tables["ref_editions"].height == len(BOOK.editions)
    assert not conditions.select("edition_id", "condition_id").is_duplicated().any()
    assert (
        conditions.select("zh", "en", "clause", "required_zh", "required_en").null_count().sum_horizontal().item() == 0
    )


def test_the_columns_a_condition_rests_on_are_named() -> None:
    facts = BOOK.inputs("hnte/CN/2016", "rd_share_three_years", date(2026, 6, 30))

    assert set(facts) == {f"{name}_y{ago}" for name in ("revenue_fen", "rd_hnte_fen") for ago in range(3)}
