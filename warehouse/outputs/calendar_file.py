"""What is due as an iCalendar file (RFC 5545): an all-day event a duty, alarms on the day to start and the last one."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from warehouse.rows import AnyRow

MORNING = timedelta(hours=9)
"""When alarms sound, after midnight of their day."""
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
NAME = "梯度到期事项 Tidu due"


def calendar_bytes(rows: Iterable[AnyRow], moment: datetime, plans: Iterable[AnyRow] = ()) -> bytes:
    """Rows of ``mart_firm__due`` with a day as a calendar; the same bytes for the same rows and moment.

    ``plans`` of people, such as visits and tasks: uid, on, name and what.
    ``moment`` is that of the release, never the clock's: it stamps every event, so that a later release updates it.
    """
    calendar = Calendar()
    for name, value in (
        ("prodid", "-//Tidu//due//ZH"),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("method", "PUBLISH"),
        ("x-wr-calname", NAME),
        ("x-wr-timezone", "Asia/Shanghai"),
    ):
        calendar.add(name, value)
    for row in rows:
        calendar.add_component(_event(row, moment.astimezone(UTC).replace(microsecond=0)))
    for plan in plans:
        calendar.add_component(_plan(plan, moment.astimezone(UTC).replace(microsecond=0)))
    return bytes(calendar.to_ical())


def uid_of(row: AnyRow) -> str:
    """The same in every release for a duty of a firm and its period, whatever day it has."""
    return f"{row['firm_id']}-{row['duty']}-{row['period']}@tidu"


def starts(rows: Iterable[AnyRow]) -> list[AnyRow]:
    """Plans for the days to start on, as days of their own: programs drop the alarms of a calendar subscribed to."""
    return [
        {
            "uid": f"start-{row['firm_id']}-{row['duty']}-{row['period']}",
            "on": row["start_by"],
            "name": row["name"],
            "what": f"开工 start {row['duty_zh']}（{row['due_on']}）",
        }
        for row in rows
        if row["start_by"] is not None and row["start_by"] != row["due_on"]
    ]


def _event(row: AnyRow, moment: datetime) -> Event:
    event = Event()
    event.add("uid", uid_of(row))
    event.add("dtstamp", moment)
    event.add("last-modified", moment)
    event.add("sequence", int((moment - EPOCH).total_seconds()))
    event.add("dtstart", row["due_on"])
    event.add("dtend", row["due_on"] + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", f"{row['name']}：{row['duty_zh']}")
    event.add("description", _description(row))
    event.add("categories", [row["designation_zh"], row["owner_role_zh"]])
    for day in _alarm_days(row):
        event.add_component(_alarm(day, row))
    return event


def _plan(plan: AnyRow, moment: datetime) -> Event:
    event = Event()
    event.add("uid", f"{plan['uid']}@tidu")
    event.add("dtstamp", moment)
    event.add("dtstart", plan["on"])
    event.add("dtend", plan["on"] + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", f"{plan['name']}：{plan['what']}")
    return event


def _alarm_days(row: AnyRow) -> list[date]:
    """The day to start on and the last working day, in order."""
    return sorted({day for day in (row["start_by"], row["last_working_on"]) if day is not None})


def _alarm(day: date, row: AnyRow) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", day - row["due_on"] + MORNING)
    alarm.add("description", f"{row['name']}：{row['duty_zh']}（{row['due_on']}）")
    return alarm


def _description(row: AnyRow) -> str:
    incubator = f" · {row['incubator']}" if row["incubator"] else ""
    lines = [
        f"{row['duty_zh']} {row['duty_en']}",
        f"截止 due {row['due_on']} · 开工 start by {row['start_by'] or '–'} · {row['state_zh']} {row['state_en']}",
        f"责任 owner: {row['owner_role_zh']} {row['owner_role_en']}{incubator}",
        f"步骤 steps: {row['steps_zh']}\n{row['steps_en']}",
        f"逾期 if missed: {row['missed_zh']} {row['missed_en']}（{row['missed_document']}）",
        f"依据 source: {' '.join(filter(None, (row['document'], row['clause'])))}",
    ]
    notes = [f"注意 note: {row['note_zh']} {row['note_en']}"] if row["note_zh"] else []
    return "\n".join([*lines, *notes])
