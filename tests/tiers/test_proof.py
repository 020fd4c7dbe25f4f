"""The checks of cases detect a changed edition: a condition, threshold, operator or day."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from case_debts import answers_unseen, days_unseen, edges_unseen, gone_wrong, wordings_unseen
from case_files import Case, cases_of, files, results

from tiers import Edition, load_rulebook
from tiers.rulebook import EDITIONS
from tiers.schema.loader import read_edition

pytestmark = pytest.mark.rule("tests-that-catch")

Alter = Callable[[str, str, str], Edition]


@pytest.fixture
def altered(tmp_path: Path) -> Alter:
    """An edition of the rule book with an altered passage."""

    def write(name: str, passage: str, other: str) -> Edition:
        text = (EDITIONS / f"{name}.yml").read_text("utf-8")
        assert text.count(passage) >= 1
        path = tmp_path / "editions" / f"{name}.yml"
        path.parent.mkdir(parents=True)
        path.write_text(text.replace(passage, other, 1), "utf-8")
        return read_edition(path)

    return write


def answers(edition: Edition) -> dict[Case, Any]:
    """The cases of an edition with their result rows."""
    return dict(results(edition, cases_of(edition.id, files()[edition.id])))


GAZELLE = "gazelle/CN/2022"
FIRST = "all_of:\n"
ONE_MORE = "all_of:\n  - {id: one_more, zh: 再一条, en: one more, metric: staff_end_y0, at_least: 7 人, clause: 无}\n"


def test_a_condition_without_cases_is_reported(altered: Alter) -> None:
    edition = altered(GAZELLE, FIRST, ONE_MORE)

    assert answers_unseen(edition, files()[GAZELLE]) == {"one_more": {"met", "not_met", "unknown"}}
    assert ("one_more", 7.0) in edges_unseen(edition, answers(edition))


@pytest.mark.parametrize("answer", ["met", "not_met", "unknown"])
def test_an_answer_without_a_case_is_reported(answer: str) -> None:
    edition, content = load_rulebook().edition("inc5000/CN/2019"), files()["inc5000/CN/2019"]
    rows = [row for row in content["conditions"]["has_grown"] if row[1] != answer]
    without = {**content, "conditions": {**content["conditions"], "has_grown": rows}}

    assert answers_unseen(edition, content) == {}
    assert answers_unseen(edition, without) == {"has_grown": {answer}}


@pytest.mark.parametrize(
    ("name", "passage", "other"),
    [
        (
            "hnte/CN/2016",
            "metric: tech_staff_share_monthly, at_least: 10%",
            "metric: tech_staff_share_monthly, at_least: 11%",
        ),
        ("unicorn/CN/2022", "at_least: 10 亿美元", "at_least: 11 亿美元"),
        ("hnte/CN/2016", "up_to: 5000 万元, at_least: 5%", "up_to: 5000 万元, at_least: 5.5%"),
    ],
)
def test_a_changed_threshold_is_reported_by_its_edge_and_its_cases(
    altered: Alter, name: str, passage: str, other: str
) -> None:
    edition = altered(name, passage, other)

    assert edges_unseen(edition, answers(edition))
    assert gone_wrong(edition, files()[name])


@pytest.mark.parametrize(
    ("name", "passage", "other"),
    [
        ("hnte/CN/2016", "metric: tech_staff_share_monthly, at_least:", "metric: tech_staff_share_monthly, more_than:"),
        ("hnte/CN/2016", "{up_to: 5000 万元", "{below: 5000 万元"),
        ("gazelle/CN/2022", "metric: revenue_cagr_3y, at_least:", "metric: revenue_cagr_3y, more_than:"),
        ("tech_sme/CN/2017", "metric: revenue_y0, at_most:", "metric: revenue_y0, less_than:"),
        ("leader/CN-12/2021", "metric: revenue_y0,", "metric: revenue_y1,"),
    ],
)
def test_a_changed_operator_or_metric_fails_cases(altered: Alter, name: str, passage: str, other: str) -> None:
    assert gone_wrong(load_rulebook().edition(name), files()[name]) == []
    assert gone_wrong(altered(name, passage, other), files()[name])


def test_a_changed_day_is_reported(altered: Alter) -> None:
    assert days_unseen(altered("hnte/CN/2016", "from: 2016-01-01", "from: 2016-01-02"), files()["hnte/CN/2016"])


def test_a_wording_with_a_changed_day_is_reported(altered: Alter) -> None:
    edition = altered("tech_sme/CN/2017", "since: 2022-01-01", "since: 2022-03-01")

    assert wordings_unseen(edition, files()[edition.id]).keys() == {"has_sound_accounts"}
