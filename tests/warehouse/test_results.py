"""Results stored one row a firm read in long form as they were evaluated: every row, every column.

Missing figures are not tried: that changes answers, not how they are stored, and takes most of an evaluation.
"""

import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from tiers import evaluate, load_rulebook
from tiers.evaluation.wide import Layout, layouts_of, stored
from tiers.schema.edition import Edition
from tiers.schema.facts import frame, schema
from warehouse.database.build import Build, Snapshot
from warehouse.quality import check
from warehouse.rule_exchange import results

DAY, BEFORE = date(2026, 6, 30), date(2025, 6, 30)
EDITIONS = list(load_rulebook().editions.values())
SELECTED = EDITIONS[::3]
MONEY = [None, -5_000_000_00, 0, 999_999, 80_000_000_00, 250_000_000_00, 30_000_000_000_00]


def _facts() -> pl.DataFrame:
    """Firms whose figures differ from column to column: missing, negative, small and large."""
    rows = []
    for firm in range(14):
        row: dict[str, object] = {"firm_id": f"9133010{firm:02d}"}
        for number, (name, dtype) in enumerate(schema().items()):
            pick = (number * 5 + firm * 3) % 7
            if name.startswith(("revenue", "rd_", "profit")) and dtype == pl.Int64():
                row[name] = MONEY[pick]
            elif dtype == pl.Boolean() and pick:
                row[name] = pick % 2 == 0
            elif dtype == pl.Date() and pick:
                row[name] = date(2004 + 3 * pick, 1 + firm % 12, 1)
            elif dtype.is_numeric() and pick:
                row[name] = pick**firm % 211
        rows.append(row)
    return frame(rows)


@pytest.fixture(scope="module")
def facts() -> pl.DataFrame:
    return _facts()


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory, facts: pl.DataFrame) -> Path:
    """Every edition on the evaluation day, half of them on the day before."""
    path = tmp_path_factory.mktemp("results") / "build.duckdb"
    layouts = layouts_of({DAY: EDITIONS, BEFORE: EDITIONS[::2]}, {DAY: SELECTED, BEFORE: []})
    first = layouts[0]
    tables = {"ref_verdict_columns": pl.concat([layout.edition_columns() for layout in layouts]), **first.tables()}
    with Build.open(path) as build:
        results.start(build, first.verdicts, first.findings, tables)
        for layout in layouts:
            for part in facts.iter_slices(10):
                _write(build, layout, part)
    return path


def _write(build: Build, layout: Layout, facts: pl.DataFrame) -> None:
    sheet = evaluate(facts, [part.edition for part in layout.editions], layout.day, is_completed=False).sheet
    results.write(build, results.VERDICTS, stored(sheet, layout.day, layout.verdicts))
    if layout.day == DAY:
        results.write(build, results.FINDINGS, stored(sheet, layout.day, layout.findings))


def _read(path: Path, sql: str) -> pl.DataFrame:
    with Snapshot.open(path) as snapshot:
        return snapshot.frame(sql)


def _same(read: pl.DataFrame, evaluated: pl.DataFrame, key: list[str]) -> None:
    columns = evaluated.columns
    assert_frame_equal(read.select(columns).sort(key), evaluated.sort(key), check_exact=True)


def test_findings_read_as_they_were_evaluated(build: Path, facts: pl.DataFrame) -> None:
    findings = evaluate(facts, EDITIONS, DAY, is_completed=False).findings()

    assert set(findings["outcome"]) == {"met", "not_met", "unknown", "judgement"}
    assert findings.filter(pl.col("gap") > 0).height > 100
    _same(_read(build, "from core_tiers__findings"), findings, ["firm_id", "edition_id", "condition_id"])


@pytest.mark.parametrize(("day", "editions"), [(DAY, EDITIONS), (BEFORE, EDITIONS[::2])])
def test_verdicts_read_as_they_were_evaluated(
    build: Path, facts: pl.DataFrame, day: date, editions: list[Edition]
) -> None:
    selected = [edition.id for edition in (SELECTED if day == DAY else [])]
    evaluated = evaluate(facts, editions, day, is_completed=False)
    verdicts = evaluated.verdicts.with_columns(is_selected=pl.col("edition_id").is_in(selected))

    read = _read(build, f"from core_tiers__verdicts where day = '{day}'")
    _same(read, verdicts, ["firm_id", "edition_id"])


def test_the_facts_of_a_condition_are_those_it_was_evaluated_with(build: Path) -> None:
    read = _read(build, "from ref_condition_facts order by edition_id, condition_id, seq")
    book = load_rulebook()

    for (edition, condition), rows in read.group_by("edition_id", "condition_id", maintain_order=True):
        assert tuple(rows["fact"]) == book.inputs(str(edition), str(condition), DAY)
    assert set(read["edition_id"]) <= set(book.editions)


def test_a_firm_written_twice_stops_the_run(build: Path, tmp_path: Path) -> None:
    with Build.open(Path(shutil.copy(build, tmp_path))) as copy:
        assert check.check_results(copy) == []
        copy.execute(f"insert into {results.VERDICTS} from {results.VERDICTS} limit 1")
        (breach,) = check.check_results(copy)

    assert (breach.table, breach.rule_id, breach.count) == (results.VERDICTS, "K01", 1)
