"""The kinds of tests, and the order in which they begin."""

from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

TESTS = Path(__file__).parent
KINDS = ("unit", "spec", "job", "faults", "pages")
FOLDERS = {"tiers": "spec", "faults": "faults"}
"""Folders all of whose tests are of one kind."""
RUNS_A_JOB = {"whole_job", "tiny_zone", "edge_zone", "case_zone", "two_months", "whole_and_part", "every_feed"}
"""Modules of the tests that take files through the steps; a test module that uses one starts jobs."""
HAS_A_RELEASE = {"sample_zone", "released"}
"""Fixtures that rest on a job."""
HAS_A_SERVER = {"cluster", "postgresql_home", "unmigrated_home"}
"""Fixtures that rest on a database server, and so does a parameter ``SERVER``."""
SERVER = "postgresql"

DEAREST = (
    "test_examples",
    "test_faults",
    "test_incremental",
    "test_accessibility",
    "test_zones",
    "test_cluster",
    "test_kill",
    "test_firm_page",
    "test_states",
    "test_two_clocks",
    "test_decision_links",
    "test_movers_page",
    "test_case_runs",
    "test_refresh",
    "test_isolation",
    "test_prefect_api",
    "test_match",
    "test_zone_pages",
    "test_case_page",
    "test_zone_faults",
    "test_poison",
    "test_in_a_browser",
    "test_failing_runs",
    "test_set_aside",
    "test_bad_file_of_every_feed",
    "test_downloads",
    "test_cultivation_page",
    "test_purpose",
    "test_reconciliation",
    "test_smallest_change",
    "test_every_role",
    "test_data_page",
    "test_edge_firms",
    "test_writers",
    "test_imports",
    "test_duty_cases",
    "test_units",
    "test_rights",
    "test_movers_since",
    "test_movers_facets",
    "test_scope",
    "test_one_bad_file",
    "test_cases_through_files",
    "test_run_records",
    "test_quality_checks",
    "test_properties",
    "test_alerts",
    "test_today_page",
    "test_ledger",
    "test_movement_properties",
    "test_completions",
)
"""Modules that take seven CPU seconds or more, or wait as long; a worker runs a module whole (``--dist loadfile``).

They begin, so that at the end no worker is left alone with one. The first makes the sample's release, before another
worker asks for it; the second needs none."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test with its kind, unless it states one; see ``make help``. The dearest modules and kinds begin."""
    order = {}
    dearest = {name: place - len(DEAREST) for place, name in enumerate(DEAREST)}
    for item in items:
        kind = next(filter(item.get_closest_marker, KINDS), None)
        if kind is None:
            item.add_marker(kind := _kind(item))
        order[item] = dearest.get(item.path.stem, 0), -KINDS.index(kind)
    items.sort(key=order.__getitem__)


def _kind(item: pytest.Item) -> str:
    room = item.path.relative_to(TESTS).parts[0]
    fixtures = getattr(item, "fixturenames", ())
    if room in FOLDERS:
        return FOLDERS[room]
    if "browser" in fixtures or (room == "dash_app" and HAS_A_RELEASE.intersection(fixtures)):
        return "pages"
    if HAS_A_RELEASE.intersection(fixtures) or RUNS_A_JOB & _used_by(item) or item.get_closest_marker("prefect"):
        return "job"
    if HAS_A_SERVER.intersection(fixtures) or SERVER in _texts(item):
        return "job"
    return "unit"


def _texts(item: pytest.Item) -> set[str]:
    """The parameters of a test that are texts."""
    callspec = getattr(item, "callspec", None)
    return {value for value in callspec.params.values() if isinstance(value, str)} if callspec else set()


@cache
def _names_from(module: ModuleType) -> frozenset[str | None]:
    return frozenset(getattr(value, "__module__", None) for value in vars(module).values())


def _used_by(item: pytest.Item) -> frozenset[str | None]:
    """The modules that the names in the module of a test come from."""
    module = getattr(item, "module", None)
    return _names_from(module) if module else frozenset()
