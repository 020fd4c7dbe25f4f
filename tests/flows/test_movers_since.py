"""The movement since any earlier day is that of a run which compares with this day."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner
from whole_job import DAY, PLACE, STEPS

from flows.cli import app
from flows.plan import new_plan
from service.queries.movers import movement
from service.queries.movers.movers import Filters
from warehouse.database.build import Snapshot
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.outputs.past_movement import MARTS, against
from warehouse.release import releases

pytestmark = pytest.mark.rule("two-clocks")

SINCE = date(2024, 3, 31)


def test_it_is_what_a_run_with_that_day_publishes(own_home: Home, sample_zone: Path) -> None:
    with against(releases.current(own_home), SINCE) as build:
        asked = {table: sorted(build.tuples(f"from {table}"), key=str) for table in MARTS}
    answer = movement.answer(own_home, Filters(), SINCE)
    plan = new_plan(own_home.root, sample_zone, DAY, PLACE, datetime.now(UTC), SINCE)
    for step in STEPS:
        step(plan)

    with Snapshot.open(releases.current(own_home)) as release:
        assert release.tuples("select previous_day from parameter") == [(SINCE,)]
        for table, rows in asked.items():
            assert rows == sorted(release.tuples(f"from {table}"), key=str), table
    assert answer == movement.answer(own_home, Filters())
    assert {firm["change"]["kind"] for firm in answer} > {"same", "up"}


def test_the_day_of_the_release_itself_is_not_evaluated_again(released: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    own = movement.flat(released, Filters())
    monkeypatch.setattr("warehouse.outputs.past_movement.desk_against", None)

    assert movement.flat(released, Filters(), date(2025, 6, 30)) == own


@pytest.mark.parametrize(
    ("since", "message"), [(DAY, "不早于"), (date(2027, 1, 1), "不早于"), (date(1999, 1, 1), "没有任何名单")], ids=str
)
def test_a_day_of_which_nothing_is_known_is_refused(released: Home, since: date, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        movement.with_signals(released, Filters(), since)


def test_the_command_answers_and_refuses_what_is_no_day(released: Home) -> None:
    words = ["movers", "--since", str(SINCE), "--change", "down", "--home", str(released.root)]
    shown = CliRunner().invoke(app, words)

    assert shown.exit_code == 0, shown.output
    assert "下降" in shown.output
    assert CliRunner().invoke(app, [*words[:2], "gestern", *words[3:]]).exit_code != 0
