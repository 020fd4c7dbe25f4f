"""Landing of files that grow, cannot be read or have odd names, and unrecognised entries of landing."""

import json
import os
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from warehouse.errors import BadInput, DamagedOriginal
from warehouse.home import Home
from warehouse.intake import inbox as inbox_files
from warehouse.intake import landing
from warehouse.intake.feed import load_feeds
from warehouse.intake.inbox import shown
from warehouse.intake.originals import require_intact
from warehouse.intake.unrecognised import unrecognised

pytestmark = pytest.mark.rule("nothing-lost")

NOW = datetime(2026, 6, 30, tzinfo=UTC)
NAMES = ["登记信息_20260615.csv", "登记信息_20260616.csv", "登记信息_20260617.csv"]
SIDES: dict[str, bytes] = {
    "empty": b"",
    "invalid utf-8": b"\xff\x00{",
    "no object": b"[]",
    "nested too deeply": b"[" * 100_000,
    "other keys": b'{"name": "x"}',
    "a number as text": b'{"delivery_id": 1}',
    "path outside landing": json.dumps({
        "delivery_id": "0" * 16, "feed": "registry__firms", "file_name": "x", "sha256": "../../../etc/passwd",
        "received_at": "2026-06-30T00:00:00+00:00", "seq": 1,
    }).encode(),
}  # fmt: skip


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    for number, name in enumerate(NAMES):
        (tmp_path / "inbox" / name).write_text(f"统一社会信用代码,企业名称\nX,{number}\n", "utf-8")
    return tmp_path / "inbox"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def land(inbox: Path, home: Home) -> landing.Landing:
    return landing.land(inbox, home, load_feeds(), NOW)


def side_of(delivery: landing.Delivery, home: Home) -> Path:
    return home.landing / delivery.feed / f"{delivery.delivery_id}.json"


