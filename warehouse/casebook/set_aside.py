"""Deliveries excluded from all further runs by a statement with name and reason, which can be withdrawn.

The original stays in landing; the knowledge of a past run or moment is rebuilt with the statements of that time.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from warehouse.casebook.statements import Casebook, Entry, Statement
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.intake.delivery import Delivery, deliveries, side_files
from warehouse.intake.inbox import shown

KIND = "delivery_set_aside"
BY_TIDU = "tidu"
_CHUNK_BYTES = 1 << 20


def standing(statements: Iterable[Statement]) -> dict[str, Statement]:
    """The statement by which each delivery is out of use, by the delivery's number."""
    of_deliveries = [statement for statement in statements if statement.kind == KIND]
    withdrawn = {statement.withdraws for statement in of_deliveries}
    return {
        statement.subject: statement
        for statement in of_deliveries
        if statement.withdraws is None and statement.statement_id not in withdrawn
    }


def set_aside(home: Home, words: str, *, by: str, why: str, now: datetime) -> Statement:
    """Take a delivery out of use; ``words`` are its number or its file's name."""
    casebook, delivery_id = Casebook(home), _delivery_id(home, words)
    if delivery_id in standing(casebook.statements(KIND)):
        raise BadInput(f"{words}: 已经移出", f"{words}: is set aside already")
    return casebook.record(KIND, delivery_id, {}, by=by, why=why, now=now)


def set_aside_cut_short(home: Home, arrived: Iterable[Delivery], now: datetime) -> list[Delivery]:
    """Take the deliveries out of use that are the beginning of a new one of their name: landed before it was whole.

    Every row of theirs is in the new one, but perhaps the last, which was cut. What was restored stays in use.
    """
    stated = {entry.subject for entry in Casebook(home).statements(KIND)}
    known = [delivery for delivery in deliveries(home) if delivery.delivery_id not in stated]
    cut = [
        (earlier, later)
        for later in arrived
        for earlier in known
        if (earlier.feed, earlier.file_name) == (later.feed, later.file_name)
        and 0 <= earlier.size < later.size
        and earlier.sha256 == _sha256_of_first(home.landing / later.original, earlier.size)
    ]
    entries = [
        Entry(KIND, earlier.delivery_id, {}, f"收存时尚未写完，全文见 landed before it was whole: {later.delivery_id}")
        for earlier, later in cut
    ]
    Casebook(home).record_all(entries, by=BY_TIDU, now=now)
    return [earlier for earlier, _ in cut]


def _sha256_of_first(path: Path, size: int) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while size > 0 and (chunk := file.read(min(size, _CHUNK_BYTES))):
            digest.update(chunk)
            size -= len(chunk)
    return digest.hexdigest()


def restore(home: Home, words: str, *, by: str, why: str, now: datetime) -> Statement:
    """Take a delivery back into use."""
    casebook, delivery_id = Casebook(home), _delivery_id(home, words)
    statement = standing(casebook.statements(KIND)).get(delivery_id)
    if statement is None:
        raise BadInput(f"{words}: 没有移出，无须恢复", f"{words}: is not set aside, there is nothing to restore")
    return casebook.record(KIND, delivery_id, {}, by=by, why=why, now=now, withdraws=statement.statement_id)


def listing(home: Home) -> list[dict[str, Any]]:
    """Every delivery, in the order of landing, and whether it is used, set aside (by whom and why) or damaged."""
    out_of_use = standing(Casebook(home).statements(KIND))
    rows = []
    for path, delivery in side_files(home):
        state = "used" if delivery else "damaged"
        rows.append(
            {
                "delivery_id": shown(path.stem),
                "seq": delivery.seq if delivery else 0,
                "feed": shown(path.parent.name),
                "file_name": delivery.file_name if delivery else "",
                "received_at": delivery.received_at if delivery else "",
                **_set_aside_by(out_of_use, path.stem, state),
            }
        )
    return sorted(rows, key=lambda row: (row["seq"], row["delivery_id"]))


def _set_aside_by(out_of_use: Mapping[str, Statement], delivery_id: str, state: str) -> dict[str, str]:
    statement = out_of_use.get(delivery_id)
    if statement is None:
        return {"state": state, "by": "", "why": ""}
    return {"state": "set_aside", "by": statement.stated_by, "why": statement.why}


def _delivery_id(home: Home, words: str) -> str:
    """The number of the delivery with this number or file name; raises ``BadInput`` for none and for several."""
    pairs = list(side_files(home))
    if any(words == path.stem for path, _ in pairs):
        return words
    matches = [delivery for _, delivery in pairs if delivery and delivery.file_name == shown(words)]
    if len(matches) == 1:
        return matches[0].delivery_id
    if not matches:
        raise BadInput(
            f"没有收存过 {shown(words)}；tidu landing list 列出全部",
            f"{shown(words)} was never landed; tidu landing list names all",
        )
    listed = "\n".join(f"  {_shown(delivery)}" for delivery in matches)
    raise BadInput(
        f"{shown(words)} 有 {len(matches)} 份，请写编号：\n{listed}",
        f"{shown(words)} was landed {len(matches)} times, say which by its number",
    )


def _shown(delivery: Delivery) -> str:
    return f"{delivery.delivery_id}  {delivery.feed}  {delivery.received_at}"
