"""Applications for titles: their papers, the receipt, the result; one undecided application a title."""

from collections.abc import Callable
from datetime import date

import pytest
from tiny_zone import TinyZone
from work_zone import NOW, by, fill, firm, home_of

from service.decisions import applications
from service.queries.cases.case import case
from warehouse.errors import BadInput
from warehouse.home import Home

pytestmark = pytest.mark.rule("append-only")

TODAY = NOW.date()


@pytest.fixture
def home(run_once: Callable[..., TinyZone]) -> Home:
    return home_of(run_once("three-firms", fill))


def test_an_application_has_the_papers_of_the_text_and_goes_from_open_to_a_result(home: Home) -> None:
    number = applications.open_(home, firm(), "hnte", by()).name
    with pytest.raises(BadInput):
        applications.open_(home, firm(), "hnte", by())
    applications.ready(home, number, 1, by())
    with pytest.raises(BadInput):
        applications.ready(home, number, 99, by())
    with pytest.raises(BadInput):
        applications.file(home, number, date(2027, 1, 1), "GQ-1", by())
    applications.file(home, number, TODAY, "GQ-1", by())
    with pytest.raises(BadInput):
        applications.file(home, number, TODAY, "GQ-2", by())

    (row,) = case(home, firm(), TODAY)["applications"]
    assert (row["state"], row["receipt"], row["filed_on"], len(row["papers"])) == ("filed", "GQ-1", "2026-06-30", 8)
    assert [paper["ready_on"] is not None for paper in row["papers"]][:2] == [True, False]

    assert row["number"] == number
    applications.decide(home, number, "refused", TODAY, by())
    assert case(home, firm(), TODAY)["applications"] == []
    with pytest.raises(BadInput):
        applications.decide(home, number, "granted", TODAY, by())
