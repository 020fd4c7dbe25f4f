"""Every check fires on the row given for it, and passes on its passing rows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from empty_build import put, trial

from warehouse.database.build import Build
from warehouse.definition import read_yaml
from warehouse.quality.checks import EXPECTATIONS, Check, derived_for, feeds_of, required_columns, suite_of
from warehouse.quality.cross import check_rows_across, check_zone, files, is_zone_wide, rule_in
from warehouse.quality.findings import remove
from warehouse.quality.rows import check_rows, run_checks

TABLES = sorted(path.stem for path in EXPECTATIONS.glob("stg_*.yml"))
CASES = read_yaml(EXPECTATIONS / "cross" / "cases.yml")[0]

OF_TYPES = ("F10", "F13", "F15", "F16", "F20", "F21", "F22", "A31")
"""The rules of every typed column; tests/flows/test_poison.py tests them."""


@pytest.fixture(scope="module")
def build(own_empty_build: Path) -> Iterator[Build]:
    """Opened once for all trials: to open a file takes longer than a check."""
    with Build.open(own_empty_build) as build:
        yield build


Failing = dict[tuple[str, str], list[int]]
"""The numbers of the rows on which a check fires, by its rule and field."""


def failing_rows(build: Build, table: str, checks: list[Check], rows: list[dict[str, Any]]) -> Failing:
    usual = suite_of(table).usual
    with trial(build) as con:
        put(con, table, [{**usual, **row} for row in rows], feeds_of(table)[0].name)
        run_checks(con, table, suite_of(table), checks)
        failing: Failing = {}
        for rule, field, row_no in con.tuples("select rule_id, field, row_no from quarantine order by row_no"):
            failing.setdefault((rule, field), []).append(row_no)
        return failing


def is_of_one_row(table: str, check: Check) -> bool:
    """Whether a check looks at nothing but its own row: no context, no window, no row that is repeated."""
    suite, columns = suite_of(table), required_columns([check])
    written = [*(suite.derive[name] for name in derived_for(suite, columns)), *map(suite.conditions.get, columns)]
    is_wide = any(" over (" in text for text in filter(None, written)) or "unique" in check.expect
    return not is_wide and len(check.fires) == 1 and not any("times" in row for row in (*check.fires, *check.passes))


def fires_together(build: Build, table: str, checks: list[Check]) -> Failing:
    """Of checks of one row, in one run over all their rows: on which of its own rows each fires, numbered from 1."""
    rows = [row for check in checks for row in (*check.fires, *check.passes)]
    failing = failing_rows(build, table, checks, rows) if rows else {}
    own: Failing = {}
    first = 0
    for check in checks:
        last, key = first + len(check.fires) + len(check.passes), (check.rule, check.field)
        own.setdefault(key, []).extend(row - first for row in failing.get(key, []) if first < row <= last)
        first = last
    return own


@pytest.mark.parametrize("table", TABLES)
def test_a_check_fires_on_the_row_that_proves_it_and_is_silent_where_the_rule_holds(build: Build, table: str) -> None:
    """Each check on its own rows; a failure names the checks and the rows on which they fired."""
    written = [check for check in suite_of(table).checks if check.fires or check.passes]
    together = [check for check in written if is_of_one_row(table, check)]
    fired = fires_together(build, table, together)
    wanted = {key: [1] * sum((check.rule, check.field) == key for check in together) for key in fired}
    for check in (check for check in written if check not in together):
        key = (check.rule, check.field)
        on, off = (failing_rows(build, table, [check], rows).get(key, []) for rows in (check.fires, check.passes))
        fired[(*key, "alone")], wanted[(*key, "alone")] = [*on, *off], [len(check.fires)]

    assert all(check.fires and check.passes for check in written)
    assert fired == wanted


def test_no_check_comes_without_the_rows_that_prove_it() -> None:
    own = [check for table in TABLES for check in suite_of(table).checks if check.rule not in OF_TYPES]

    assert [f"{check.rule} {check.field}" for check in own if not (check.fires and check.passes)] == []


def across(build: Build, name: str, tables: dict[str, list[dict[str, Any]]]) -> list[int]:
    path = EXPECTATIONS / "cross" / f"{name}.sql"
    with trial(build) as con:
        for number, (table, rows) in enumerate(tables.items()):
            feed = feeds_of(table)[0].name if table.startswith("stg_") else "zone__yearly"
            put(con, table, rows, feed, 1 + 100 * number)
        if is_zone_wide(path):
            check_zone(con)
        else:
            check_rows_across(con, rule_in(path).stage)
        hits = con.execute(
            "select coalesce(row_no, 0) from quarantine where rule_id = $1 order by 1", [rule_in(path).id]
        )
        return [row_no for (row_no,) in hits.fetchall()]


@pytest.mark.parametrize("name", [path.stem for path in files()])
def test_a_query_across_feeds_finds_its_rows_and_no_other(build: Build, name: str) -> None:
    case = CASES[name]

    assert across(build, name, case["fires"]) == case["rows"]
    assert across(build, name, case["passes"]) == []


@pytest.mark.parametrize("path", files(), ids=lambda path: path.stem)
def test_a_query_states_its_rule_and_its_key(path: Path) -> None:
    head = path.read_text("utf-8").splitlines()[:2]

    assert head[0].startswith(f"-- {rule_in(path).id}: ")
    assert head[1].startswith("-- key: ")
    assert not (is_zone_wide(path) and rule_in(path).removes)


def test_a_rule_of_the_zone_has_no_other_check() -> None:
    wide = {rule_in(path).id for path in files() if is_zone_wide(path)}
    rows = [check.rule for table in TABLES for check in suite_of(table).checks]
    rows += [rule_in(path).id for path in files() if not is_zone_wide(path)]

    assert wide.isdisjoint(rows)


def test_what_was_written_and_cannot_be_read_waits(build: Build) -> None:
    with trial(build) as con:
        put(con, "stg_zone__yearly", [{"uscc": "A"}], "zone__yearly")
        con.execute("update raw_zone__yearly set staff_end = '1.5', revenue = 'many'")
        check_rows(con, "stg_zone__yearly")
        remove(con, "stg_zone__yearly")
        hits = con.execute(
            "select rule_id, field, value, message_en from quarantine where rule_id in ('A31', 'F10') order by 1"
        ).fetchall()
        left = con.execute("select count(*) from stg_zone__yearly").fetchall()

    assert [hit[:3] for hit in hits] == [("A31", "staff_end", "1.5"), ("F10", "revenue", "many")]
    assert all("Check it against the original" in hit[3] for hit in hits)
    assert left == [(0,)]


def test_a_value_with_two_readings_waits_and_names_both(build: Build) -> None:
    with trial(build) as con:
        put(con, "stg_zone__declarations", [{"uscc": "A"}], "zone__declarations")
        put(con, "stg_registry__firms", [{"uscc": "A"}], "registry__firms", 2)
        con.execute("update raw_zone__declarations set market_share_pct = '0.35'")
        con.execute("update raw_registry__firms set founded_on = '40603'")
        for table in ("stg_zone__declarations", "stg_registry__firms"):
            check_rows(con, table)
        share, day = con.execute(
            "select rule_id, value, message_zh, message_en from quarantine"
            " where rule_id in ('F10', 'F20', 'F21') order by 1"
        ).fetchall()

    assert share[:2] == ("F20", "0.35")
    assert day[:2] == ("F21", "40603")
    assert all("0.35%" in text and "35%" in text.replace("0.35%", "") for text in share[2:])
    assert all("2011-03-01" in text and "2015-03-02" in text for text in day[2:])


def test_decimals_that_cannot_be_kept_wait(build: Build) -> None:
    with trial(build) as con:
        put(con, "stg_zone__yearly", [{"uscc": "A"}], "zone__yearly")
        con.execute(
            "update raw_zone__yearly set money_unit = '元', revenue = '1.005', cost_expense = '0.1234567万元',"
            " staff_mean_monthly = '9.' || repeat('1', 16)"
        )
        check_rows(con, "stg_zone__yearly")
        hits = con.execute(
            "select rule_id, field from quarantine where rule_id in ('F10', 'F15', 'F22') order by 2"
        ).fetchall()

    assert hits == [("F22", "cost_expense"), ("F22", "revenue"), ("F22", "staff_mean_monthly")]
