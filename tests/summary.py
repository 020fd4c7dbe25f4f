"""What the end of a run of tests prints beside failures: figures of faults, and scores."""

from collections import Counter
from typing import Any

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """By ``figure`` marker: how often a fault was tried, and how often what must hold held.

    A test counts once, or as often as its property ``times`` says.
    """
    tried, held = Counter[str](), Counter[str]()
    reports = [report for reports in terminalreporter.stats.values() for report in reports]
    _write_scores(terminalreporter, reports)
    for report in reports:
        properties = dict(getattr(report, "user_properties", ()))
        if figure := properties.get("figure"):
            tried[figure] += properties.get("times", 1)
            held[figure] += properties.get("times", 1) * report.passed
    if tried:
        terminalreporter.section("faults")
    for figure in sorted(tried):
        terminalreporter.write_line(f"{figure}: {held[figure]} of {tried[figure]} held")


def _write_scores(terminalreporter: pytest.TerminalReporter, reports: list[Any]) -> None:
    """The scores that tests recorded as ``score``, such as precision and recall of what a sample plants."""
    scores = [
        str(value) for report in reports for name, value in getattr(report, "user_properties", ()) if name == "score"
    ]
    if scores:
        terminalreporter.section("scores")
    for score in dict.fromkeys(scores):
        terminalreporter.write_line(score)
