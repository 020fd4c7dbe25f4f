"""Alerts that were sent, as events of the casebook: their rhythm holds over runs, nothing is sent twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from service.alerts.rules import Rhythm
from service.alerts.triggers import Item
from warehouse.casebook.book import Book
from warehouse.casebook.events import Draft
from warehouse.home import Home

PREFIX, SENT = "alert:", "alert.sent"
WHY = "提醒已写出 the alerts were written"
BY_TIDU = "tidu"


@dataclass(frozen=True)
class Sent:
    """The alerts sent to an account: by alert, the keys and the last day."""

    keys: dict[str, set[str]]
    last: dict[str, date]

    def fresh(self, alert: str, items: Sequence[Item]) -> list[Item]:
        """The items that were not sent before."""
        known = self.keys.get(alert, set())
        return [item for item in items if item.key not in known]

    def is_time(self, alert: str, rhythm: Rhythm, today: date) -> bool:
        """Whether the rhythm of an alert lets it be sent today."""
        last = self.last.get(alert)
        return last is None or _period(last, rhythm) != _period(today, rhythm)


def _period(day: date, rhythm: Rhythm) -> tuple[int, ...] | object:
    """What is the same for two days on which an alert is sent once; never the same for one without a rhythm."""
    if rhythm == "immediate":
        return object()
    if rhythm == "weekly":
        return tuple(day.isocalendar()[:2])
    return (day.year, day.month) if rhythm == "monthly" else (day.year, day.month, day.day)


def sent_to(home: Home, who: str) -> Sent:
    """The alerts sent to an account so far."""
    book = Book(home)
    sent = Sent({}, {})
    for event in book.events(stream=f"{PREFIX}{who}") if book.store.exists() else []:
        for alert, keys in event.content["sent"].items():
            sent.keys.setdefault(alert, set()).update(keys)
            sent.last[alert] = date.fromisoformat(event.content["day"])
    return sent


def keep(home: Home, sent: dict[str, dict[str, list[str]]], day: date, now: datetime) -> None:
    """Record the alerts sent to several accounts, by account and alert, in one transaction."""
    drafts = [
        Draft(f"{PREFIX}{who}", SENT, {"day": day.isoformat(), "sent": keys}, WHY)
        for who, keys in sorted(sent.items())
        if keys
    ]
    Book(home).append(drafts, by=BY_TIDU, now=now)
