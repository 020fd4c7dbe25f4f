"""Of whom it is told that they hold a title, that they do not, and of whom nothing is told."""

import itertools
from pathlib import Path

import duckdb
import pytest
from tiny_zone import TinyZone, code
from whole_job import STEPS

from tiers.rulebook import is_within, load_rulebook
from warehouse.database import create_macros

FACTS = 1 + [step.__name__ for step in STEPS].index("build_facts")
FIRM = "杭州甲乙科技有限公司"


@pytest.fixture
def zone(tmp_path: Path) -> TinyZone:
    zone = TinyZone(tmp_path)
    zone.registry((1, FIRM))
    return zone


def holds_hnte(zone: TinyZone) -> object:
    """On 30 June 2026."""
    built = zone.run(steps=FACTS)
    sql = f"select holds_hnte from core_firm__facts inner join parameter using (day) where firm_id = '{code(1)}'"
    return built.value(sql)


def test_a_list_without_the_firm_says_no(zone: TinyZone) -> None:
    zone.recognition("高新技术企业认定名单", "2025-12-12", "公告", ["杭州别家科技有限公司"])

    assert holds_hnte(zone) is False


@pytest.mark.parametrize("event", ["公示", "更名", "取消"])
def test_a_list_that_grants_nothing_says_nothing_of_other_firms(zone: TinyZone, event: str) -> None:
    zone.recognition("高新技术企业", "2025-12-12", event, ["杭州别家科技有限公司"])

    assert holds_hnte(zone) is None


@pytest.mark.parametrize(
    ("issued", "firm", "holds"),
    [
        ("2026-07-01", "杭州别家科技有限公司", None),  # not yet issued on 30 June 2026
        ("2026-06-30", "杭州别家科技有限公司", False),
        ("2023-06-30", "杭州别家科技有限公司", False),
        (
            "2023-06-29",
            "杭州别家科技有限公司",
            None,
        ),  # all that it gave has run out: who was given it since is not told
        ("2023-06-29", FIRM, False),
        ("2023-06-30", FIRM, True),
    ],
)
def test_a_list_tells_who_does_not_hold_a_title_while_what_it_gives_holds(
    zone: TinyZone, issued: str, firm: str, holds: object
) -> None:
    zone.recognition("高新技术企业认定名单", issued, "公告", [firm])

    assert holds_hnte(zone) is holds


@pytest.mark.parametrize(
    ("title", "issued", "place", "valid_to"),
    [
        ("瞪羚企业名单", "2024-05-01", "CN-3301", "2027-05-01"),
        ("瞪羚企业名单", "2024-05-01", "CN-440112", "2025-05-01"),  # Huangpu's own text gives one year
        (
            "瞪羚企业名单",
            "2022-05-01",
            "CN-3301",
            None,
        ),  # the national text is not yet in force, others' do not bind here
        ("科技领军企业名单", "2023-05-01", "CN-330108", "2028-05-01"),
        ("科技领军企业名单", "2023-05-01", "CN-3401", None),
    ],
)
def test_a_title_holds_as_long_as_the_text_of_its_place_says(
    zone: TinyZone, title: str, issued: str, place: str, valid_to: str | None
) -> None:
    zone.recognition(title, issued, "公告", [FIRM])

    assert zone.run(place=place, steps=FACTS).rows("select valid_to::varchar from core_title") == [(valid_to,)]


def test_the_warehouse_and_the_rule_book_agree_which_place_lies_in_which() -> None:
    places = sorted(
        {edition.place for edition in load_rulebook().editions.values()} | {"CN-33010", "CN-3", "CN-330108-X"}
    )
    pairs = list(itertools.product(places, places))
    with duckdb.connect() as con:
        create_macros(con)
        query = "select lies_in($1, $2)"
        assert [con.execute(query, pair).fetchone() for pair in pairs] == [(is_within(*pair),) for pair in pairs]