def test_a_growing_file_waits_and_is_landed_complete_once_it_settles(
    inbox: Path, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIDU_SETTLE_SECONDS", "600")
    waited = list[float]()

    def grow(seconds: float) -> None:
        with (inbox / NAMES[1]).open("a", encoding="utf-8") as file:
            file.write("Y,1\n")
        waited.append(seconds)

    monkeypatch.setattr(time, "sleep", grow)
    first = land(inbox, home)
    monkeypatch.setattr(time, "sleep", waited.append)
    second = land(inbox, home)

    assert len(waited) == 2
    assert all(0 < seconds <= 600 for seconds in waited)
    assert [delivery.file_name for delivery in first.new] == [NAMES[0], NAMES[2]]
    assert first.waiting == [NAMES[1]]
    assert [delivery.file_name for delivery in second.new] == [NAMES[1]]
    for delivery in landing.deliveries(home):
        require_intact(home, delivery, is_read=True)


def test_a_file_that_changes_while_it_is_copied_waits(inbox: Path, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    copied = landing._chunks

    def chunks(file: object, source: Path) -> object:
        yield from copied(file, source)  # type: ignore[arg-type]
        if source.name == NAMES[0]:
            source.write_text("other", "utf-8")

    monkeypatch.setattr(landing, "_chunks", chunks)
    result = land(inbox, home)

    assert result.waiting == [NAMES[0]]
    assert [delivery.file_name for delivery in result.new] == NAMES[1:]
    assert [path.name for path in home.landing.rglob("*.part")] == []


def test_old_files_are_not_waited_for(inbox: Path, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    later = partial(inbox_files.still_written, clock=lambda: datetime.now(UTC) + timedelta(days=1))
    monkeypatch.setattr(landing, "still_written", later)
    monkeypatch.setattr(time, "sleep", lambda _: pytest.fail("waited"))

    assert len(land(inbox, home).new) == 3


@pytest.mark.parametrize("error", [PermissionError(13, "denied"), FileNotFoundError(2, "gone"), OSError(5, "I/O")])
def test_an_unreadable_file_is_reported_and_the_rest_is_landed(
    inbox: Path, home: Home, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    opened = Path.open

    def fails(path: Path, mode: str = "r", *rest: object, **named: object) -> object:
        if path.name == NAMES[1]:
            raise error
        return opened(path, mode, *rest, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", fails)
    result = land(inbox, home)

    assert [delivery.file_name for delivery in result.new] == [NAMES[0], NAMES[2]]
    assert [NAMES[1] in error.zh and NAMES[1] in error.en for error in result.refused] == [True]
    assert [path.name for path in landing.unseen(inbox, home, load_feeds())] == [NAMES[1]]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (os.fsdecode(b"a\xff.csv"), "a\\xff.csv"),
        ("a\nb", "a\\nb"),
        ("\x1b[31m\u202e", "\\x1b[31m\\u202e"),
        ("登记[red]", "登记[red]"),
    ],
)
def test_a_name_is_shown_as_text(name: str, text: str) -> None:
    assert shown(name) == text


@pytest.mark.parametrize("content", SIDES.values(), ids=SIDES.keys())
def test_a_damaged_side_file_is_reported_and_rebuilt_from_the_inbox(inbox: Path, home: Home, content: bytes) -> None:
    before = land(inbox, home).new
    side_of(before[1], home).write_bytes(content)
    (elsewhere := inbox.parent / "elsewhere").mkdir()
    (inbox / NAMES[1]).rename(elsewhere / NAMES[1])

    assert land(inbox, home).new == []
    assert landing.deliveries(home) == [before[0], before[2]]
    (damaged,) = unrecognised(home)
    assert before[1].delivery_id in damaged.error.zh
    assert "tidu landing set-aside" in damaged.error.en
    assert (home.landing / before[1].original).exists()

    (elsewhere / NAMES[1]).rename(inbox / NAMES[1])
    land(inbox, home)

    assert unrecognised(home) == []
    rebuilt = [(delivery.delivery_id, delivery.seq) for delivery in landing.deliveries(home)]
    assert rebuilt == [(delivery.delivery_id, delivery.seq) for delivery in before]


def test_unrecognised_entries_of_landing_are_reported_and_left_in_place(inbox: Path, home: Home) -> None:
    land(inbox, home)
    folder = home.landing / "registry__firms"
    (home.landing / "notes.txt").write_text("x")
    (folder / "copy.csv").write_text("x")
    (folder / "0123456789abcdef.json").mkdir()
    (folder / "fedcba9876543210.json").symlink_to("nowhere")
    (home.landing / "ip__counts").write_text("a file where a folder should be")
    (home.landing / "elsewhere").symlink_to(inbox)
    (inbox / "知识产权统计_20260601.csv").write_text("x", "utf-8")

    result = land(inbox, home)

    assert [error.zh.split(":")[0] for error in result.refused] == ["知识产权统计_20260601.csv"]
    assert len(landing.deliveries(home)) == 3
    assert {entry.path.name for entry in unrecognised(home)} == {
        "notes.txt", "copy.csv", "0123456789abcdef.json", "fedcba9876543210.json", "ip__counts", "elsewhere",
    }  # fmt: skip


@pytest.mark.parametrize("is_folder", [True, False])
def test_delivering_the_file_again_restores_a_damaged_original(inbox: Path, home: Home, is_folder: bool) -> None:
    delivery = land(inbox, home).new[0]
    original = home.landing / delivery.original
    size = original.stat().st_size
    original.unlink()
    original.mkdir() if is_folder else original.write_bytes(b"x" * size)
    with pytest.raises(DamagedOriginal, match=f"set-aside {delivery.delivery_id}"):
        require_intact(home, delivery, is_read=True)

    land(inbox, home)

    require_intact(home, delivery, is_read=True)


def test_a_preview_of_a_file_that_cannot_be_read_is_bad_input(tmp_path: Path, home: Home) -> None:
    with pytest.raises(BadInput, match="登记信息"):
        landing.keep(tmp_path / NAMES[0], load_feeds()["registry__firms"], home, 1, NOW)
