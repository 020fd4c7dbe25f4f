"""The worked cases of certificates, reports and taxes, written as feed files and answered by ``tidu duties``."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from case_zone import CaseZone
from whole_job import STEPS

from service.queries.firm.obligations import duties
from warehouse.home import Home

pytestmark = pytest.mark.rule("rules-are-data")

DAY = date(2029, 9, 1)
CASES: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("duty_cases.yml").read_text("utf-8"))
TITLES = {"hnte": "holds_hnte", "tech_sme": "holds_tech_sme", "srdi": "holds_srdi"}


def _lay(zone: CaseZone, case: str, row: dict[str, Any]) -> str:
    """One firm with the rows of its case in the files of their feeds; its credit code."""
    code = zone.firm(case, DAY, {"founded_on": row.get("founded_on", date(2010, 3, 1))})
    number = len(zone.firms)
    firm = {"uscc": code, "name": zone.name(number)}
    for title, fact in TITLES.items():
        for on in row.get(title, []):
            zone.title(case, fact, number, on)
    for filing, year, on in row.get("filings", []):
        sent = {"is_filed": "否"} if on == "否" else {"filed_on": on}
        zone.line(case, "report__filings", str(year), {**firm, "filing": filing, "year": year, **sent})
    for values in row.get("changes", []):
        named = dict(zip(("change", "changed_on", "reported_on", "still_meets", "completed_on"), values, strict=True))
        zone.line(case, "report__changes", "20260630", {**firm, **named})
    for feed in ("tax", "rd"):
        name = {"tax": "tax__settlement", "rd": "tax__rd_deduction"}[feed]
        for year, figures in row.get(feed, {}).items():
            required = {"rd_tax": 1000} if feed == "rd" else {}
            zone.line(case, name, f"{year + 1}0601", {**firm, "year": year, **required, **figures})
    return code


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, dict[str, str]]:
    zone = CaseZone(tmp_path_factory.mktemp("duties"))
    codes = {case: _lay(zone, case, row) for case, row in CASES.items()}
    zone.write()
    built = zone.run(DAY, steps=len(STEPS))
    assert built is not None
    return zone.plan(DAY).home, codes


def _at(answer: Any, path: str) -> Any:
    for part in path.split("."):
        answer = answer[int(part)] if part.isdigit() else answer[part]
    return answer


@pytest.mark.parametrize("case", CASES)
def test_duties_answers_a_case_from_its_files(loaded: tuple[Home, dict[str, str]], case: str) -> None:
    home, codes = loaded
    answer = duties(home, codes[case], CASES[case].get("day"))

    for path, expected in CASES[case]["answer"].items():
        assert _at(answer, path) == expected, (path, answer)
