"""An invalid edition is refused with its file and line."""

from pathlib import Path

import pytest

from tiers.errors import DefinitionError
from tiers.schema.loader import read_edition

pytestmark = pytest.mark.rule("strict-definitions")

GOOD = """\
title: {zh: 试, en: Trial}
kind: recognition
document: {title: 试, issuer: 某局, number: null, confidence: secondary, seen_on: 2026-11-23}
in_force: {from: 2026-01-01}
all_of:
  - {id: big, zh: 大, en: big, metric: revenue_y0, at_least: 1000 万元, clause: 一}
  - any_of:
      - {id: old, zh: 老, en: old, metric: age_years, at_least: 3 年, clause: 二}
      - {id: many, zh: 人多, en: many, metric: staff_end_y0, more_than: 10 人, clause: 三}
"""


def read(tmp_path: Path, text: str) -> object:
    path = tmp_path / "editions" / "gazelle" / "CN-44" / "2026.yml"
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    return read_edition(path)


def test_a_good_edition_is_read_and_named_after_its_place(tmp_path: Path) -> None:
    edition = read(tmp_path, GOOD)

    assert edition.id == "gazelle/CN-44/2026"  # type: ignore[attr-defined]
    assert [leaf.id for leaf in edition.conditions.leaves()] == ["big", "old", "many"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("before", "after", "line", "message"),
    [
        ("kind: recognition", "kind: recognition\nkindness: 1", 3, "kindness"),
        ("kind: recognition", "kind: recognition\nkind: pool", 3, "twice"),
        ("kind: recognition", "kind: invention", 2, "kind"),
        ("at_least: 1000 万元", "at_least: 1000", 6, "unit"),
        ("at_least: 1000 万元", "at_least: 1000 万块", 6, "万块"),
        ("at_least: 1000 万元", "at_least: 1000 万元, more_than: 0 元", 6, "exactly one"),
        ("at_least: 1000 万元, ", "", 6, "exactly one"),
        ("at_least: 1000 万元", "at_least: 1000 万元, within: 3 人", 6, "whole years"),
        ("at_least: 1000 万元", "at_least: 1000 万元, within: 0 年", 6, "greater than 0"),
        ("metric: revenue_y0, at_least: 1000 万元", "conduct: [rudeness], during: now", 6, "rudeness"),
        ("metric: revenue_y0, at_least: 1000 万元", "conduct: [], during: now", 6, "conduct"),
        ("metric: revenue_y0, at_least: 1000 万元", "conduct: [tax], during: sometimes", 6, "during"),
        ("clause: 一}", "}", 6, "clause"),
        ("id: big", "id: Big One", 6, "id"),
        ("id: many, zh: 人多", "id: many, zh: 人多, judgement: true", 9, "exactly one of"),
        ("  - any_of:", "  - some_of:", 7, "exactly one of"),
        ("all_of:", "at_least_of:", 5, "count and of"),
        ("from: 2026-01-01", "from: next year", 4, "from"),
    ],
)
def test_an_invalid_edition_is_refused_with_its_line(
    tmp_path: Path, before: str, after: str, line: int, message: str
) -> None:
    with pytest.raises(DefinitionError) as refused:
        read(tmp_path, GOOD.replace(before, after, 1))

    assert str(refused.value).startswith(f"editions/gazelle/CN-44/2026.yml:{line}:")
    assert message in str(refused.value)


BANDED = GOOD.replace(
    "at_least: 1000 万元",
    "by: staff_end_y0, bands: [{up_to: 10 人, at_least: 1 万元}, {at_least: 2 万元}]",
)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("{up_to: 10 人, at_least: 1 万元}", "{at_least: 1 万元}", "up_to"),
        ("{at_least: 2 万元}]", "{up_to: 20 人, at_least: 2 万元}]", "up_to"),
        ("{at_least: 2 万元}]", "{}]", "exactly one"),
        ("by: staff_end_y0, ", "", "exactly one"),
    ],
)
def test_thresholds_by_size_are_complete(tmp_path: Path, before: str, after: str, message: str) -> None:
    with pytest.raises(DefinitionError, match=message):
        read(tmp_path, BANDED.replace(before, after, 1))


def test_thresholds_by_size_are_read(tmp_path: Path) -> None:
    assert read(tmp_path, BANDED)


SCORED = GOOD.replace(
    "metric: revenue_y0, at_least: 1000 万元",
    "at_least: 5 分, score: [{id: one, zh: 一, en: one, metric: staff_end_y0,"
    " bands: [{from: 20 人, points: 9}, {from: 10 人, points: 4}]}]",
)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (
            "{from: 20 人, points: 9}, {from: 10 人, points: 4}",
            "{from: 10 人, points: 4}, {from: 20 人, points: 9}",
            "highest",
        ),
        ("metric: staff_end_y0, bands", "judged: [0, 5], metric: staff_end_y0, bands", "judged"),
        ("points: 9", "points: nine", "points"),
    ],
)
def test_scales_run_from_the_highest_band_down(tmp_path: Path, before: str, after: str, message: str) -> None:
    assert read(tmp_path, SCORED)
    with pytest.raises(DefinitionError, match=message):
        read(tmp_path / "again", SCORED.replace(before, after, 1))


def test_invalid_yaml_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match=r"2026\.yml:\d+:"):
        read(tmp_path, GOOD + "\n  - {unclosed")
