"""Selection of editions by place and day, and the reference tables of the rule book."""

from datetime import date

import polars as pl
import pytest

from tiers import load_rulebook
from tiers.errors import UnknownNameError
from tiers.evaluation.compiled import compiled
from tiers.places import is_within
from tiers.schema.ladder import height, ladder
from tiers.schema.unseen import unseen

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


def test_an_expired_local_edition_does_not_decide() -> None:
    assert chosen(date(2026, 6, 30), "CN-3201")["gazelle"] == "gazelle/CN/2022"


def test_all_editions_in_force_are_evaluated_not_only_the_deciding_one() -> None:
    in_force = {edition.id for edition in BOOK.in_force(date(2024, 6, 30), "CN-3201")}

    assert {"gazelle/CN-32/2024", "gazelle/CN/2022"} <= in_force


def test_before_the_standard_there_was_no_national_gazelle() -> None:
    assert "gazelle" not in chosen(date(2022, 6, 30), "CN")


def test_an_unknown_edition_is_an_error_that_lists_the_known_ones() -> None:
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


def test_an_edition_that_only_people_decide_is_marked() -> None:
    """By its file: each condition is left to judgement, so every firm is; figures of one say nothing."""
    editions = BOOK.tables()["ref_editions"]
    marked = set(editions.filter(~pl.col("has_figures"))["edition_id"])
    conditions = BOOK.tables()["ref_conditions"].filter(pl.col("condition_id") != "firm_exists")

    assert {"leader/CN/2022", "gazelle/CN-4403/2025"} <= marked
    assert (
        set(conditions.filter(pl.col("edition_id").is_in(marked) & pl.col("metric").is_not_null())["edition_id"])
        == set()
    )
    assert {"hnte/CN/2016", "tech_sme/CN/2017", "leader/CN-33/2022"}.isdisjoint(marked)


def test_the_facts_of_a_condition_are_listed() -> None:
    facts = BOOK.inputs("hnte/CN/2016", "rd_share_three_years", date(2026, 6, 30))

    assert set(facts) == {f"{name}_y{ago}" for name in ("revenue_fen", "rd_hnte_fen") for ago in range(3)}


def test_en_003_a_zone_is_asked_by_the_rules_of_city_province_and_nation_side_by_side() -> None:
    """EN-003: two titles of two bodies; the city's edition decides its own list and hides no other."""
    in_force = {edition.id for edition in BOOK.in_force(date(2024, 6, 30), "CN-6101-HTZ")}

    assert {"gazelle/CN-61/2022", "gazelle/CN-6101/2024", "gazelle/CN/2022"} <= in_force
    assert chosen(date(2024, 6, 30), "CN-6101-HTZ")["gazelle"] == "gazelle/CN-6101/2024"
    assert chosen(date(2024, 6, 30), "CN-6103")["gazelle"] == "gazelle/CN-61/2022"


def test_en_004_a_firm_may_hold_several_titles_of_which_one_stands_highest() -> None:
    """EN-004: the side track is kept beside the ladder, never measured against it."""
    held = ["hnte", "srdi", "gazelle", "potential_unicorn"]

    on_the_ladder = [name for name in held if height(name) is not None]
    assert max(on_the_ladder, key=height) == "potential_unicorn"
    assert [name for name in held if ladder()[name].track == "side"] == ["srdi"] == sorted({*held} - {*on_the_ladder})


def test_pools_stand_below_what_they_lead_to_and_above_the_rung_before() -> None:
    order = ["hnte", "gazelle_reserve", "gazelle", "seed_unicorn", "potential_unicorn", "unicorn", "leader"]

    heights = [height(name) for name in order]
    assert heights == sorted(set(heights), key=float)
    assert height("torch_gazelle") is None


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("CN-42", "科技领军企业"),
        ("CN-33", "科技领军企业"),
        ("CN-41", "创新龙头企业"),
        ("CN-12", "科技领军企业"),
        ("CN-5101-HTZ", "平台生态型龙头企业"),
    ],
)
def test_en_005_the_top_rung_has_the_name_of_its_place(place: str, name: str) -> None:
    """EN-005: rung names are local."""
    decides = BOOK.edition(chosen(date(2025, 6, 30), place)["leader"])

    assert decides.place == place
    assert name in decides.head.title.zh


def test_a_check_is_no_title_and_a_gazelle_by_valuation_no_gazelle() -> None:
    checks = {edition.designation for edition in BOOK.editions.values() if edition.head.kind == "check"}

    assert checks == {name for name, designation in ladder().items() if designation.track == "check"}
    assert all(height(name) is None for name in checks | {"hurun_gazelle"})
    assert "hurun_gazelle" not in {later for designation in ladder().values() for later in designation.succeeded_by}


EARLIER, LATER = {"not_prohibited", "no_incident"}, {"has_sound_accounts", "industry_not_barred", "no_offence"}


@pytest.mark.parametrize(
    ("day", "binding", "other"), [(date(2021, 12, 31), EARLIER, LATER), (date(2022, 1, 1), LATER, EARLIER)]
)
def test_a_wording_binds_on_its_days_only(day: date, binding: set[str], other: set[str]) -> None:
    names = {leaf.id for leaf, _ in compiled(BOOK.edition("tech_sme/CN/2017"), day).leaves}

    assert binding <= names
    assert other.isdisjoint(names)


def test_an_unseen_text_decides_nothing_in_its_place() -> None:
    assert {(text.designation, text.place) for text in unseen()} >= {("gazelle", "CN-3201"), ("leader", "CN-36")}
    assert all(text.zh and text.en for text in unseen())
    for text in unseen():
        assert text.designation in ladder()
    named = {(text.designation, text.place) for text in unseen() if text.place != "CN"}
    assert named.isdisjoint({(edition.designation, edition.place) for edition in BOOK.editions.values()})


@pytest.mark.parametrize("place", ["CN", "CN-3301", "CN-330108", "CN-4201-ELHTZ"])
def test_a_part_of_the_rule_book_decides_as_the_whole(place: str) -> None:
    day = date(2026, 6, 30)
    every = load_rulebook()
    own = load_rulebook(place=place)

    assert own.selected(day, place) == every.selected(day, place)
    assert own.in_force(day, place) == every.in_force(day, place)
    for edition in every.selected(day, place):
        assert load_rulebook(designation=edition.designation, place=place).selected(day, place) == [edition]
