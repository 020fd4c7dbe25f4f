"""A release with too many changes by data, rule or identity waits beside the published ones until somebody decides."""

import hashlib
import json
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from drawn_movement import AFTER
from two_months import make

from flows import cli, job
from flows.plan import Plan
from service.decisions import releases as decisions
from service.queries.release import releases as queries
from tiers.errors import DefinitionError
from tiers.movement.publish_gate import WRITTEN, gate_table
from warehouse.casebook.statements import Casebook
from warehouse.errors import BadInput, ReleaseHeld
from warehouse.home import Home
from warehouse.ledger import gate
from warehouse.release import held, releases, removal

pytestmark = pytest.mark.rule("published-whole")

WORDS = {"by": "王", "why": "核对无误", "now": datetime(2026, 7, 1, tzinfo=UTC)}


@pytest.fixture(scope="module")
def folder(made_once: Callable[[str, Callable[[Path], object]], Path]) -> Path:
    return made_once("two-months", make)


@pytest.fixture
def home(folder: Path, tmp_path: Path) -> Home:
    """A home with one published and one held release."""
    return Home(shutil.copytree(folder / "held", tmp_path / "home"))


def waiting(home: Home) -> held.Held:
    (release,) = held.held(home)
    return release


def content(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def folders(home: Home) -> dict[str, list[str]]:
    return {
        part.name: sorted(path.name for path in part.iterdir()) for part in (home.releases, home.extracts, home.held)
    }


def test_a_held_release_changes_nothing_published_and_says_why(home: Home) -> None:
    release = waiting(home)
    (row,) = queries.held_with_figures(home)

    assert releases.runs(home) == [release.follows]
    assert [path.name for path in home.extracts.iterdir()] == [release.follows]
    assert "rule" in {over["cause"] for over in row["gate"]}
    assert all(over["changed_firms"] > over["share_max"] * over["firms_from"] for over in row["gate"])
    error = gate.held_error(release.run_id, row["gate"])
    assert f"tidu release accept 或 refuse {release.run_id}" in str(error)
    assert cli.exit_code(error) == cli.HELD


def test_the_same_run_again_says_that_it_is_held_and_builds_nothing(folder: Path, home: Home) -> None:
    before = folders(home)

    with pytest.raises(ReleaseHeld, match=waiting(home).run_id):
        job.refresh(home, folder / "sample" / "inbox", date.fromisoformat(AFTER), "CN-3301")

    assert folders(home) == before


def test_a_run_ends_by_saying_what_is_held(folder: Path, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    from flows import refresh

    release = waiting(home)

    def hold(plan: Plan, _: object) -> None:
        shutil.copy(release.path, held.path_of(home, plan.run_id))

    monkeypatch.setattr(refresh.tasks, "land_files", lambda _: None)
    monkeypatch.setattr(refresh.isolation, "run_isolated", hold)
    with pytest.raises(ReleaseHeld, match="waits for a decision"):
        refresh.refresh_zone.fn(folder / "sample" / "inbox", home.root, "CN-3301", date.fromisoformat(AFTER))


def test_an_accepted_release_is_that_very_file(folder: Path, home: Home) -> None:
    release = waiting(home)
    built = content(Path(release.path))

    path = decisions.accept(home, release.run_id, **WORDS)

    assert releases.current(home) == path
    assert content(path) == built
    assert releases.runs(home) == [release.run_id, release.follows]
    assert release.run_id in {path.name for path in home.extracts.iterdir()}
    assert list(home.held.iterdir()) == []
    (statement,) = Casebook(home).statements(held.ACCEPT)
    assert (statement.subject, statement.stated_by, statement.why) == (f"run:{release.run_id}", "王", "核对无误")
    answer = job.refresh(home, folder / "sample" / "inbox", date.fromisoformat(AFTER), "CN-3301")
    assert answer["run"]["run_id"] == release.run_id
    with pytest.raises(BadInput, match="is not held"):
        decisions.accept(home, release.run_id, **WORDS)


def test_a_refused_release_is_removed_and_logged(home: Home) -> None:
    release = waiting(home)

    decisions.refuse(home, release.run_id, **WORDS)

    assert list(home.held.iterdir()) == []
    assert releases.runs(home) == [release.follows]
    (line,) = (home.releases / removal.REMOVED).read_text("utf-8").splitlines()
    assert (json.loads(line)["run_id"], json.loads(line)["by"]) == (release.run_id, "王")
    assert [entry.kind for entry in Casebook(home).statements() if entry.kind in held.KINDS] == [held.REFUSE]


def test_nobody_decides_without_a_name_and_a_reason(home: Home) -> None:
    before = folders(home)

    for decide in (decisions.accept, decisions.refuse):
        with pytest.raises(BadInput, match="who decides"):
            decide(home, waiting(home).run_id, by=" ", why="", now=WORDS["now"])

    assert folders(home) == before


def test_a_release_that_was_overtaken_can_only_be_refused(home: Home) -> None:
    release = waiting(home)
    decisions.accept(home, release.run_id, **WORDS)
    shutil.copy(releases.current(home), held.path_of(home, release.run_id))

    assert not waiting(home).may_follow
    with pytest.raises(BadInput, match="cannot be accepted any more"):
        decisions.accept(home, release.run_id, **WORDS)
    decisions.refuse(home, release.run_id, **WORDS)
    assert releases.current(home).stem == release.run_id


@pytest.mark.parametrize(("decide", "step"), [("accept", "publish_sealed"), ("refuse", "_discard")])
def test_a_decision_that_was_stated_is_completed_after_a_kill(
    home: Home, decide: str, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = waiting(home)

    def killed(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(held, step, killed)
        with pytest.raises(KeyboardInterrupt):
            getattr(decisions, decide)(home, release.run_id, **WORDS)
    assert waiting(home).run_id == release.run_id
    decisions.tidy(home)
    decisions.tidy(home)

    assert list(home.held.iterdir()) == []
    assert releases.current(home).stem == (release.run_id if decide == "accept" else release.follows)
    assert len([entry for entry in Casebook(home).statements() if entry.kind in held.KINDS]) == 1


def test_a_kill_while_holding_leaves_the_build_or_the_held_release(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    release = waiting(home)
    build = home.builds / Path(release.path).name
    for path in home.held.iterdir():
        path.replace(home.builds / path.name)

    def killed(_: Path, __: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            held.hold(home, build, release.run_id)
    decisions.tidy(home)

    assert held.held(home) == []
    assert list(home.builds.iterdir()) == list(home.held.iterdir()) == []
    assert releases.current(home).stem == release.follows


LIMITS = """publish_gate:
  firms_min: 3
  shares:
    - {identity: 0.01, data: 0.05, rule: 0.06, why_zh: 甲, why_en: a}
    - {class: zone, identity: 0.02, data: 0.05, rule: 0.07, why_zh: 乙, why_en: b}
    - {place: CN-33, identity: 0.03, data: 0.05, rule: 0.08, why_zh: 丙, why_en: c}
"""


@pytest.mark.parametrize(
    ("place", "limit"),
    [("CN-3301", 0.08), ("CN-33", 0.08), ("CN-32", 0.06), ("CN-4201-ELHTZ", 0.07), ("CN-3302-HTZ", 0.08)],
)
def test_the_most_local_limits_hold(tmp_path: Path, place: str, limit: float) -> None:
    (path := tmp_path / "limits.yml").write_text(LIMITS, "utf-8")

    table = {row["cause"]: row for row in gate_table(place, path).to_dicts()}

    assert table["rule"]["share_max"] == limit
    assert table["rule"]["firms_min"] == 3


@pytest.mark.parametrize(
    ("written", "line"), [("data: 0.05, rule: 0.06, why_zh: 甲", 4), ("why_zh: 甲", 4), ("firms_min: 3", 2)]
)
def test_limits_that_are_not_valid_are_refused_with_their_line(tmp_path: Path, written: str, line: int) -> None:
    changed = {"why_zh: 甲": "why_zh: 甲, who: x", "firms_min: 3": "firms_min: -1"}.get(
        written, "data: 5, rule: 0, why_zh: 甲"
    )
    (path := tmp_path / "limits.yml").write_text(LIMITS.replace(written, changed, 1), "utf-8")

    with pytest.raises(DefinitionError, match=rf"limits\.yml:{line}\b"):
        gate_table("CN", path)


def test_every_place_has_limits() -> None:
    assert gate_table("CN", WRITTEN)["cause"].to_list() == ["identity", "data", "rule"]
