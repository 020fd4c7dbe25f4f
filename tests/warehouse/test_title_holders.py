"""Firms stated to hold a title, stated not to, and without a statement."""

import itertools
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from tiny_zone import Built, TinyZone, code
from whole_job import STEPS

from tiers.places import is_within
from tiers.rulebook import load_rulebook
from warehouse import recipe
from warehouse.database.build import Build
from warehouse.database.macros.functions import create_macros
from warehouse.models.building import set_parameters

pytestmark = pytest.mark.rule("unknown-not-no")

STAGED = STEPS.index(next(step for step in STEPS if step.__name__ == "build_core"))
FIRM, OTHER_FIRM = "杭州甲乙科技有限公司", "杭州别家科技有限公司"
LISTS = {
    ("高新技术企业认定名单", "公告"): ["2023-06-29", "2023-06-30", "2025-12-12", "2026-06-30", "2026-07-01"],
    ("高新技术企业", "公示"): ["2025-12-12"],
    ("高新技术企业", "更名"): ["2025-12-12"],
    ("高新技术企业", "取消"): ["2025-12-12"],
    ("瞪羚企业名单", "公告"): ["2022-05-01", "2024-05-01"],
    ("科技领军企业名单", "公告"): ["2023-05-01"],
}
"""The days of the lists of the zone, by title and event; each names both firms."""
Facts = Callable[..., Any]


def fill(zone: TinyZone) -> None:
    """One of two firms is registered."""
    zone.registry((1, FIRM))
    for (title, event), days in LISTS.items():
        for day in days:
            zone.recognition(title, day, event, [FIRM], [OTHER_FIRM])


@pytest.fixture(scope="module")
def facts(built_once: Callable[..., Built], tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """The only value of a query on the facts of 30 June 2026, where a single list with a single firm was delivered."""
    staged = built_once("title-holders", fill, steps=STAGED).path
    folder = tmp_path_factory.mktemp("facts")

    def of(title: str, issued: str, event: str, firm: str, sql: str, place: str = "CN-3301") -> Any:
        delivery = f"select delivery_id from deliveries where file_name = '{title}_{issued}_{event}.csv'"
        with Build.open(Path(shutil.copy(staged, folder))) as build:
            assert len(build.column(delivery)) == 1
            build.execute(f"delete from stg_recognition where delivery_id not in ({delivery}) or name <> $1", [firm])
            build.execute(f"delete from deliveries where feed like 'recognition%' and delivery_id not in ({delivery})")
            set_parameters(build, day=date(2026, 6, 30), previous_day=date(2025, 6, 30), place=place, run_id="test")
            recipe.build_core(build)
            recipe.build_facts(build)
            ((value,),) = build.tuples(sql)
            return value

    return of


HOLDS_HNTE = f"select holds_hnte from core_firm__facts inner join parameter using (day) where firm_id = '{code(1)}'"


def test_a_list_without_the_firm_says_no(facts: Facts) -> None:
    assert facts("高新技术企业认定名单", "2025-12-12", "公告", OTHER_FIRM, HOLDS_HNTE) is False


@pytest.mark.parametrize("event", ["公示", "更名", "取消"])
def test_a_list_that_grants_nothing_says_nothing_of_other_firms(facts: Facts, event: str) -> None:
    assert facts("高新技术企业", "2025-12-12", event, OTHER_FIRM, HOLDS_HNTE) is None


@pytest.mark.parametrize(
    ("issued", "firm", "holds"),
    [
        ("2026-07-01", OTHER_FIRM, None),  # not yet issued on 30 June 2026
        ("2026-06-30", OTHER_FIRM, False),
        ("2023-06-30", OTHER_FIRM, False),
        ("2023-06-29", OTHER_FIRM, None),  # all that it gave has run out: who was given it since is not known
        ("2023-06-29", FIRM, False),
        ("2023-06-30", FIRM, True),
    ],
)
def test_a_list_tells_who_does_not_hold_a_title_while_what_it_gives_holds(
    facts: Facts, issued: str, firm: str, holds: object
) -> None:
    assert facts("高新技术企业认定名单", issued, "公告", firm, HOLDS_HNTE) is holds


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
    facts: Facts, title: str, issued: str, place: str, valid_to: str | None
) -> None:
    assert facts(title, issued, "公告", FIRM, "select valid_to::varchar from core_title", place) == valid_to


def test_the_warehouse_and_the_rule_book_agree_which_place_lies_in_which() -> None:
    places = sorted(
        {edition.place for edition in load_rulebook().editions.values()} | {"CN-33010", "CN-3", "CN-330108-X"}
    )
    pairs = list(itertools.product(places, places))
    with duckdb.connect() as con:
        create_macros(con)
        query = "select lies_in($1, $2)"
        assert [con.execute(query, pair).fetchone() for pair in pairs] == [(is_within(*pair),) for pair in pairs]
