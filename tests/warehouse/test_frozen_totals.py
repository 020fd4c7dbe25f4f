"""Comparing two releases discloses neither the figures of a firm nor a hidden cell."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from warehouse.database.build import Build
from warehouse.models.building import build_tables
from warehouse.models.graph import sql_of
from warehouse.release.disclosure import frozen_totals
from warehouse.release.disclosure.frozen_totals import Total, freeze

pytestmark = pytest.mark.rule(
    "disclosure", "two releases disclose no firm: totals that few firms changed stay as published"
)

FEWEST = 3
EMPTY = "empty.duckdb"
Firms = dict[int, tuple[str, int]]
"""Industry and revenue by firm."""


def fill(build: Build, run_id: str, firms: Firms) -> None:
    """One month of flash reports and its totals."""
    build.execute(
        f"create table ref_disclosure as select {FEWEST} as fewest_firms, 2 as dominant_firms, 100 as dominant_percent"
    )
    build.execute(f"create table run as select '{run_id}' as run_id")
    rows = [(str(number), f"{industry}10", revenue) for number, (industry, revenue) in firms.items()]
    frame = pl.DataFrame(rows, {"uscc": pl.String, "industry_code": pl.String, "revenue": pl.Int64}, orient="row")
    build.put("core_firm", frame, select="uscc, industry_code")
    figures = (
        "revenue as revenue_to_date_fen, null::bigint as staff_end, null::bigint as rd_to_date_fen, 1 as seq,"
        " 1::bigint as row_no"
    )
    build.put("stg_torch__flash", frame, select=f"uscc, '202603' as period, {figures}")
    build_tables(build, ["mart_zone__statistics"])


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build with our macros, which take longer to create than everything a test does with it."""
    path = tmp_path_factory.mktemp("totals") / EMPTY
    with Build.open(path):
        return path


@pytest.fixture(autouse=True)
def begun(empty: Path, tmp_path: Path) -> None:
    """The builds of a test begin from it."""
    shutil.copy(empty, tmp_path)


def build(path: Path, firms: Firms) -> Path:
    """A build with its totals."""
    shutil.copy(path.with_name(EMPTY), path)
    with Build.open(path) as con:
        fill(con, path.stem, firms)
    return path


@pytest.fixture(autouse=True)
def only_one_total(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frozen_totals, "totals", lambda: [Total("mart_zone__statistics", "period", "industry")])


def froze(path: Path, before: Path | None, release_of: Callable[[str], Path]) -> dict[str, list[str]]:
    with Build.open(path) as build:
        return freeze(build, before, path.stem, release_of)


Shown = dict[str, tuple[bool, int | None]]
"""Whether the total of an industry is hidden, and the total."""


def released(folder: Path, number: int, firms: Firms) -> tuple[Shown, bool]:
    """What the release of a run shows, and whether it kept the month as published before."""
    before = folder / f"{number - 1}.duckdb" if number else None
    path = Path(shutil.copy(folder / EMPTY, folder / f"{number}.duckdb"))
    with Build.open(path) as con:
        fill(con, path.stem, firms)
        frozen = freeze(con, before, path.stem, lambda run_id: folder / f"{run_id}.duckdb")
        cells = con.tuples("select industry, is_hidden, revenue_to_date_fen from mart_zone__statistics")
    return {name: (hidden, total) for name, hidden, total in cells}, frozen.get("mart_zone__statistics") == ["202603"]


EVEN: Firms = {number: ("39" if number < 10 else "65", 100 + number) for number in range(20)}


def test_a_total_is_updated_once_three_firms_have_changed(tmp_path: Path) -> None:
    first, _ = released(tmp_path, 0, EVEN)
    second, is_held = released(tmp_path, 1, {**EVEN, 20: ("39", 1234)})
    assert is_held
    assert first == second

    third, is_held = released(tmp_path, 2, {**EVEN, 20: ("39", 1234), 21: ("39", 99), 22: ("39", 101)})
    assert not is_held
    assert third["39"] == (False, first["39"][1] + 1234 + 99 + 101)  # type: ignore[operator]


