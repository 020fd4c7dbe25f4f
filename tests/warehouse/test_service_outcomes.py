"""A signal states, after its reason, which service that answers it was given last, when and with what outcome."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tiers.cultivation.services import ranked
from warehouse.casebook.case_rows import write_cases
from warehouse.casebook.events import Event
from warehouse.casebook.folds import service
from warehouse.database.build import Build
from warehouse.home import Home
from warehouse.models import building

AT = datetime(2026, 6, 30, tzinfo=UTC)
SIGNALS = "select firm_id, signal, designation, reason_zh, reason_en from mart_movers__signals order by all"


@pytest.fixture
def build(released: Home, tmp_path: Path) -> Iterator[Build]:
    (release,) = (released.root / "releases").glob("*.duckdb")
    with Build.open(Path(shutil.copy(release, tmp_path / "copy.duckdb"))) as opened:
        yield opened


def _give(build: Build, firm_id: str, name: str, outcome: str | None) -> None:
    given = {"on": "2026-05-12", "firm": firm_id, "service": name}
    events = [Event(1, "service:a", 1, service.GIVEN, given, "王", "因", AT, None, None, "")]
    if outcome is not None:
        content = {"on": "2026-06-01", "firm": firm_id, "outcome": outcome}
        events.append(Event(2, "service:a", 2, service.ASSESSED, content, "王", "因", AT, None, None, ""))
    write_cases(build, events, AT.date())
    building.build_tables(build, ["core_firm__services", "mart_movers__signals"])


@pytest.mark.parametrize(
    ("outcome", "zh", "en"),
    [
        (
            "open",
            "；2026-05-12 已提供数据核实（差距未变）",
            "; check of the figures was given on 2026-05-12 (gap unchanged)",
        ),
        (
            None,
            "；2026-05-12 已提供数据核实（效果未定）",
            "; check of the figures was given on 2026-05-12 (effect not known yet)",
        ),
    ],
)
def test_only_signals_that_the_service_answers_tell_of_it(build: Build, outcome: str | None, zh: str, en: str) -> None:
    before = build.rows(SIGNALS)
    firm_id = next(row["firm_id"] for row in before if row["signal"] in ("silent", "one_figure_decides"))
    _give(build, firm_id, "data_check", outcome)

    after = build.rows(SIGNALS)

    assert len(after) == len(before)
    with_service = [row for row in after if "已提供" in row["reason_zh"]]
    answered = [row for row in before if row["firm_id"] == firm_id and ranked([row["signal"]], []) and _has_check(row)]
    assert [(row["signal"], row["designation"]) for row in with_service] == [
        (row["signal"], row["designation"]) for row in answered
    ]
    assert all(row["reason_zh"].endswith(zh) and row["reason_en"].endswith(en) for row in with_service)


def _has_check(row: dict[str, Any]) -> bool:
    return any(match.service == "data_check" for match in ranked([row["signal"]], []))


def test_a_service_for_the_metric_of_a_condition_is_told(build: Build) -> None:
    rows = build.rows(
        "select distinct firm_id, answer.metric, service from mart_movers__signals"
        " inner join ref_conditions using (edition_id, condition_id)"
        " inner join ref_service_answers as answer"
        " on answer.metric = regexp_replace(ref_conditions.metric, '_y[0-5]$', '')"
        " where mart_movers__signals.signal = 'blocked' order by firm_id, service limit 1"
    )
    _give(build, rows[0]["firm_id"], rows[0]["service"], "closed")

    with_service = build.rows(f"select * from ({SIGNALS}) where contains(reason_zh, '（差距已消除）')")

    assert "blocked" in {row["signal"] for row in with_service}
    assert {row["firm_id"] for row in with_service} == {rows[0]["firm_id"]}
