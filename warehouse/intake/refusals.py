"""Deliveries on which a step of a run failed: stored in the home, so that no later run searches for them again.

One JSON file a delivery. A refusal is valid for the definitions under which the step failed and removed under others.
"""

import errno
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

import duckdb

from warehouse.database.build import Build
from warehouse.errors import BadInput, DefinitionError, WarehouseError
from warehouse.home import Home
from warehouse.intake.landing import Delivery
from warehouse.machine.refusals import is_disk_full

REASON_SIGNS = 200
"""Characters of an error's first line that a message quotes."""

OF_NAMES = (errno.ENAMETOOLONG, errno.EILSEQ, errno.EINVAL)
"""Errors of the file system caused by the delivery: a name that no file can have."""

STOPPING = (
    WarehouseError,
    OSError,
    MemoryError,
    KeyboardInterrupt,
    SystemExit,
    GeneratorExit,
    duckdb.IOException,
    duckdb.OutOfMemoryException,
    duckdb.FatalException,
)
"""What stops a run by design or by the state of the machine: no delivery is to blame."""


@dataclass(frozen=True)
class Refusal:
    """Why one delivery is left out; ``known_to`` is the last delivery that was known when it was refused."""

    delivery_id: str
    definitions: str
    known_to: int
    message_zh: str
    message_en: str


def is_unforeseen(error: BaseException) -> bool:
    """Whether the delivery may have caused an error."""
    if isinstance(error, OSError) and error.errno in OF_NAMES:
        return True
    if is_disk_full(error):
        return False
    return isinstance(error, DefinitionError) or not isinstance(error, STOPPING)


def reason_of(error: BaseException) -> str:
    """The table or check at which an error was raised, else its kind, and its first line."""
    place = next(iter(getattr(error, "__notes__", ())), type(error).__name__)
    return f"{place}: {(str(error).splitlines() or [''])[0][:REASON_SIGNS]}"


@contextmanager
def complete_or_refused(build: Build, delivery: Delivery, step: tuple[str, str]) -> Iterator[None]:
    """Write all of a delivery or nothing; raises ``BadInput`` for whatever is not the fault of the machine."""
    try:
        with build.transaction():
            yield
    except BaseException as error:
        if not is_unforeseen(error):
            raise
        refusal = refusal_of(delivery, "", delivery.seq, step, reason_of(error))
        raise BadInput(refusal.message_zh, refusal.message_en) from error


def refusal_of(delivery: Delivery, definitions: str, known_to: int, where: tuple[str, str], reason: str) -> Refusal:
    """The refusal of a file because of which a step, named in both languages, failed for this reason."""
    way_out = f"tidu landing set-aside {delivery.delivery_id}"
    return Refusal(
        delivery.delivery_id,
        definitions,
        known_to,
        f"{delivery.file_name}: “{where[0]}”一步因此文件出错（{reason}），整份拒收，其余照常；"
        f"请改正后以新文件重发，原件可用 {way_out} 移出",
        f"{delivery.file_name}: the step “{where[1]}” failed because of this file ({reason}); the whole file is"
        f" refused, the rest goes on. Correct it and send it as a new file; {way_out} takes the original out",
    )


def remember(home: Home, refusal: Refusal) -> None:
    """Store a refusal; written by a rename, so never in part."""
    path = home.refusals / f"{refusal.delivery_id}.json"
    part = path.with_suffix(".part")
    part.write_text(json.dumps(asdict(refusal), ensure_ascii=False, indent=1), "utf-8")
    part.replace(path)


def standing(home: Home, definitions: str, deliveries: Iterable[Delivery]) -> dict[str, Refusal]:
    """The refusals valid for these deliveries, by delivery; those of other definitions are removed."""
    known = {delivery.delivery_id: delivery.seq for delivery in deliveries}
    newest = max(known.values(), default=0)
    refusals = {}
    for path in sorted(home.refusals.glob("*.json")):
        refusal = Refusal(**json.loads(path.read_text("utf-8")))
        if refusal.definitions != definitions:
            path.unlink()
        elif refusal.delivery_id in known and refusal.known_to <= newest:
            refusals[refusal.delivery_id] = refusal
    return refusals
