"""The log of workbooks handed over, an event of the casebook each; their originals, which are handed over again."""

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

from service.extracts.writing import Extract, Last
from warehouse.casebook.book import Book
from warehouse.casebook.events import Draft, Event, in_force
from warehouse.casebook.folds import delivery
from warehouse.errors import BadInput, CasebookFailed, WarehouseError
from warehouse.home import Home, unusable
from warehouse.rows import Row

WORKBOOK, SIDE, KEPT = "workbook.xlsx", "columns.json", "kept.json"
_DIGITS = 16


def stream_of(incubator: str) -> str:
    """The stream of an incubator's deliveries; a hash, since a name may be long or hold anything."""
    return f"{delivery.PREFIX}{hashlib.sha256(incubator.encode('utf-8', 'surrogatepass')).hexdigest()[:_DIGITS]}"


def log(home: Home, incubator: str | None = None) -> list[Row]:
    """The deliveries of one incubator or of all, newest first; ``is_kept``: the original is there."""
    book = Book(home)
    if not book.store.exists():
        return []
    stream = stream_of(incubator) if incubator is not None else None
    events = in_force(book.events(stream=stream, kinds=None if stream else delivery.KINDS))
    return [_row(home, event) for event in reversed(events)]


def fault_of(home: Home) -> WarehouseError | None:
    """Why the log cannot be read, None where it can: the casebook is locked, damaged, newer, or not at its address."""
    try:
        log(home)
    except (CasebookFailed, BadInput) as error:
        return error
    return None


def _row(home: Home, event: Event) -> Row:
    row = delivery.row_of(event)
    return {"seq": event.seq, **row, "why": event.why, "is_kept": (folder_of(home, row["sha256"]) / WORKBOOK).is_file()}


def last_before(home: Home, incubator: str, run_id: str) -> Last | None:
    """The newest delivery of another run, with which the workbook of this run is compared."""
    row = next((row for row in log(home, incubator) if row["run_id"] != run_id), None)
    if row is None:
        return None
    path = folder_of(home, row["sha256"]) / KEPT
    kept = json.loads(path.read_text("utf-8")) if path.is_file() else None
    return Last(row["run_id"], row["day"], row["delivered_at"], kept)


def again(home: Home, row: Row) -> Extract:
    """The original of a delivery, byte for byte; raises ``BadInput`` where it is gone or was changed."""
    folder = folder_of(home, row["sha256"])
    try:
        workbook, side, kept = ((folder / name).read_bytes() for name in (WORKBOOK, SIDE, KEPT))
    except OSError as error:
        raise BadInput(
            f"第 {row['seq']} 号交付的原件不在 {folder.parent.name}/；请从备份恢复，或按当前一期重新交付",
            f"the original of delivery {row['seq']} is not in {folder.parent.name}/: restore it from a backup, or"
            " deliver the present release",
        ) from error
    extract = Extract(
        row["incubator"], row["lang"], row["run_id"], date.fromisoformat(row["day"]), row["file"], workbook, side, kept
    )
    if extract.sha256 != row["sha256"]:
        raise BadInput(
            f"第 {row['seq']} 号交付的原件被改动过（摘要值不符），不再交付；请从备份恢复",
            f"the original of delivery {row['seq']} was changed (another hash) and is not handed over: restore it",
        )
    return extract


def delivered_here(home: Home, incubator: str, run_id: str, lang: str) -> Row | None:
    """The newest delivery of this run in this language."""
    rows = (row for row in log(home, incubator) if (row["run_id"], row["lang"]) == (run_id, lang))
    return next(rows, None)


def record(home: Home, extract: Extract, recipient: str, *, by: str, why: str, now: Any, request: str | None) -> Event:
    """Keep the original, then log the delivery; the same form twice is logged once."""
    if not recipient.strip() or not why.strip():
        raise BadInput("请写明交给谁、为何", "state to whom, and why")
    _keep(home, extract)
    content = {
        "incubator": extract.incubator,
        "recipient": recipient.strip(),
        "lang": extract.lang,
        "run_id": extract.run_id,
        "day": extract.day.isoformat(),
        "file": extract.name,
        "sha256": extract.sha256,
    }
    draft = Draft(stream_of(extract.incubator), delivery.MADE, content, why.strip(), request=request)
    return Book(home).append([draft], by=by, now=now)[0]


def folder_of(home: Home, sha256: str) -> Path:
    """Where the original with a hash is kept."""
    return home.deliveries / sha256


def _keep(home: Home, extract: Extract) -> None:
    folder = folder_of(home, extract.sha256)
    try:
        folder.mkdir(exist_ok=True)
        # The workbook comes last: where it is, the others are.
        for name, content in ((KEPT, extract.kept), (SIDE, extract.side), (WORKBOOK, extract.workbook)):
            part = folder / f".{name}.part"
            part.write_bytes(content)
            part.replace(folder / name)
    except OSError as error:
        raise unusable(folder, error) from error
