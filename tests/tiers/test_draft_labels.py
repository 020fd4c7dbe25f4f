"""Every quantity of an edition that can be tried out has a label of its own, in both languages."""

from collections import Counter

import pytest

from tiers.rulebook import load_rulebook
from tiers.schema.draft import thresholds

pytestmark = pytest.mark.rule("two-languages")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_two_quantities_of_an_edition_have_the_same_label(lang: str) -> None:
    repeated = {
        edition.id: [label for label, times in labels.items() if times > 1]
        for edition in load_rulebook().editions.values()
        if max((labels := Counter(row.label(lang) for row in thresholds(edition, {}))).values(), default=0) > 1
    }

    assert repeated == {}


def test_a_route_begins_the_label() -> None:
    rows = {row.condition.id: row for row in thresholds(load_rulebook().edition("gazelle/CN/2022"), {})}

    assert rows["revenue_growth"].label("en") == "by revenue: revenue growth of at least 20% a year over three years"
    assert rows["technology_spending"].label("zh") == rows["technology_spending"].condition.zh


def test_every_route_has_words_of_its_own() -> None:
    without = [
        (edition.id, name)
        for edition in load_rulebook().editions.values()
        for name, words in edition.conditions.routes().items()
        if words["zh"] == name
    ]
    assert without == []
