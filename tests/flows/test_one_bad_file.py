"""Any single file beside good ones: the good ones are published, and the bad one is refused by name."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hostile_files import PLACED, READ
from tiny_zone import TinyZone
from whole_job import run_steps

from service.queries.release import run_summary
from warehouse.home import Home
from warehouse.release import releases

pytestmark = [pytest.mark.faults, pytest.mark.rule("nothing-lost")]
LAND_AND_LOAD = 2
FIRMS = ["杭州甲乙科技有限公司", "杭州丙丁科技有限公司"]


@pytest.fixture
def zone(tmp_path: Path) -> TinyZone:
    zone = TinyZone(tmp_path)
    zone.registry((1, FIRMS[0]), day="20260601")
    zone.registry((2, FIRMS[1]), day="20261231")
    return zone


@pytest.mark.figure("hostile files beside good ones")
@pytest.mark.parametrize("kind", PLACED)
def test_the_good_files_beside_what_is_no_file_are_loaded(zone: TinyZone, kind: str) -> None:
    PLACED[kind](zone.inbox)

    built = zone.run(steps=LAND_AND_LOAD)

    assert sorted(built.rows("select name from raw_registry__firms")) == sorted((name,) for name in FIRMS)
    assert built.rows("select * from rejection") == []


@pytest.mark.figure("hostile files beside good ones")
def test_the_good_files_beside_all_bad_ones_are_published(
    zone: TinyZone, record_property: Callable[[str, object], None]
) -> None:
    """Each is refused by its name, with its number as the way out."""
    record_property("times", len(READ))
    good = {path.name for path in zone.inbox.iterdir()}
    for place in READ.values():
        place(zone.inbox)
    bad = {path.name for path in zone.inbox.rglob("*") if path.is_file()} - good
    assert len(bad) == len(READ)

    run_steps(zone.home, zone.inbox)

    published = releases.Published(Home(zone.home))
    assert {row["name"] for row in published.rows("select name from mart_movers__firms")} == set(FIRMS)
    assert len(run_summary.collect(Home(zone.home), zone.inbox)["refused"]) == len(READ)
    refused = published.rows("select file_name, delivery_id, message_zh, message_en from rejection")
    assert len({row["delivery_id"] for row in refused}) == len(READ)
    for row in refused:
        messages = row["message_zh"], row["message_en"]
        assert all(row["file_name"] in message and row["delivery_id"] in message for message in messages)
        assert all(len(message) < 2500 and message.isprintable() for message in messages)
