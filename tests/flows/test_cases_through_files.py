"""The worked cases of editions and of single indicators, each written as feed files and answered from one run."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml
from case_facts import answer, facts_on, points
from case_files import Case, cases
from case_zone import CaseZone

pytestmark = pytest.mark.rule("rules-are-data")

IDS = set(Path(__file__).parents[1].joinpath("tiers/case_ids.txt").read_text("utf-8").split())
WORD = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)+")
DAY = date(2026, 6, 30)
INDICATORS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("case_points.yml").read_text("utf-8"))
EDITION_CASES = [case for case in cases() if IDS.intersection(WORD.findall(case.name))]
POINT_CASES = [(*key.split(), case, row) for key, rows in INDICATORS.items() for case, row in rows.items()]
HNTE, INNOVATIVE = ("hnte/CN/2016", "innovation_above_70"), "innovative_sme/CN/2022"
NO_GROWTH = {
    "total_assets_y0": "2000 万元",
    "total_assets_y1": "2000 万元",
    "revenue_y1": "5000 万元",
    "revenue_y2": "5000 万元",
}
NO_MAIN_REVENUE = {"main_revenue_y1": None}
GIVEN: dict[str, tuple[str, str, dict[str, Any], dict[str, Any]]] = {
    "HN-INN-01": (*HNTE, {"hnte_points_total": 70}, {"outcome": "not_met"}),
    "HN-INN-02": (*HNTE, {"hnte_points_total": 71}, {"outcome": "met"}),
    "a hundredth above": (*HNTE, {"hnte_points_total": "70.01"}, {"outcome": "met"}),
    "HN-INN-04": (*HNTE, NO_GROWTH, {"outcome": "judgement", "value_high": 80}),
    "HN-IP-09": (
        *HNTE,
        {
            **NO_GROWTH,
            **dict.fromkeys(("conversions_y0", "conversions_y1", "conversions_y2"), 0),
            "hnte_points_advanced": 8,
            "hnte_points_support": 8,
            "hnte_points_ip_count": 8,
            "hnte_points_ip_obtained": 6,
            "hnte_points_standards": 2,
            "hnte_points_management": 0,
        },
        {"outcome": "not_met", "value": 30, "value_high": 30},
    ),
    "INNO-04": (
        *(INNOVATIVE, "innovation_20"),
        {"innovative_points_innovation": 19, "rd_account_y0": 0},
        {"outcome": "not_met"},
    ),
    "INNO-05": (
        *(INNOVATIVE, "growth_15"),
        {"innovative_points_growth": 14, **NO_MAIN_REVENUE},
        {"outcome": "not_met"},
    ),
    "a hundredth below": (
        *(INNOVATIVE, "growth_15"),
        {"innovative_points_growth": "14.99", **NO_MAIN_REVENUE},
        {"outcome": "not_met"},
    ),
}
"""Points that experts gave: edition, condition, facts, answer."""
ELSEWHERE: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("cases_without_files.yml").read_text("utf-8"))
"""Cases that are in no file of this zone, by the reason."""
TWENTYFOLD = ("SME-ST-04", "SME-ST-08", "SME-ST-10", "SME-TOT-06", "SME-SZ-01", "SME-SZ-02", "SME-SZ-05")
"""Cases of ratios with 10,000 yuan of sales a head, which the unit guard holds: written with twenty times the money."""
PLAUSIBLE: dict[str, dict[str, Any]] = {
    "GZ-009": {
        "revenue_y3": "999 万元",
        "revenue_y2": "1400 万元",
        "revenue_y1": "1700 万元",
        "revenue_y0": "2000 万元",
        "technology_spending_y0": "100 万元",
    },
    "GZ-021": {"staff_end_y0": 1000},
    "SME-DP-02": {"revenue_y0": "3 亿元", "total_assets_y0": "3 亿元"},
}
"""Figures beside the edge of a case that the unit guard would hold back, in plausible size."""


@dataclass(frozen=True)
class LoadedCases:
    """The zone after its run: the facts by day, the code of each case's firm, its files."""

    zone: CaseZone
    facts: pl.DataFrame
    codes: dict[str, str]

    def of(self, case: str, day: date) -> pl.DataFrame:
        return self.facts.filter((pl.col("firm_id") == self.codes[case]) & (pl.col("day") == day))


