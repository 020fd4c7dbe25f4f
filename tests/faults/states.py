"""States in which a home can be found. ``broken(light)`` makes one; ``STATES`` tells what must follow.

To add one: write what breaks the home, and enter it with what a run and readers must do.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb
from light_run import LightRun

from warehouse import release
from warehouse.publishing import pointer

Act = Callable[[LightRun], object]


def nothing(_: LightRun) -> None:
    """Nothing needs to be done."""


@dataclass(frozen=True)
class State:
    """How a home is broken; whether a run goes through, and else what is said; what a person then does about it."""

    breaks: Act
    run_goes: bool = True
    reads: bool = True
    says: str = ""
    mends: Act = nothing


def current_file(light: LightRun) -> Path:
    return light.home.releases / f"{light.published[0]}.duckdb"


def pointed(content: bytes | Callable[[list[str]], str]) -> Act:
    """The pointer with other content, or what is made of its names."""

    def act(light: LightRun) -> None:
        names = [f"{run_id}.duckdb" for run_id in light.published]
        text = content if isinstance(content, bytes) else content(names).encode()
        (light.home.releases / pointer.POINTER).write_bytes(text)

    return act


def pointer_removed(light: LightRun) -> None:
    (light.home.releases / pointer.POINTER).unlink()


def pointer_is_a_folder(light: LightRun) -> None:
    pointer_removed(light)
    (light.home.releases / pointer.POINTER).mkdir()


def newest(change: Callable[[Path], object]) -> Act:
    """The newest release file, changed."""
    return lambda light: change(current_file(light))


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def of_another_duckdb(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[12] = 250
    path.write_bytes(data)


def of_an_older_make(path: Path) -> None:
    with closing(duckdb.connect(str(path))) as con:
        con.execute("drop table mart_movers__firms")


def replaced_by_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def replaced_by_a_dangling_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere.duckdb")


def replaced_by_a_copy_of_another(light: LightRun) -> None:
    shutil.copy(light.home.releases / f"{light.published[1]}.duckdb", current_file(light))


def all_releases_emptied(light: LightRun) -> None:
    for path in light.home.releases.glob("*.duckdb"):
        path.write_bytes(b"")


def all_releases_removed(light: LightRun) -> None:
    for path in light.home.releases.glob("*.duckdb"):
        path.unlink()


def move_damaged_away(light: LightRun) -> None:
    for problem in release.damaged(light.home):
        (light.home.releases / problem.name).rename(light.root / f"{problem.name}.damaged")


def strangers(light: LightRun) -> None:
    folder = light.home.releases
    (folder / "notes.txt").write_text("x")
    (folder / "notes.duckdb").write_text("x")
    (folder / "copy.duckdb.wal").write_bytes(b"x")
    (folder / "folder.duckdb").mkdir()
    (folder / "loop.duckdb").symlink_to("loop.duckdb")
    (folder / "[red].duckdb").write_bytes(b"\0" * 9000)
    (folder / ".hidden.duckdb").write_bytes(b"")


def copy_under_another_name(light: LightRun) -> None:
    shutil.copy(current_file(light), light.home.releases / "20990101-000000-ffff.duckdb")


def builds_left_over(light: LightRun) -> None:
    folder = light.home.builds
    (folder / "20260101-000000-aaaa.duckdb").write_bytes(b"half")
    (folder / "20260101-000000-aaaa.duckdb.wal").write_bytes(b"half")
    (folder / "20260101-000000-aaaa.tmp" / "deep").mkdir(parents=True)
    (folder / "dangling").symlink_to("nowhere")
    (folder / "elsewhere").symlink_to(light.inbox)
    (folder / "20260101-000000-aaaa.files" / "extracts").mkdir(parents=True)


def not_handed_out(light: LightRun) -> None:
    run_id = light.published[0]
    aside = light.home.builds / f"{run_id}.files"
    aside.mkdir()
    (light.home.extracts / run_id).rename(aside / "extracts")
    (light.home.quarantine / f"{run_id}.csv").rename(aside / "quarantine.csv")
    (light.home.report_cards / f".{run_id}.part").mkdir()


def book(change: Callable[[Path], object]) -> Act:
    """The casebook, changed; its log is written back first."""

    def act(light: LightRun) -> None:
        path = light.home.casebook
        with closing(sqlite3.connect(path)) as con:
            con.execute("pragma wal_checkpoint(truncate)")
        change(path)

    return act


def shortened(path: Path) -> None:
    with closing(sqlite3.connect(path)) as con:
        con.execute("delete from statement where statement_id > 20")
        con.commit()


def foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as con:
        con.execute("create table other (x)")
        con.commit()


def page_damaged(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096 * 2 : 4096 * 3] = os.urandom(4096)
    path.write_bytes(data)


def casebook_restored(light: LightRun) -> None:
    assert light.tidu("casebook", "restore") == 0


def loss_accepted(light: LightRun) -> None:
    assert light.tidu("casebook", "accept-loss", "--by", "王", "--why", "试") == 0


def moved(root: str) -> Act:
    """The home under another name."""

    def act(light: LightRun) -> None:
        light.root = light.root.rename(light.root.parent / root)

    return act


def file_instead_of(name: str) -> Act:
    """A file where a folder of the home should be."""

    def act(light: LightRun) -> None:
        (light.root / name).rename(light.root / f"{name}.away")
        (light.root / name).write_text("x")

    return act


def folder_back(name: str) -> Act:
    """The file moved away, the folder back."""

    def act(light: LightRun) -> None:
        (light.root / name).unlink()
        (light.root / f"{name}.away").rename(light.root / name)

    return act


def subfolders_missing(light: LightRun) -> None:
    for name in ("builds", "extracts", "quarantine", "report_cards"):
        shutil.rmtree(light.root / name)


def home_is_a_link(light: LightRun) -> None:
    target = light.root.rename(light.root.parent / "elsewhere")
    light.root.symlink_to(target)


def stale_lock(light: LightRun) -> None:
    light.home.lock.write_text("999999 x\0")


def lock_is_a_folder(light: LightRun) -> None:
    light.home.lock.unlink(missing_ok=True)
    light.home.lock.mkdir()


def lock_removed(light: LightRun) -> None:
    light.home.lock.rmdir()


def _instead(name: str, reads: bool = True) -> State:
    return State(file_instead_of(name), run_goes=False, reads=reads, says=name, mends=folder_back(name))


LOST = {"run_goes": False, "says": "casebook.db"}
STATES: dict[str, State] = {
    "sound": State(nothing),
    "pointer removed": State(pointer_removed),
    "pointer emptied": State(pointed(b"")),
    "pointer of one blank line": State(pointed(b"\n")),
    "pointer binary": State(pointed(bytes(range(256)))),
    "pointer of NULs": State(pointed(b"\0" * 512)),
    "pointer not UTF-8": State(pointed("现行".encode("gb18030") + b"\n")),
    "pointer of UTF-16": State(pointed(lambda names: "".join(f"{name}\n" for name in names).encode("utf-16").hex())),
    "pointer with a typo": State(pointed(lambda names: f"{names[0][:-1]}\n{names[1]}\n")),
    "pointer naming files that are not there": State(pointed(b"20200101-000000-aaaa.duckdb\n")),
    "pointer leading out of the folder": State(pointed(b"../../etc/passwd.duckdb\n")),
    "pointer with a line twice": State(pointed(lambda names: f"{names[0]}\n{names[0]}\n{names[1]}\n{names[2]}\n")),
    "pointer cut within a name": State(pointed(lambda names: f"{names[0]}\n{names[1][:9]}")),
    "pointer cut after the first line": State(pointed(lambda names: f"{names[0]}\n")),
    "pointer of before the newest": State(pointed(lambda names: f"{names[1]}\n{names[2]}\n")),
    "pointer with its first lines changed about": State(pointed(lambda names: f"{names[1]}\n{names[0]}\n{names[2]}\n")),
    "pointer turned round": State(pointed(lambda names: "".join(f"{name}\n" for name in reversed(names)))),
    "pointer saved by a Windows editor": State(pointed(lambda names: "\ufeff" + "".join(f"{n}\r\n" for n in names))),
    "pointer is a folder": State(
        pointer_is_a_folder,
        run_goes=False,
        says="CURRENT",
        mends=lambda light: (light.home.releases / pointer.POINTER).rmdir(),
    ),
    "newest release removed": State(newest(Path.unlink)),
    "newest release cut short": State(newest(cut_short)),
    "newest release emptied": State(newest(lambda path: path.write_bytes(b""))),
    "newest release is text": State(newest(lambda path: path.write_text("not a database\n" * 999))),
    "newest release of another DuckDB": State(newest(of_another_duckdb)),
    "newest release of an older make": State(newest(of_an_older_make)),
    "newest release is a folder": State(newest(replaced_by_a_folder), run_goes=True),
    "newest release is a dangling link": State(newest(replaced_by_a_dangling_link)),
    "newest release is a copy of another": State(replaced_by_a_copy_of_another),
    "all releases emptied": State(all_releases_emptied, reads=False, says=".duckdb"),
    "all releases removed": State(all_releases_removed, reads=False, says=".duckdb"),
    "strangers among the releases": State(strangers),
    "a release under another name as well": State(copy_under_another_name),
    "builds left over": State(builds_left_over),
    "published but not handed out": State(not_handed_out),
    "casebook removed": State(book(Path.unlink), mends=casebook_restored, **LOST),
    "casebook removed, loss accepted": State(book(Path.unlink), mends=loss_accepted, **LOST),
    "casebook emptied": State(book(lambda path: path.write_bytes(b"")), mends=casebook_restored, **LOST),
    "casebook is garbage": State(book(lambda path: path.write_bytes(b"x" * 9999)), mends=casebook_restored, **LOST),
    "casebook cut short": State(book(cut_short), mends=casebook_restored, **LOST),
    "casebook with a damaged page": State(book(page_damaged), mends=casebook_restored, **LOST),
    "casebook with its last statements gone": State(book(shortened), mends=casebook_restored, **LOST),
    "casebook shorter, loss accepted": State(book(shortened), mends=loss_accepted, **LOST),
    "casebook is another program's": State(book(foreign), mends=casebook_restored, **LOST),
    "home with blanks, signs and Chinese in its name": State(moved("数据 %20 x=1 #片段 'a' & [red]")),
    "home with a question mark in its name": State(
        moved("home?x=1"), run_goes=False, reads=False, says="?", mends=moved("home again")
    ),
    "home is a link": State(home_is_a_link),
    "subfolders missing": State(subfolders_missing),
    "stale lock file": State(stale_lock),
    "lock is a folder": State(lock_is_a_folder, run_goes=False, says="writer.lock", mends=lock_removed),
    "file instead of extracts": _instead("extracts"),
    "file instead of quarantine": _instead("quarantine"),
    "file instead of report_cards": _instead("report_cards"),
    "file instead of builds": _instead("builds"),
    "file instead of releases": _instead("releases", reads=False),
}
