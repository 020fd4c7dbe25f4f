"""Damaged states of a home, and the expected behaviour of runs and readers.

To add a state: write its damage in ``damages.py`` and enter it in ``STATES`` with what a run and readers must do.
"""

from dataclasses import dataclass
from pathlib import Path

from damages import (
    Act,
    all_releases_emptied,
    all_releases_removed,
    book,
    builds_left_over,
    casebook_restored,
    copy_under_another_name,
    cut_short,
    file_instead_of,
    folder_back,
    foreign,
    home_is_a_link,
    lock_is_a_folder,
    lock_removed,
    loss_accepted,
    moved,
    newest,
    not_handed_out,
    of_an_older_make,
    of_another_duckdb,
    page_damaged,
    pointed,
    pointer_is_a_folder,
    pointer_removed,
    replaced_by_a_copy_of_another,
    replaced_by_a_dangling_link,
    replaced_by_a_folder,
    shortened,
    stale_lock,
    strangers,
    subfolders_missing,
)
from light_run import LightRun

from warehouse.release import pointer


def nothing(_: LightRun) -> None:
    """Nothing needs to be done."""


@dataclass(frozen=True)
class State:
    """A damage; whether a run succeeds, or its message; the repair by a person."""

    breaks: Act
    run_goes: bool = True
    reads: bool = True
    extracts: bool = True
    """Workbooks rest on the casebook: on the last delivery, and on who answers for a firm."""
    message: str = ""
    mends: Act = nothing


def _instead(name: str, reads: bool = True) -> State:
    return State(file_instead_of(name), run_goes=False, reads=reads, message=name, mends=folder_back(name))


LOST = {"run_goes": False, "message": "casebook.db"}
UNREADABLE = {**LOST, "extracts": False}
STATES: dict[str, State] = {
    "sound": State(nothing),
    "pointer removed": State(pointer_removed),
    "pointer emptied": State(pointed(b"")),
    "pointer of a blank line": State(pointed(b"\n")),
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
        message="CURRENT",
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
    "all releases emptied": State(all_releases_emptied, reads=False, message=".duckdb"),
    "all releases removed": State(all_releases_removed, reads=False, message=".duckdb"),
    "strangers among the releases": State(strangers),
    "a release under another name as well": State(copy_under_another_name),
    "builds left over": State(builds_left_over),
    "published but not handed out": State(not_handed_out),
    "casebook removed": State(book(Path.unlink), mends=casebook_restored, **LOST),
    "casebook removed, loss accepted": State(book(Path.unlink), mends=loss_accepted, **LOST),
    "casebook emptied": State(book(lambda path: path.write_bytes(b"")), mends=casebook_restored, **LOST),
    "casebook is garbage": State(
        book(lambda path: path.write_bytes(b"x" * 9999)), mends=casebook_restored, **UNREADABLE
    ),
    "casebook cut short": State(book(cut_short), mends=casebook_restored, **UNREADABLE),
    "casebook with a damaged page": State(book(page_damaged), mends=casebook_restored, **LOST),
    "casebook with its last statements gone": State(book(shortened), mends=casebook_restored, **LOST),
    "casebook shorter, loss accepted": State(book(shortened), mends=loss_accepted, **LOST),
    "casebook is another program's": State(book(foreign), mends=casebook_restored, **LOST),
    "home with blanks, signs and Chinese in its name": State(moved("数据 %20 x=1 #片段 'a' & [red]")),
    "home with a question mark in its name": State(
        moved("home?x=1"), run_goes=False, reads=False, message="?", mends=moved("home again")
    ),
    "home is a link": State(home_is_a_link),
    "subfolders missing": State(subfolders_missing),
    "stale lock file": State(stale_lock),
    "lock is a folder": State(lock_is_a_folder, run_goes=False, message="writer.lock", mends=lock_removed),
    "file instead of extracts": _instead("extracts"),
    "file instead of quarantine": _instead("quarantine"),
    "file instead of report_cards": _instead("report_cards"),
    "file instead of builds": _instead("builds"),
    "file instead of releases": _instead("releases", reads=False),
}
