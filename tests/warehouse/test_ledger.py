"""Changes of position by cause: planted ones are recovered, and the parts add up for every firm and total."""

import csv
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from drawn_movement import BEFORE
from two_months import make

from service.queries.zone import ledger
from warehouse.database.build import Build, Snapshot
from warehouse.home import Home
from warehouse.ledger import ends
from warehouse.ledger import ledger as ledger_of_build
from warehouse.release import releases

pytestmark = pytest.mark.rule("answers-agree")

CAUSES = ("identity", "data", "firm", "rule")
SURE = 0.9


@pytest.fixture(scope="module")
def folder(made_once: Callable[[str, Callable[[Path], object]], Path]) -> Path:
    return made_once("two-months", make)


@pytest.fixture(scope="module")
def runs(folder: Path) -> list[Path]:
    """The two releases, the later first."""
    return [Path(release.path) for release in releases.releases(Home(folder / "home"))]


def rows(path: Path, sql: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
    with Snapshot.open(path) as snapshot:
        return snapshot.rows(sql, parameters)


def test_changes_are_the_same_whatever_is_evaluated_at_once(
    runs: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (build_path := tmp_path / "build.duckdb").write_bytes(runs[0].read_bytes())
    changed = "from position_change order by all"
    at_once, totals = rows(runs[0], changed), rows(runs[0], "from position_total")
    monkeypatch.setattr(ends, "FIRMS", 10)
    monkeypatch.setattr(ledger_of_build, "SHARE", len({row["firm_id"] for row in at_once}) // 3)
    with Build.open(build_path) as build:
        ledger_of_build.write(build, runs[1])
        in_shares, totals_of_shares = build.rows(changed), build.rows("from position_total")

    assert len({row["comparison"] for row in at_once}) == 2
    assert in_shares == at_once
    assert totals_of_shares == totals


def test_the_firms_that_changed_tell_what_all_firms_tell(runs: list[Path], tmp_path: Path) -> None:
    """Of two firms that lose their titles and one that ends, with the totals of the release before."""
    (path := tmp_path / "build.duckdb").write_bytes(runs[1].read_bytes())
    with Build.open(path) as build:
        build.attach(runs[1], ends.BEFORE)
        build.execute("create temp table touched as select distinct firm_id from core_firm__held order by 1 limit 3")
        build.execute("delete from core_firm__held where firm_id in (from touched)")
        build.execute(
            "update core_firm__facts set is_living = false where firm_id = (select max(firm_id) from touched)"
        )
        ((previous_day, day),) = build.tuples("select previous_day, day from parameter")
        among, today = ends.Among(build, "touched"), ends.State(day)
        for then in (ends.State(previous_day), ends.State(day, ends.BEFORE)):
            own, whole = among.compared(then, today), ends.compared(build, then, today)
            assert own.totals.equals(whole.totals)
            assert (own.firms_from, own.firms_to) == (whole.firms_from, whole.firms_to)
            if then.release:
                assert own.changed == whole.changed != []


def test_planted_causes_are_recovered(folder: Path, runs: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    with (folder / "sample" / "truth" / "causes.csv").open(encoding="utf-8") as file:
        truth = {(row["uscc"], row["measure"], row["designation"]): row["cause"] for row in csv.DictReader(file)}
    met = {
        (row["firm_id"], "met", row["designation"])
        for row in rows(
            runs[1],
            "select firm_id, designation from core_tiers__verdicts inner join run using (day)"
            " where is_selected and outcome = 'met'",
        )
    }
    expected = {key: cause for key, cause in truth.items() if key[1] == "held" or key in met}
    firms_of = {cause: {firm for (firm, *_), own in truth.items() if own == cause} for cause in CAUSES}
    changed = rows(runs[0], "from core_firm__ledger where comparison = 'releases'")
    moved = {
        cause: {(row["firm_id"], row["measure"], row["designation"]) for row in changed if row[f"moved_{cause}"]}
        for cause in CAUSES
    }
    redecided = {
        row["designation"]
        for row in rows(
            runs[0],
            "select designation from ref_editions where in_force_from > $1 or in_force_to = $1",
            [BEFORE],
        )
    }
    scores = {}
    for cause in CAUSES:
        sought = {key for key, own in expected.items() if own == cause}
        if cause == "firm":  # whatever the firms of the sample do by themselves
            right = {key for key in moved[cause] if truth.get(key, cause) == cause}
        elif cause == "rule":  # whatever another edition decides
            right = {key for key in moved[cause] if key[2] in redecided}
        else:  # a title may bring another one, by the same cause
            right = {key for key in moved[cause] if key[0] in firms_of[cause]}
        recall = len(sought & moved[cause]) / len(sought)
        scores[cause] = (len(right) / max(1, len(moved[cause])), recall, len(sought), len(moved[cause]))
    with capsys.disabled():
        for cause, (precision, recall, sought_count, recovered_count) in scores.items():
            sys.stdout.write(
                f"\n{cause}: precision {precision:.2f}, recall {recall:.2f} ({sought_count} planted, {recovered_count})"
            )

    assert all(min(precision, recall) >= SURE for precision, recall, *_ in scores.values()), scores
    assert all(sought_count > 1 for _, _, sought_count, _ in scores.values()), scores


def test_the_parts_add_up_for_every_firm_and_every_total(runs: list[Path]) -> None:
    for path in runs:
        apart = rows(
            path,
            "from core_firm__ledger"
            " where count_to - count_from <> moved_identity + moved_data + moved_firm + moved_rule"
            " or count_to = count_from",
        )
        totals = rows(
            path,
            "select total.* from position_total as total inner join mart_zone__ledger as zone"
            " using (comparison, measure, designation) where zone.step = 'end' and zone.firms_after <> total.total_to",
        )
        assert (apart, totals) == ([], [])


def test_the_ends_of_the_ledger_are_the_numbers_of_the_ladder(runs: list[Path]) -> None:
    zone = {
        (row["measure"], row["designation"], row["step"]): row["firms_after"]
        for row in rows(runs[0], "from mart_zone__ledger where comparison = 'releases'")
    }
    for path, step in ((runs[1], "start"), (runs[0], "end")):
        for row in rows(path, "from mart_zone__ladder"):
            if ("held", row["designation"], step) in zone:
                assert zone["held", row["designation"], step] == row["held_count"]
                assert zone["met", row["designation"], step] == row["met_count"]


def test_the_first_release_compares_its_two_days_alone(folder: Path, runs: list[Path]) -> None:
    causes = rows(runs[1], "select distinct comparison, cause from core_firm__ledger_parts where moved <> 0")
    home, first = Home(folder / "home"), runs[1].stem

    assert {row["comparison"] for row in causes} == {"days"}
    assert {row["cause"] for row in causes} <= {"firm", "rule"}
    assert rows(runs[1], "from mart_run__gate") == []
    with pytest.raises(ledger.BadInput, match="first release"):
        ledger.totals(home, ledger.Choice(run_id=first))
    assert ledger.totals(home, ledger.Choice(run_id=first, is_of_days=True)).rows


def test_the_waterfall_begins_and_ends_at_the_totals(folder: Path) -> None:
    answer = ledger.totals(Home(folder / "home"), ledger.Choice(since=BEFORE, designation="hnte", measure="held"))
    (row,) = answer.rows
    steps = ledger.waterfall(row, answer.causes)

    assert [step["step"] for step in steps] == ["start", *CAUSES, "end"]
    assert steps[-2]["to"] == steps[-1]["to"] == row["total_to"]
    firms = ledger.firms(Home(folder / "home"), ledger.Choice(designation="hnte", cause="data"))
    assert {row["causes"] for row in firms.rows} == {"data"}
