"""Every test names the project rule that it protects, and every rule has tests."""

import re

import pytest
from rules import RULES, broken_by
from source_files import ROOT, name_of

pytestmark = pytest.mark.rule("tests-that-catch")

MODULES = {name_of(path): path.read_text("utf-8") for path in sorted((ROOT / "tests").rglob("test_*.py"))}
MARKED = re.compile(r'mark\.rule\(\s*"([^"]*)"')


def test_every_test_has_a_rule_of_the_table(request: pytest.FixtureRequest) -> None:
    markers = {item.nodeid: item.get_closest_marker("rule") for item in request.session.items}

    assert [test for test, marker in markers.items() if not marker or marker.args[0] not in RULES] == []


def test_every_module_of_tests_names_a_rule() -> None:
    """Whatever part of the suite is collected."""
    assert [name for name, text in MODULES.items() if not MARKED.search(text)] == []


def test_every_rule_has_tests_and_is_stated_in_a_line() -> None:
    assert {rule for text in MODULES.values() for rule in MARKED.findall(text)} == set(RULES)
    assert 10 <= len(RULES) <= 30
    assert [rule for rule, sentence in RULES.items() if len(sentence) > 110] == []


def test_a_failure_states_its_rule_and_what_its_module_says(request: pytest.FixtureRequest) -> None:
    assert broken_by(request.node) == f"tests-that-catch: {RULES['tests-that-catch']}\n{__doc__}"
