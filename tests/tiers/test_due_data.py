"""Duties, plans and filing windows as data: every duty is planned, and what is not strict is refused with its line."""

from pathlib import Path

import pytest

from tiers.certificates.obligations import obligations, read_obligations
from tiers.errors import DefinitionError
from tiers.movement.planning import PLANNING, planning, read_planning
from tiers.movement.tables import due_tables
from tiers.movement.windows import filing_windows

pytestmark = pytest.mark.rule("strict-definitions")

FILE = Path(read_obligations.__code__.co_filename).with_suffix(".yml")
PUBLISHED = "{year: 2026, closes_on: 2026-08-31, status: published, document: 通知, confidence: verified}"


def test_every_duty_and_window_has_a_plan_of_its_own() -> None:
    duties = {f"{name}.{duty.id}" for name, of in obligations().items() for duty in of.duties}
    windows = {f"{name}.window" for calls in filing_windows().values() for name in calls}

    assert planning().duties.keys() == duties | windows | {"title_ending"}


def test_every_duty_has_words_an_owner_and_days_to_work() -> None:
    tables = due_tables()
    duties = tables["ref_duties"]

    assert duties["duty"].is_unique().all()
    for column in ("zh", "en", "missed_zh", "missed_en", "owner"):
        assert duties[column].str.len_chars().min() > 0  # type: ignore[operator]
    assert duties["lead_days"].min() > 0  # type: ignore[operator]
    assert set(duties["owner"]) <= set(tables["ref_due_owners"]["owner"])


def test_the_country_names_every_window() -> None:
    country, *_ = filing_windows().values()

    assert {name for calls in filing_windows().values() for name in calls} == set(country)
    assert all(calls.may_file and calls.zh and calls.en and calls.unpublished for calls in country.values())


@pytest.mark.parametrize(
    ("window", "problem"),
    [
        (PUBLISHED, None),
        ("{year: 2027, status: expected, basis: {zh: 历年, en: every year}}", None),
        ("{year: 2027, status: expected, closes_on: 2027-08-31, basis: {zh: 历年, en: every year}}", "never guessed"),
        ("{year: 2027, status: expected}", "basis"),
        ("{year: 2027, status: published, closes_on: 2027-08-31}", "document"),
        ("{year: 2027, status: published, document: 通知, confidence: verified}", "has a day"),
        (PUBLISHED.replace("closes_on", "opens_on: 2026-09-01, closes_on"), "before it opens"),
        (PUBLISHED.replace("2026-08-31", "2026-02-30"), "out of range"),
        (PUBLISHED.replace("status", "until: x, status"), "until"),
        (f"{PUBLISHED}\n    - {PUBLISHED}", "written twice"),
    ],
)
def test_a_window_states_what_is_known(tmp_path: Path, window: str, problem: str | None) -> None:
    (tmp_path / "CN.yml").write_text(f"tech_sme:\n  windows:\n    - {window}\n", "utf-8")

    if problem is None:
        assert filing_windows(tmp_path)["CN"]["tech_sme"].windows
    else:
        with pytest.raises(DefinitionError, match=problem) as refused:
            filing_windows(tmp_path)
        assert "CN.yml" in str(refused.value)


def test_a_plan_names_an_owner(tmp_path: Path) -> None:
    (path := tmp_path / "planning.yml").write_text(
        PLANNING.read_text("utf-8").replace("owner: statistician", "owner: nobody"), "utf-8"
    )

    with pytest.raises(DefinitionError, match="no owner is called nobody"):
        read_planning(path)


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("term: report_due", "no term is called"),
        ("when: each_year", "does not say when"),
        ("of: annual_report", "no duty of hnte is called"),
        ("id: second_missed_report", "a second duty"),
        ("change: [changed]", "states change"),
    ],
)
def test_a_duty_that_could_not_fall_due_is_refused(tmp_path: Path, written: str, problem: str) -> None:
    wrong = {
        "term: report_due": "term: never",
        "when: each_year": "when: on_change\n      change: [changed]",
        "of: annual_report": "of: nothing",
        "id: second_missed_report": "id: annual_report",
        "change: [changed]": "change: []",
    }[written]
    text = FILE.read_text("utf-8")
    assert written in text
    (path := tmp_path / "obligations.yml").write_text(text.replace(written, wrong, 1), "utf-8")

    with pytest.raises(DefinitionError, match=problem):
        read_obligations(path)
