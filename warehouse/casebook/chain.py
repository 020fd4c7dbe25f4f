"""Checks a list of events: numbers, versions and hashes, each upon the one before."""

from collections.abc import Iterable
from dataclasses import dataclass

from warehouse.casebook.events import FIRST, Event, Head, chained, row_of

ACCEPTED = "loss_accepted"
"""The kind of an event by which runs may go on without events of a release; numbers may be missing before it alone."""


@dataclass(frozen=True)
class Bad:
    """The first event that is not as it was appended, and why, in two languages."""

    seq: int
    zh: str
    en: str

    def __str__(self) -> str:
        return f"第 {self.seq} 号 no. {self.seq}: {self.zh} {self.en}"


def first_bad(events: Iterable[Event], head: Head) -> Bad | None:
    """The first bad event of all, in order; None where the chain ends at the head as it should."""
    last, versions = Head(0, FIRST), dict[str, int]()
    for event in events:
        if reason := _wrong(event, last, versions):
            return Bad(event.seq, *reason)
        versions[event.stream] = event.version
        last = Head(event.seq, event.hash)
    if last != head:
        return Bad(
            last.seq + 1, "其后的记录缺失或链尾不符", f"events up to {head.seq} are missing, or the head is another's"
        )
    return None


def _wrong(event: Event, last: Head, versions: dict[str, int]) -> tuple[str, str] | None:
    if event.seq != last.seq + 1 and event.kind != ACCEPTED:
        return f"第 {last.seq + 1} 号缺失", f"no. {last.seq + 1} is missing before it"
    if event.version <= versions.get(event.stream, 0):
        return "版本号不增", "its version does not follow"
    if event.hash != chained(last.hash, row_of(event)):
        return "内容被改动，或其前有缺失", "it was changed, or what comes before it was"
    return None
