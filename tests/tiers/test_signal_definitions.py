"""The definitions of changes and signals: complete, worded in both languages, refused with file and line."""

import re
from pathlib import Path

import pytest

from tiers.errors import DefinitionError
from tiers.movement.signals import WRITTEN, limits, movement

pytestmark = pytest.mark.rule("strict-definitions")

SIGNALS = {
    "newly_eligible", "eligible_not_applied", "near_miss", "title_ending", "margin_thin", "name_without_substance",
    "slowed", "plateau", "near_miss_for_years", "silent", "one_figure_decides", "outgrown", "blocked",
}  # fmt: skip


def test_every_signal_and_change_is_defined() -> None:
    assert movement().signals.keys() == SIGNALS
    assert movement().changes.keys() == {"up", "down", "same", "new", "gone", "back"}


def test_reasons_name_the_same_in_both_languages() -> None:
    for name, signal in movement().signals.items():
        for reason, words in signal.reasons.items():
            in_zh, in_en = (set(re.findall(r"{\w+}", text)) for text in (words.zh, words.en))
            assert in_zh == in_en, (name, reason)
            assert not re.search("[\u4e00-\u9fff]", words.en)


def test_a_threshold_is_named_after_its_signal() -> None:
    assert limits()["title_ending_days_at_most"] == 180


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("thresholds: {days_at_most: 180}", "thresholds: {days: 180}", "days"),
        ("thresholds: {days_at_most: 180}", "thresholds: {days_at_most: soon}", "days_at_most"),
        ("    en: title ending\n", "", "en"),
        ("    en: title ending\n", "    en: title ending\n    colour: red\n", "colour"),
        ("    en: title ending\n", "    en: title ending\n    en: again\n", "twice"),
    ],
)
def test_an_invalid_definition_is_refused_with_its_line(tmp_path: Path, before: str, after: str, message: str) -> None:
    text = WRITTEN.read_text("utf-8")
    assert before in text
    path = tmp_path / "signals.yml"
    path.write_text(text.replace(before, after, 1), "utf-8")

    with pytest.raises(DefinitionError, match=rf"signals\.yml:\d+: .*{message}"):
        movement(path)
