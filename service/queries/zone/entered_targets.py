"""Targets that people entered: their statements, and those that no run has read yet, shown at once by a desk."""

from tiers.movement.measures import measures
from warehouse.casebook.book import Book
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release.desk.desk import Desk
from warehouse.release.releases import Reader
from warehouse.rows import Row

KIND = "target"
"""Of the statements, whose subject is zone, year and measure."""


def enter(reader: Reader, home: Home) -> list[Row]:
    """The targets that no run has read yet; a desk shows them from now on, with the bridges to them.

    A vintage stays as it was frozen.
    """
    if home.is_frozen or not isinstance(reader, Desk):
        return []
    (run,) = reader.rows("select newest_statement from desk_run__read_up_to")
    targets = entered(home, run["newest_statement"] or 0)
    reader.enter_targets(targets)
    return targets


def stream_of(zone: str, year: int, measure: str) -> str:
    """Stream id in the casebook: ``KIND:ZONE/YEAR/MEASURE``."""
    return f"{KIND}:{zone}/{year}/{measure}"


def history(home: Home, zone: str, year: int, measure: str) -> list[Row]:
    """The statements on a target, the newest first: who, when, why, with version and content."""
    events = Book(home).events(stream=stream_of(zone, year, measure))
    return [
        {"seq": event.seq, "version": event.version, "at": event.at, "by": event.by, "why": event.why, **event.content}
        for event in reversed(events)
    ]


def entered(home: Home, after: int) -> list[Row]:
    """The newest statement on each target, of those made after an event: what a release made with it does not hold."""
    newest = {event.stream: event for event in Book(home).events(kinds=[KIND]) if event.seq > after}
    return [{**event.content, "statement_id": event.seq} for event in newest.values()]


def versions(home: Home, zone: str) -> dict[str, int]:
    """By ``YEAR/MEASURE`` the version of each target of a zone that was entered."""
    prefix = f"{KIND}:{zone}/"
    events = [event for event in Book(home).events(kinds=[KIND]) if event.stream.startswith(prefix)]
    keys = {event.stream: f"{event.content['year']}/{event.content['measure']}" for event in events if event.content}
    return {keys[event.stream]: event.version for event in events}


def checked_measure(text: str) -> str:
    """The measure of a name or of its Chinese words; raises ``BadInput`` with those there are."""
    known = measures().measures
    if name := next((name for name, entry in known.items() if text.strip() in (name, entry.zh)), None):
        return name
    zh, en = "、".join(entry.zh for entry in known.values()), ", ".join(known)
    raise BadInput(f"没有指标“{text}”；可选：{zh}", f"there is no measure {text!r}; choose from {en}")


def checked_year(text: str) -> int:
    """A year as typed; raises ``BadInput``."""
    first, last = measures().years
    digits = text.strip()
    if digits.isascii() and digits.isdigit() and first <= int(digits[:5]) <= last:
        return int(digits)
    raise BadInput(
        f"年度应为 {first} 至 {last} 的四位数，而不是“{text}”",
        f"a year is four digits, {first} to {last}, not {text!r}",
    )