@pytest.mark.parametrize("record", ["published_total (total, period, run_id)", "told_total (total, told, run_id)"])
def test_changes_are_counted_against_the_published_total_not_the_last_run(tmp_path: Path, record: str) -> None:
    """Also where the release before is an older one, whose record had another name."""
    released(tmp_path, 0, EVEN)
    released(tmp_path, 1, {**EVEN, 20: ("39", 1)})
    released(tmp_path, 2, {**EVEN, 20: ("39", 1), 21: ("39", 2)})
    with Build.open(tmp_path / "2.duckdb") as con:
        con.execute("alter table published_total rename to record")
        con.execute(f"create table {record} as from record")
    _, is_held = released(tmp_path, 3, {**EVEN, 20: ("39", 1), 21: ("39", 2), 22: ("39", 3)})

    assert not is_held


def test_a_single_restated_figure_or_moved_firm_updates_no_total(tmp_path: Path) -> None:
    first, _ = released(tmp_path, 0, EVEN)
    restated, is_held = released(tmp_path, 1, {**EVEN, 3: ("39", 4711)})
    assert is_held
    assert restated == first
    _, is_held = released(tmp_path, 2, {**EVEN, 3: ("65", 103)})
    assert is_held


def test_a_missing_or_incompatible_release_freezes_nothing(tmp_path: Path) -> None:
    released(tmp_path, 0, EVEN)
    path = build(tmp_path / "1.duckdb", {**EVEN, 20: ("39", 1)})
    assert froze(path, tmp_path / "0.duckdb", lambda _: tmp_path / "gone.duckdb") == {"mart_zone__statistics": []}
    with Build.open(tmp_path / "0.duckdb") as con:
        con.execute("alter table mart_zone__statistics add column later integer")
    assert froze(build(path, {**EVEN, 20: ("39", 1)}), tmp_path / "0.duckdb", lambda _: path) == {}


@pytest.mark.parametrize("seed", range(12))
def test_two_releases_disclose_no_firm_and_no_hidden_cell(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    before: Firms = {n: (chance.choice(["39", "65", "66", "27"]), chance.randint(1, 500)) for n in range(16)}
    after = {n: row for n, row in before.items() if chance.random() > 0.08}
    after |= {n: (after[n][0], chance.randint(1, 500)) for n in list(after) if chance.random() < 0.4}
    after |= {n: (chance.choice(["39", "65", "66", "27"]), chance.randint(1, 500)) for n in range(16, 16 + seed % 5)}
    tables = [released(tmp_path, number, firms)[0] for number, firms in enumerate((before, after))]
    published = before if tables[0] == tables[1] else after

    assert_nothing_disclosed([(before, tables[0]), (published, tables[1])])


def assert_nothing_disclosed(releases: list[tuple[Firms, Shown]]) -> None:
    """With every figure unknown, the shown cells determine no figure, no change of a figure and no hidden cell."""
    unknown = sorted({(number, revenue) for firms, _ in releases for number, (_, revenue) in firms.items()})
    at = {figure: place for place, figure in enumerate(unknown)}

    def row(firms: Firms, industry: str) -> np.ndarray:
        coefficients = np.zeros(len(unknown))
        for number, (own, revenue) in firms.items():
            coefficients[at[number, revenue]] = industry in (own, "all")
        return coefficients

    known = np.array(
        [row(firms, cell) for firms, table in releases for cell, (hidden, _) in table.items() if not hidden]
    )
    secrets = list(np.eye(len(unknown)))
    secrets += [
        np.eye(len(unknown))[at[a]] - np.eye(len(unknown))[at[b]]
        for a in unknown
        for b in unknown
        if a[0] == b[0] and a < b
    ]
    secrets += [row(firms, cell) for firms, table in releases for cell, (hidden, _) in table.items() if hidden]
    rank = np.linalg.matrix_rank(known) if known.size else 0
    for secret in secrets:
        assert np.linalg.matrix_rank(np.vstack([known.reshape(-1, len(unknown)), secret])) > rank


def test_the_models_of_frozen_totals_list_their_contributors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert len(frozen_totals.totals()) > 1
    for total in frozen_totals.totals():
        ctes, _ = sql_of(total.name).rsplit("\nselect\n", 1)
        assert f"contributed as (\n    select {total.period_column}, {total.cell}, uscc," in ctes
