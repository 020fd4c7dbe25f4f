"""Benefits of firms of a release: each policy has one state, and the tax with the best set is never more."""

import pytest

from service.queries.firm.entitlements import entitlements
from tiers.benefits.policies import policies
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release.releases import Published

pytestmark = pytest.mark.rule("rules-are-data")


def _firms(home: Home, condition: str) -> list[str]:
    rows = Published(home).rows(
        "select firm_id from core_firm__facts inner join parameter using (day)"
        f" where {condition} order by firm_id limit 5"
    )
    return [row["firm_id"] for row in rows]


def test_every_policy_has_one_state_and_the_tax_never_grows(released: Home) -> None:
    firms = _firms(released, "total_profit_fen_y0 > 0")

    assert firms
    for firm_id in firms:
        answer = entitlements(released, firm_id)
        assert [row["policy"] for row in answer["policies"]] == list(policies().policies)
        assert answer["tax_yuan"] <= answer["tax_before_yuan"]
        assert all(row["because_zh"] and row["because_en"] and row["document"] for row in answer["policies"])


def test_a_holder_of_the_reduced_rate_takes_it_or_something_better(released: Home) -> None:
    firms = _firms(released, "holds_hnte and total_profit_fen_y0 > 0 and is_restricted_industry = false")

    for firm_id in firms:
        answer = entitlements(released, firm_id)
        states = {row["policy"]: row["state"] for row in answer["policies"]}
        assert answer["tax_yuan"] == 0 or "taken" in (states["hnte_rate"], states["small_firm_rate"])


def test_without_a_profit_no_tax_is_computed(released: Home) -> None:
    for firm_id in _firms(released, "total_profit_fen_y0 is null"):
        answer = entitlements(released, firm_id)
        assert (answer["tax_yuan"], answer["assumed_zh"]) == (None, "缺上年利润总额，不算税额")


def test_an_unknown_firm_is_refused(released: Home) -> None:
    with pytest.raises(BadInput, match="没有这家企业"):
        entitlements(released, "无此企业")
