"""A promotion is shared by the incubators whose tenant the firm was, by an edition with its reason."""

from datetime import date
from fractions import Fraction

import pytest

from service.extracts import rows
from service.reader import Service
from service.scope import single_user
from tiers.cultivation.credit import Stay, credit_rule, credit_rules, shares
from warehouse.home import Home

pytestmark = pytest.mark.rule("rules-are-data")

RULE = credit_rule(date(2026, 6, 30))


@pytest.mark.parametrize(
    ("stays", "share"),
    [
        ([Stay("甲", date(2024, 1, 1), None)], {"甲": Fraction(1)}),
        ([Stay("甲", date(2025, 6, 1), None)], {"甲": Fraction(1)}),
        ([Stay("甲", date(2025, 6, 2), None)], {}),
        ([Stay("甲", date(2020, 1, 1), date(2024, 6, 1)), Stay("乙", date(2024, 6, 1), None)],
         {"甲": Fraction(1, 2), "乙": Fraction(1, 2)}),
        ([Stay("甲", date(2020, 1, 1), date(2024, 5, 31)), Stay("乙", date(2024, 6, 1), None)], {"乙": Fraction(1)}),
        ([Stay("甲", date(2020, 1, 1), date(2021, 1, 1)), Stay("甲", date(2022, 1, 1), None)], {"甲": Fraction(1)}),
    ],
)  # fmt: skip
def test_a_promotion_is_shared_by_whose_tenant_the_firm_was(stays: list[Stay], share: dict[str, Fraction]) -> None:
    assert shares(date(2025, 6, 1), stays, RULE) == share


def test_the_shares_of_a_promotion_add_up_to_the_whole(released: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    ever = RULE.model_copy(update={"years": 100, "days_after": 36_500, "first_rank": 1})
    monkeypatch.setattr(rows, "credit_rule", lambda _: ever)
    given: dict[str, Fraction] = {}
    with Service(released).extracts(single_user()) as extracts:
        credited = [row for name in extracts.incubators() for row in extracts.tables(name["incubator"]).credit]
    for row in credited:
        given[row["number"]] = given.get(row["number"], Fraction(0)) + Fraction(row["share"])
        assert row["granted_on"] >= row["entered_on"]

    assert given
    assert set(given.values()) == {Fraction(1)}
    assert all(rule.because_zh and rule.because_en for rule in credit_rules())
