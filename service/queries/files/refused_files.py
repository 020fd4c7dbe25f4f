"""The files that a run refused and that nothing has replaced since: named after each run until a person acts."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from service.queries.files.file_names import list_name
from warehouse.casebook import set_aside
from warehouse.casebook.statements import Casebook
from warehouse.database.build import Database
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.intake import landing
from warehouse.intake.feed import load_feeds
from warehouse.intake.inbox import entries, set_apart, shown
from warehouse.intake.unrecognised import unrecognised
from warehouse.rows import Row


def refused(release: Database, home: Home, inbox: Path) -> list[Row]:
    """Refused files in the inbox, what cannot be read there, and deliveries whose side file is damaged."""
    unreadable = [
        _row(error, file_name=name, feed="", delivery_id="") for name, error in landing.unreadable(inbox, load_feeds())
    ]
    return [*_rejected(release, home, inbox), *unreadable, *_damaged(home)]


def _rejected(release: Database, home: Home, inbox: Path) -> list[Row]:
    """Rejections whose content lies in the inbox still, without those that a corrected file has replaced."""
    rejections, present = _in_inbox(release, inbox)
    if not present:
        return []
    order = {delivery.delivery_id: delivery.seq for delivery in landing.deliveries(home)}
    loaded = release.rows("select feed, file_name, seq from deliveries")
    return [
        row
        for row in rejections
        if (row["file_name"], row["sha256"]) in present
        and not any(_corrects(delivery, row, order.get(row["delivery_id"], 0)) for delivery in loaded)
    ]


def left(release: Database, inbox: Path) -> list[str]:
    """The refused deliveries whose content lies in the inbox no more: what ends a refusal without a corrected file."""
    rejections, present = _in_inbox(release, inbox)
    return [str(row["delivery_id"]) for row in rejections if (row["file_name"], row["sha256"]) not in present]


def _in_inbox(release: Database, inbox: Path) -> tuple[list[Row], set[tuple[str, str]]]:
    """The rejections of a release, and names and contents of the inbox that have the name of one."""
    rejections = release.rows("select * from rejection order by file_name")
    return rejections, _contents(inbox, {str(row["file_name"]) for row in rejections}) if rejections else set()


def _contents(inbox: Path, names: Iterable[str]) -> set[tuple[str, str]]:
    """Name and SHA-256 of the files of the inbox that have one of the names; those that cannot be read are left out."""
    contents = set()
    for path in entries(inbox):
        if shown(path.name) in names and not set_apart(path):
            try:
                with path.open("rb") as file:
                    contents.add((shown(path.name), hashlib.file_digest(file, "sha256").hexdigest()))
            except OSError:
                continue
    return contents


def _corrects(delivery: Row, rejection: Row, seq: int) -> bool:
    """Whether a loaded delivery is a later file of the feed with the same name but for a mark or the suffix."""
    name, refused_name = str(delivery["file_name"]), str(rejection["file_name"])
    return (
        delivery["feed"] == rejection["feed"]
        and delivery["seq"] > seq
        and name != refused_name
        and list_name(name) == list_name(refused_name)
    )


def _damaged(home: Home) -> list[Row]:
    """Deliveries in use of which landing no longer states what they are."""
    out_of_use = set_aside.standing(Casebook(home).statements(set_aside.KIND))
    return [
        _row(
            entry.error,
            delivery_id=shown(entry.path.stem),
            file_name=shown(entry.path.name),
            feed=shown(entry.path.parent.name),
        )
        for entry in unrecognised(home)
        if entry.is_side_file and entry.path.stem not in out_of_use
    ]


def _row(error: BadInput, **identity: str) -> Row:
    return {**identity, "message_zh": error.zh, "message_en": error.en}
