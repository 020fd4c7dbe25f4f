"""The guide's example of a new local edition is carried out as it stands: file, cases, trial on what is published."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from case_files import frame, rows_of

from service.queries.rules import impact
from tiers import Edition, evaluate
from tiers.errors import DefinitionError
from tiers.schema.loader import read_edition
from warehouse.home import Home

pytestmark = pytest.mark.rule("true-documents")

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "rules.md"
BLOCK = re.compile(r"```yaml\n# (?P<path>\S+)\n(?P<text>.*?)```", re.DOTALL)
BLOCKS = {answer["path"]: answer["text"] for answer in BLOCK.finditer(GUIDE.read_text("utf-8"))}
EDITION = "gazelle/CN-3301-DEMO/2027"
CASES: dict[str, Any] = yaml.safe_load(BLOCKS[f"tiers/cases/{EDITION}.yml"])


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "drafts" / f"{EDITION}.yml"
    path.parent.mkdir(parents=True)
    path.write_text(BLOCKS[f"tiers/editions/{EDITION}.yml"], "utf-8")
    return path


def outcome(edition: Edition, firm: dict[str, Any], condition: str | None = None) -> str:
    result = evaluate(frame([firm]), [edition], CASES["day"])
    findings = {row["condition_id"]: row["outcome"] for row in result.findings().to_dicts()}
    return str(findings[condition] if condition else result.verdicts["outcome"].item())


def test_the_edition_of_the_guide_stands_and_its_cases_hold(draft: Path) -> None:
    edition = read_edition(draft)
    commands = 0

    assert edition.id == EDITION
    assert {leaf.id for leaf in edition.conditions.leaves()} >= {"staff_at_least_20", "revenue_growth"}
    assert "revenue_last_year" not in {leaf.id for leaf in edition.conditions.leaves()}
    assert outcome(edition, CASES["met"]) == "met"
    assert {day: edition.is_in_force(day) for day in CASES["in_force"]} == CASES["in_force"]
    for condition, rows in CASES["conditions"].items():
        for changes, expected, *_ in rows_of(rows):
            assert outcome(edition, {**CASES["met"], **changes}, condition) == expected
            commands += 1
    assert commands == 6


def test_the_draft_of_the_guide_is_tried_on_what_is_published(released: Home, draft: Path) -> None:
    answer = impact.impact(released, "gazelle/CN/2022", str(draft))

    assert answer["second"] == EDITION
    assert answer["counts"]["lost"] > 0
    lost = {row["condition"] for row in answer["conditions"] if row["change"] == "lost"}
    assert lost <= {"technology_spending", "staff_at_least_20"}
    assert f"tidu impact gazelle/CN/2022 drafts/{EDITION}.yml" in GUIDE.read_text("utf-8")


def test_what_the_draft_cannot_change_is_refused_with_its_line(draft: Path) -> None:
    draft.write_text(
        draft.read_text("utf-8").replace("without: [revenue_last_year]", "without: [revenue_of_mars]"), "utf-8"
    )

    with pytest.raises(DefinitionError, match=r"2027\.yml:\d+: .*revenue_of_mars"):
        read_edition(draft)


def test_the_edition_does_not_bind_before_its_day(draft: Path) -> None:
    assert not read_edition(draft).is_in_force(date(2026, 11, 24))
