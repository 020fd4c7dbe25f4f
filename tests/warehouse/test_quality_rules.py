"""The catalogue of quality rules: each rule of the field's rule book is enforced, or states why not."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from warehouse.quality.checks import EXPECTATIONS, suite_of
from warehouse.quality.cross import files, rule_in
from warehouse.quality.rules import Rule, order, rules
from warehouse.quality.thresholds import thresholds

pytestmark = pytest.mark.rule("rules-are-data")

ROOT = Path(__file__).resolve().parents[2]
SEVERITIES = {"R": "reject", "Q": "quarantine", "W": "warn", "I": "inform"}
BOOK = {
    f"{line[0]}{number:02}": SEVERITIES[letter]
    for line in Path(__file__).with_name("rule_book.txt").read_text("utf-8").splitlines()
    for number, letter in enumerate(line.split()[1:], 1)
}
HELD = {check.rule for path in EXPECTATIONS.glob("*.yml") for check in suite_of(path.stem).checks} | {
    rule_in(path).id for path in files()
}


def test_all_108_rules_of_the_book_are_in_the_catalogue() -> None:
    assert len(BOOK) == 108
    assert BOOK.keys() - rules().keys() == set()


def failing(holds: Callable[[Rule], object], of: Iterable[str] = rules().keys()) -> list[str]:
    """The rules for which something does not hold."""
    return [name for name in of if not holds(rules()[name])]


def test_a_rule_is_enforced_or_states_why_not() -> None:
    def ways_of(rule: Rule) -> int:
        return (rule.id in HELD) + (rule.held_by is not None) + (rule.reason is not None)

    assert failing(lambda rule: ways_of(rule) == 1) == []


def test_a_severity_other_than_the_rule_books_has_a_reason() -> None:
    assert failing(lambda rule: rule.severity == BOOK[rule.id] or rule.differs or rule.reason, BOOK) == []


def test_the_test_of_a_rule_exists() -> None:
    tests = {rule.id: rule.held_by.test.partition("::") for rule in rules().values() if rule.held_by}
    texts = {path: (ROOT / path).read_text("utf-8") for path, _, _ in tests.values() if (ROOT / path).exists()}

    assert tests
    assert {rule: path for rule, (path, _, name) in tests.items() if f"def {name}" not in texts.get(path, "")} == {}


def test_a_message_ends_with_the_way_out_in_both_languages() -> None:
    def ends(rule: Rule) -> bool:
        way = order().ways[rule.way]
        return rule.message("zh").endswith(way.zh) and rule.message("en").endswith(way.en)

    assert failing(ends) == []


def test_every_threshold_is_used() -> None:
    texts = [path.read_text("utf-8") for path in [*EXPECTATIONS.rglob("*.yml"), *EXPECTATIONS.rglob("*.sql")]]
    texts.append((EXPECTATIONS.parent / "macros.sql").read_text("utf-8"))
    used = {name for name in thresholds().limits if any(f"'{name}'" in text or f": {name}" in text for text in texts)}

    assert thresholds().limits.keys() - used == set()