def _facts_of(case: Case) -> dict[str, Any]:
    return {**case.firm, **next((facts for name, facts in PLAUSIBLE.items() if name in case.name), {})}


def _times(case: Case) -> int:
    return 20 if any(name in case.name for name in TWENTYFOLD) else 1


def _point_firm(zone: CaseZone, case: str, row: dict[str, Any]) -> str:
    facts = dict(row.get("facts", {}))
    sales = row.get("sales", [])
    if sales:
        facts |= {f"revenue_y{ago}": f"{value} 元" for ago, value in enumerate(reversed(sales))}
        facts |= {"founded_on": date(DAY.year - len(sales), 1, 5)} if len(sales) < 3 else {}
    code = zone.firm(case, DAY, facts, 50 if sales else 1)
    for number, kind in enumerate(str(row.get("rights", "")), 1):
        right = {"right_no": f"{case}-{number}", "kind": "发明专利" if kind == "I" else "实用新型", "holders": "本企业"}
        days = {"applied_on": "2020-01-02", "granted_on": "2021-03-04", "is_used": "是" if kind == "u" else "否"}
        zone.line(case, "ip__rights", "20260601", {**right, **days, "uscc": code, "legal_status": "有效"})
    return code


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> LoadedCases:
    zone = CaseZone(tmp_path_factory.mktemp("cases"))
    codes = {str(case): zone.firm(str(case), case.day, _facts_of(case), _times(case)) for case in EDITION_CASES}
    codes |= {case: _point_firm(zone, case, row) for _, _, case, row in POINT_CASES}
    met = {case.edition: case.firm for case in cases() if case.name == "meets everything"}
    codes |= {case: zone.firm(case, DAY, {**met[row[0]], **row[2]}) for case, row in GIVEN.items()}
    zone.write()
    built = zone.run(DAY, steps=4)
    assert built.rows("select file_name, message_zh from rejection") == []
    return LoadedCases(zone, facts_on(built, [DAY, *(case.day for case in EDITION_CASES)]), codes)


@pytest.mark.parametrize("case", EDITION_CASES, ids=str)
def test_a_case_of_an_edition_is_answered_from_its_files(loaded: LoadedCases, case: Case) -> None:
    row = answer(loaded.of(str(case), case.day), case.edition, case.condition, case.day)

    assert row["outcome"] == case.expect, row
    assert loaded.zone.files_of[str(case)]
    assert not case.details.get("route") or row["route"] == case.details["route"]


@pytest.mark.parametrize(("edition", "indicator", "case", "row"), POINT_CASES, ids=lambda part: str(part)[:40])
def test_an_indicator_has_the_points_of_its_case(
    loaded: LoadedCases, edition: str, indicator: str, case: str, row: dict[str, Any]
) -> None:
    own = loaded.of(case, DAY)

    assert points(own, edition, indicator, DAY) == tuple(row["points"])
    if "usable" in row:
        usable = answer(own, "hnte/CN/2016", "owns_ip", DAY)
        assert (usable["outcome"], usable["value"]) == ("met" if row["usable"] else "not_met", row["usable"])


@pytest.mark.parametrize("case", GIVEN)
def test_points_given_by_experts_decide(loaded: LoadedCases, case: str) -> None:
    edition, condition, _, expected = GIVEN[case]

    row = answer(loaded.of(case, DAY), edition, condition, DAY)
    assert {name: row[name] for name in expected} == expected


def test_every_case_is_told_by_files_or_listed_with_the_reason() -> None:
    duties = yaml.safe_load(Path(__file__).with_name("duty_cases.yml").read_text("utf-8"))
    names = [*(case.name for case in EDITION_CASES), *(row[2] for row in POINT_CASES), *GIVEN, *duties]
    in_files = IDS.intersection(word for name in names for word in WORD.findall(name))
    listed = [case for cases_of_reason in ELSEWHERE.values() for case in cases_of_reason]

    assert in_files.isdisjoint(listed)
    assert in_files | set(listed) == IDS
    assert (len(listed), len(set(listed))) == (35, 35)
