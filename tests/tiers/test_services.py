"""Services and playbooks as data: whatever keeps a firm down is answered, or the reason why no service can."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiers import load_rulebook
from tiers.cultivation.playbooks import ANSWERING, WRITTEN, playbooks
from tiers.cultivation.services import CATALOGUE, Pending, catalogue, of_each_year, ranked
from tiers.errors import DefinitionError
from tiers.movement.signals import movement
from tiers.schema.points import Scored

pytestmark = pytest.mark.rule("rules-are-data")

SERVICES = catalogue().services
BEYOND = {metric for beyond in catalogue().beyond for metric in beyond.metrics}
ANSWERED = {metric for service in SERVICES.values() for metric in service.answers.metrics}


def test_every_metric_of_a_condition_is_answered_or_beyond_services() -> None:
    leaves = [leaf for edition in load_rulebook().editions.values() for leaf in edition.leaves()]
    metrics = {leaf.metric for leaf in leaves if getattr(leaf, "metric", None)}

    assert metrics - {*of_each_year(ANSWERED), *of_each_year(BEYOND)} == set()
    assert set() == ANSWERED & BEYOND


def test_every_score_is_answered_by_what_it_counts() -> None:
    book = load_rulebook()
    scores = {
        (name, leaf.id): book.inputs(name, leaf.id, date(2026, 6, 30))
        for name, edition in book.editions.items()
        for leaf in edition.leaves()
        if isinstance(leaf, Scored)
    }

    answered = set(of_each_year(ANSWERED))

    assert len(scores) > 5
    assert [score for score, facts in scores.items() if not answered.intersection(facts)] == []


def test_every_signal_has_a_playbook_of_three_steps_in_order() -> None:
    assert playbooks().keys() == movement().signals.keys()
    assert {len(steps) for steps in playbooks().values()} == {3}


def test_every_service_of_a_playbook_exists() -> None:
    named = {step.service for steps in playbooks().values() for step in steps} - {None}

    assert named <= {ANSWERING, *SERVICES}


def test_the_services_that_the_plan_names_are_there() -> None:
    assert {service.zh for service in SERVICES.values()} >= {
        "研发费用归集", "知识产权布局", "路演", "资本对接", "场景开放", "上市辅导", "创新券", "积分贷", "中试",
        "政府采购",
    }  # fmt: skip


def test_all_words_are_there_in_both_languages() -> None:
    parts = [part for steps in playbooks().values() for part in steps]
    parts += [part for service in SERVICES.values() for part in (service, service.closes, *service.evidence)]

    assert all(re.search("[\u4e00-\u9fff]", part.zh) for part in parts)
    assert not [part.en for part in parts if not part.en or re.search("[\u4e00-\u9fff]", part.en)]


def test_what_decides_comes_before_what_is_short_too() -> None:
    pending = [Pending("rights", ("ip_total",)), Pending("spending", ("rd_share_y1",), is_deciding=True)]
    services = [match.service for match in ranked([], pending)]

    assert services[0] == "rd_accounting"
    assert services.index("ip_layout") > services.index("innovation_voucher")


def test_a_signal_alone_is_answered() -> None:
    (match,) = ranked(["silent"], [])

    assert (match.service, match.signals, match.conditions) == ("data_check", ("silent",), ())


def test_time_alone_has_no_service() -> None:
    assert ranked(["outgrown"], [Pending("age", ("age_years",), is_deciding=True), Pending("judged")]) == []


_METRICS = st.lists(st.sampled_from([*sorted(ANSWERED), "age_years", "rd_share_y0"]), max_size=2).map(tuple)
_PENDING = st.builds(Pending, st.text(max_size=3), _METRICS, st.booleans())


@given(signals=st.lists(st.sampled_from([*movement().signals])), pending=st.lists(_PENDING, max_size=6))
def test_a_ranking_names_each_service_once_and_only_what_it_answers(signals: list[str], pending: list[Pending]) -> None:
    matches = ranked(signals, pending)
    deciding = [sum(entry.is_deciding for entry in match.conditions) for match in matches]

    assert len({match.service for match in matches}) == len(matches)
    assert deciding == sorted(deciding, reverse=True)
    for match in matches:
        answers = SERVICES[match.service].answers
        assert set(match.signals) == set(signals) & set(answers.signals)
        assert all(set(of_each_year(answers.metrics)).intersection(entry.metrics) for entry in match.conditions)
        assert match.conditions or match.signals


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("metrics: [rd_share,", "metrics: [rd_shares,", "no metric is called rd_shares"),
        ("signals: [slowed, plateau]", "signals: [slow]", "no signal is called slow"),
        ("    provider: agency\n", "    provider: guild\n", "no provider is called guild"),
        ("metrics: [age_years,", "metrics: [age,", "no metric is called age"),
        ("    zh: 研发费用归集\n", "", "zh"),
    ],
)
def test_an_invalid_catalogue_is_refused_with_its_line(tmp_path: Path, before: str, after: str, message: str) -> None:
    text = CATALOGUE.read_text("utf-8")
    assert before in text
    path = tmp_path / "services.yml"
    path.write_text(text.replace(before, after, 1), "utf-8")

    with pytest.raises(DefinitionError, match=rf"services\.yml:\d+: .*{message}"):
        catalogue(path)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("service: filing_help", "service: filing", "no service is called filing"),
        ("title_ending:", "title_ended:", "no such signal"),
        ("days: 5,", "days: 21,", "a later step comes earlier"),
    ],
)
def test_an_invalid_playbook_is_refused_with_its_line(tmp_path: Path, before: str, after: str, message: str) -> None:
    path = tmp_path / "playbooks.yml"
    path.write_text(WRITTEN.read_text("utf-8").replace(before, after, 1), "utf-8")

    with pytest.raises(DefinitionError, match=rf"playbooks\.yml:\d+: .*{message}"):
        playbooks(path)


def test_a_signal_without_a_playbook_is_named(tmp_path: Path) -> None:
    path = tmp_path / "playbooks.yml"
    path.write_text(WRITTEN.read_text("utf-8").partition("outgrown:")[0], "utf-8")

    with pytest.raises(DefinitionError, match="outgrown has no playbook"):
        playbooks(path)
