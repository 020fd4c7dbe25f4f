"""A delivery taken out of all further runs: kept, listed, taken back, and known in the past as it was."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tiny_zone import Built, TinyZone
from typer.testing import CliRunner
from whole_job import run_steps

from flows.cli import app
from flows.rebuild import rebuild
from warehouse.casebook import set_aside
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.intake.delivery import deliveries
from warehouse.release import knowledge, releases

pytestmark = pytest.mark.rule("nothing-lost")

OLD, NEW = "登记信息_20260601.csv", "登记信息_20260602.csv"
FIRST = "杭州甲乙科技有限公司"
LAND_AND_LOAD = 2
"""Steps after which a run has read its files."""


@pytest.fixture
def zone(tmp_path: Path) -> TinyZone:
    zone = TinyZone(tmp_path)
    zone.registry((1, FIRST), day="20260601")
    zone.registry((2, "杭州丙丁科技有限公司"), day="20260602")
    return zone


def firms(zone: TinyZone) -> int:
    return int(releases.Published(Home(zone.home)).rows("select count(*) as n from core_firm")[0]["n"])


def landing(zone: TinyZone, *words: str) -> str:
    done = CliRunner().invoke(app, ["landing", *words, "--home", str(zone.home)], catch_exceptions=False)
    assert done.exit_code == 0
    return done.output


def test_it_is_out_until_it_is_taken_back_and_may_be_lost_without_a_copy(zone: TinyZone) -> None:
    first = run_steps(zone.home, zone.inbox)
    landing(zone, "set-aside", NEW, "--by", "王", "--why", "重复报送")
    run_steps(zone.home, zone.inbox)
    assert firms(zone) == 1
    assert "set_aside" in landing(zone, "list", "--json")
    assert OLD in landing(zone, "list", "--all", "--json")

    out = rebuild(Home(zone.home), first.run_id, zone.home / "then.duckdb", "CN", datetime.now(UTC), (None, None))
    assert Built(out).value("select count(*) from core_firm") == 2

    landing(zone, "restore", NEW, "--by", "王", "--why", "确认有效")
    assert len(zone.run(steps=LAND_AND_LOAD).rows("select name from raw_registry__firms")) == 2

    set_aside_what_is_damaged(zone)
    assert zone.run(steps=LAND_AND_LOAD).rows("select name from raw_registry__firms") == [(FIRST,)]


def set_aside_what_is_damaged(zone: TinyZone) -> None:
    """An original that is lost, and of which the inbox has no copy."""
    (damaged,) = [row for row in set_aside.listing(Home(zone.home)) if row["file_name"] == NEW]
    for original in (zone.home / "landing" / "registry__firms").glob("*.csv"):
        if "丙丁" in original.read_text("utf-8-sig"):
            original.unlink()
    (zone.inbox / NEW).unlink()
    landing(zone, "set-aside", damaged["delivery_id"], "--by", "王", "--why", "原件遗失")


def test_who_and_why_and_which_are_required(zone: TinyZone) -> None:
    home = Home(zone.home)
    zone.run(steps=1)
    now = datetime.now(UTC)

    for words, by, why in ((NEW, "", "x"), (NEW, "王", " "), ("没有.csv", "王", "x"), ("f" * 16, "王", "x")):
        with pytest.raises(BadInput):
            set_aside.set_aside(home, words, by=by, why=why, now=now)
    with pytest.raises(BadInput, match="没有移出"):
        set_aside.restore(home, NEW, by="王", why="x", now=now)


def test_a_name_that_was_landed_twice_needs_its_number(zone: TinyZone) -> None:
    home = Home(zone.home)
    zone.run(steps=1)
    zone.registry((3, "杭州戊己科技有限公司"), day="20260602")
    zone.run(steps=1)

    with pytest.raises(BadInput, match="2") as refused:
        set_aside.set_aside(home, NEW, by="王", why="x", now=datetime.now(UTC))
    twice = [row["delivery_id"] for row in set_aside.listing(home) if row["file_name"] == NEW]
    assert all(delivery_id in refused.value.zh for delivery_id in twice)


def _number_of(zone: TinyZone, size: int) -> str:
    return next(delivery.delivery_id for delivery in deliveries(Home(zone.home)) if delivery.size == size)


def _landed(zone: TinyZone, content: bytes) -> set[int]:
    """The sizes of the deliveries in use once this content lies under the name of the first list."""
    (zone.inbox / OLD).write_bytes(content)
    zone.run(steps=1)
    return {delivery.size for delivery in knowledge.deliveries(Home(zone.home), None) if delivery.file_name == OLD}


def test_what_was_landed_half_is_out_once_the_file_is_whole(zone: TinyZone) -> None:
    content = (zone.inbox / OLD).read_bytes()
    half = content[: content.index("企业名称".encode())]

    assert _landed(zone, half) == {len(half)}
    assert _landed(zone, content) == {len(content)}
    assert "landed before it was whole" in landing(zone, "list", "--json")

    other = content.replace("甲乙".encode(), "丙丁".encode()) + b"\n"
    assert _landed(zone, other) == {len(content), len(other)}  # another content is no continuation

    landing(zone, "restore", _number_of(zone, len(half)), "--by", "王", "--why", "确认有效")
    assert _landed(zone, content + b"\n") == {len(half), len(other), len(content) + 1}
