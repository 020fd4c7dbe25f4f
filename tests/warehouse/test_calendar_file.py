"""Calendar files: RFC 5545 read back by two parsers, the same bytes for a release, the same events in the next one."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import vobject
from icalendar import Calendar

from warehouse.outputs.calendar_file import calendar_bytes, uid_of

pytestmark = pytest.mark.rule("answers-agree")

MOMENT = datetime(2026, 6, 30, 18, 30, 15, 999, tzinfo=UTC)
NAME = "杭州,甲;乙\\丙\n有限公司" + "长" * 60
ROW: dict[str, Any] = {
    "firm_id": "91330106MA01000169",
    "name": NAME,
    "duty": "hnte.annual_report",
    "period": "2026",
    "due_on": date(2026, 5, 31),
    "start_by": date(2026, 5, 18),
    "last_working_on": date(2026, 5, 29),
    "designation_zh": "高新技术企业",
    "duty_zh": "报送上一年度发展情况报表",
    "duty_en": "report on the year before",
    "state_zh": "待办",
    "state_en": "open",
    "owner_role_zh": "统计员",
    "owner_role_en": "statistician",
    "incubator": "云栖孵化器",
    "steps_zh": "索取数据 5 个工作日；填报 2 个工作日",
    "steps_en": "ask for figures: 5 working days; file it: 2 working days",
    "missed_zh": "计一次未填报",
    "missed_en": "counts as one report missed",
    "missed_document": "国科发火〔2016〕32号 第十三条",
    "document": "国科发火〔2016〕32号",
    "clause": "第十三条",
    "note_zh": "当日为休息日",
    "note_en": "a day of rest",
}
FULL = calendar_bytes([ROW, {**ROW, "period": "2027", "start_by": None, "incubator": None, "note_zh": ""}], MOMENT)


def test_lines_end_and_fold_as_the_standard_says() -> None:
    assert FULL.endswith(b"END:VCALENDAR\r\n")
    lines = FULL.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(b"\n" not in line and b"\r" not in line for line in lines)
    FULL.decode("utf-8")
    for line in lines:  # no character is cut in two
        line.decode("utf-8")


def test_icalendar_reads_back_what_was_written() -> None:
    calendar = Calendar.from_ical(FULL)
    first, second = calendar.walk("VEVENT")

    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
    assert str(first["SUMMARY"]) == f"{NAME}：报送上一年度发展情况报表"
    assert (first.decoded("DTSTART"), first.decoded("DTEND")) == (date(2026, 5, 31), date(2026, 6, 1))
    assert first.decoded("DTSTAMP") == MOMENT.replace(microsecond=0)
    assert "云栖孵化器" in first["DESCRIPTION"]
    assert "注意 note: 当日为休息日 a day of rest" in first["DESCRIPTION"]
    assert "注意" not in second["DESCRIPTION"]
    alarms = [alarm.decoded("TRIGGER") for alarm in first.walk("VALARM")]
    # at nine on 18 and 29 May, counted from the midnight with which 31 May begins
    assert alarms == [timedelta(days=-13, hours=9), timedelta(days=-2, hours=9)]
    assert len(second.walk("VALARM")) == 1
    assert calendar.errors == first.errors == []


def test_a_second_parser_reads_the_same() -> None:
    calendar = vobject.readOne(FULL.decode("utf-8"))
    first = calendar.vevent_list[0]

    assert [event.uid.value for event in calendar.vevent_list] == [
        "91330106MA01000169-hnte.annual_report-2026@tidu",
        "91330106MA01000169-hnte.annual_report-2027@tidu",
    ]
    assert (first.summary.value, first.dtstart.value) == (f"{NAME}：报送上一年度发展情况报表", date(2026, 5, 31))
    assert [alarm.action.value for alarm in first.valarm_list] == ["DISPLAY", "DISPLAY"]
    assert first.valarm_list[0].trigger.value == timedelta(days=-13, hours=9)


def test_the_same_release_gives_the_same_bytes() -> None:
    assert calendar_bytes([ROW], MOMENT) == calendar_bytes([dict(ROW)], MOMENT.astimezone())


def test_a_later_release_updates_the_event_whose_day_has_moved() -> None:
    moved = {**ROW, "due_on": date(2026, 6, 1), "name": "改名后有限公司"}
    (before,), (after,) = (
        Calendar.from_ical(calendar_bytes([row], moment)).walk("VEVENT")
        for row, moment in ((ROW, MOMENT), (moved, MOMENT + timedelta(days=1)))
    )

    assert before["UID"] == after["UID"] == uid_of(moved)
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.decoded("DTSTAMP") > before.decoded("DTSTAMP")


@pytest.mark.parametrize("rows", [[]])
def test_a_calendar_without_events_is_a_calendar(rows: list[Any]) -> None:
    assert Calendar.from_ical(calendar_bytes(rows, MOMENT)).walk("VEVENT") == []
