"""Damages of a home, and the repairs by a person: each function changes one part of it."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
from light_run import LightRun

from warehouse.release import pointer, releases

Act = Callable[[LightRun], object]


def current_file(light: LightRun) -> Path:
    return light.home.releases / f"{light.published[0]}.duckdb"


def pointed(content: bytes | Callable[[list[str]], str]) -> Act:
    """A damage that overwrites the pointer, with bytes or with content made from run ids."""

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
    """A damage of the newest release file."""
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
    for problem in releases.damaged(light.home):
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
    """A damage of the casebook, after a checkpoint of its log."""

    def act(light: LightRun) -> None:
        path = light.home.casebook
        with closing(sqlite3.connect(path)) as con:
            con.execute("pragma wal_checkpoint(truncate)")
        change(path)

    return act


def shortened(path: Path) -> None:
    """As an older backup is: the twenty first events, and the head of then."""
    with closing(sqlite3.connect(path)) as con:
        con.execute("drop trigger event_no_delete")
        con.execute("delete from event where seq > 20")
        con.execute("update head set seq = 20, hash = (select hash from event where seq = 20)")
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
    """Rename the home."""

    def act(light: LightRun) -> None:
        light.root = light.root.rename(light.root.parent / root)

    return act


def file_instead_of(name: str) -> Act:
    """Replace a folder of the home by a file."""

    def act(light: LightRun) -> None:
        (light.root / name).rename(light.root / f"{name}.away")
        (light.root / name).write_text("x")

    return act


def folder_back(name: str) -> Act:
    """Restore the folder."""

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
