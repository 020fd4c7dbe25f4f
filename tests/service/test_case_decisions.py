"""Work on the cases of firms: visits, requests with a clock, tasks, applications; two officers on one case; undo."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tiny_zone import TinyZone
from work_zone import NOW, by, events, fill, firm, home_of

from service.decisions import case_undo, requests, tasks, visits
from service.decisions.case_events import BothVersions
from service.decisions.visits import Promise
from service.queries.cases.case import case, history
from service.queries.cases.case_lists import CaseFilters, listed
from warehouse.casebook.book import Book
from warehouse.casebook.folds import folds, task
from warehouse.errors import BadInput
from warehouse.home import Home

pytestmark = pytest.mark.rule("append-only")

TODAY = NOW.date()
RunOnce = Callable[..., TinyZone]


@pytest.fixture
def home(run_once: RunOnce) -> Home:
    """The home of three firms with a release."""
    return home_of(run_once("three-firms", fill))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def add_task(home: Home, what: str = "核对辅助账", **more: str) -> str:
    return tasks.add(home, firm(), what, by(**more)).name


def test_a_visit_keeps_the_promises_of_both_sides(home: Home) -> None:
    ours = [Promise("送政策包", date(2026, 7, 10)), Promise("约银行")]
    event = visits.record(
        home, firm(), TODAY, "看了车间", by(), ours=ours, theirs=[Promise("补交年报")], next_on=date(2026, 8, 1)
    )
    visits.keep(home, event.name, "ours", 2, TODAY, by("李"))

    (row,) = case(home, firm(), TODAY)["visits"]
    assert [(promise["what"], promise["kept_on"]) for promise in row["ours"]] == [
        ("送政策包", None),
        ("约银行", "2026-06-30"),
    ]
    assert (row["theirs"][0]["what"], row["next_on"], row["recorded_by"]) == ("补交年报", "2026-08-01", "王")


@pytest.mark.parametrize(
    ("visited_on", "note", "next_on"),
    [
        (date(2026, 7, 1), "看了车间", None),
        (TODAY, "  ", None),
        (TODAY, "看了车间", TODAY),
    ],
)
def test_a_visit_to_come_an_empty_one_and_a_next_date_before_it_are_refused(
    home: Home, visited_on: date, note: str, next_on: date | None
) -> None:
    with pytest.raises(BadInput):
        visits.record(home, firm(), visited_on, note, by(), next_on=next_on)
    assert events(home) == []


def test_a_promise_there_is_not_cannot_be_kept(home: Home) -> None:
    number = visits.record(home, firm(), TODAY, "看了车间", by()).name

    for side, place in (("ours", 1), ("theirs", 0), ("nobodys", 1)):
        with pytest.raises(BadInput):
            visits.keep(home, number, side, place, TODAY, by())


@pytest.mark.parametrize(
    ("raised_on", "due_on"),
    [
        ("2026-06-29", "2026-07-06"),  # a plain week
        ("2026-06-19", "2026-06-26"),  # the Dragon Boat day itself
        ("2026-06-18", "2026-06-26"),  # over the Dragon Boat day, a Friday
        ("2026-02-13", "2026-02-27"),  # over the Spring Festival: 14 February is worked, so is 28
        ("2025-12-31", "2026-01-08"),  # over the edge of the year: 4 January, a Sunday, is worked for 2 January
        ("2026-06-27", "2026-07-03"),  # a Saturday
    ],
)
def test_the_clock_of_a_request_is_five_working_days(home: Home, raised_on: str, due_on: str) -> None:
    event = requests.add(home, firm(), "要厂房", "用地", date.fromisoformat(raised_on), by())

    assert event.content["due_on"] == due_on


@pytest.mark.parametrize(
    ("today", "left"), [("2026-06-29", 5), ("2026-07-03", 1), ("2026-07-06", 0), ("2026-07-08", -2)]
)
def test_days_left_are_working_days_and_negative_once_past(home: Home, today: str, left: int) -> None:
    requests.add(home, firm(), "要厂房", "用地", date(2026, 6, 29), by())

    (row,) = listed(home, "request", date.fromisoformat(today), CaseFilters())
    assert (row["days_left"], row["is_calendar_known"], row["name"]) == (left, True, "杭州第1号科技有限公司")


def test_a_clock_that_ends_on_a_friday_is_past_on_the_saturday(home: Home) -> None:
    requests.add(home, firm(), "要厂房", "用地", date(2026, 6, 26), by())

    (row,) = listed(home, "request", date(2026, 7, 4), CaseFilters())
    assert (row["due_on"], row["days_left"]) == ("2026-07-03", -1)


def test_a_day_in_a_year_without_make_up_days_is_marked(home: Home) -> None:
    tasks.add(home, firm(), "年报", by(), due_on=date(2030, 5, 31))

    (row,) = listed(home, "task", TODAY, CaseFilters())
    assert row["is_calendar_known"] is False


def test_a_request_is_answered_before_it_is_closed(home: Home) -> None:
    number = requests.add(home, firm(), "要厂房", "用地", TODAY, by()).name
    with pytest.raises(BadInput):
        requests.close(home, number, "solved", by())
    requests.answer(home, number, "已约三处", by())
    with pytest.raises(BadInput):
        requests.close(home, number, "forgotten", by())
    requests.close(home, number, "solved", by("李"))
    with pytest.raises(BadInput):
        requests.answer(home, number, "再说", by())

    assert listed(home, "request", TODAY, CaseFilters()) == []
    (row,) = listed(home, "request", TODAY, CaseFilters(with_ended=True))
    assert (row["state"], row["result"], row["answer"], row["days_left"]) == ("closed", "solved", "已约三处", None)


def test_tasks_come_in_the_order_in_which_they_are_due_and_end(home: Home) -> None:
    free = add_task(home)
    late = tasks.add(home, firm(2), "年报", by(), due_on=date(2026, 9, 1)).name
    soon = tasks.add(home, firm(3), "备案", by(), due_on=date(2026, 7, 1), officer="赵").name

    assert [row["number"] for row in listed(home, "task", TODAY, CaseFilters())] == [soon, late, free]
    assert [row["number"] for row in listed(home, "task", TODAY, CaseFilters(officer="赵"))] == [soon]
    assert [row["number"] for row in listed(home, "task", TODAY, CaseFilters(firm=firm(2)))] == [late]

    tasks.postpone(home, soon, None, date(2026, 10, 1), by())
    tasks.done(home, late, "已报", by())
    tasks.drop(home, free, "不需要", by())
    assert [row["number"] for row in listed(home, "task", TODAY, CaseFilters())] == [soon]
    for ended in (late, free):
        with pytest.raises(BadInput):
            tasks.done(home, ended, "再报", by())


def test_a_task_that_starts_after_it_is_due_and_one_without_words_are_refused(home: Home) -> None:
    with pytest.raises(BadInput):
        tasks.add(home, firm(), "年报", by(), start_by=date(2026, 7, 2), due_on=date(2026, 7, 1))
    with pytest.raises(BadInput):
        tasks.add(home, firm(), " ", by())
    with pytest.raises(BadInput):
        tasks.add_due(home, firm(), "hnte", by())  # it holds no title, so nothing is due
    with pytest.raises(BadInput):
        tasks.add(home, "没有这家", "年报", by())


def test_the_same_form_sent_twice_is_one_event(home: Home) -> None:
    first = tasks.add(home, firm(), "年报", by(request="f1"))
    again = tasks.add(home, firm(), "年报", by(request="f1"))
    number = first.name
    done = tasks.done(home, number, "已报", by(request="f2"))
    done_again = tasks.done(home, number, "已报", by(request="f2"))

    assert (again, done_again) == (first, done)
    assert len(events(home)) == 2


def test_the_second_of_two_officers_sees_both_versions_and_nothing_is_kept_of_hers(home: Home) -> None:
    number = add_task(home)
    seen = Book(home).rows(task.TABLE)[0]["version"]
    tasks.done(home, number, "王已报", by("王", version=seen))

    with pytest.raises(BothVersions) as refused:
        tasks.drop(home, number, "李以为不需要", by("李", version=seen))

    assert [event.content["outcome"] for event in refused.value.events] == ["王已报"]
    assert refused.value.draft.content["outcome"] == "李以为不需要"
    assert all(words in str(refused.value) for words in ("王已报", "李以为不需要"))
    assert Book(home).rows(task.TABLE)[0]["outcome"] == "王已报"


def test_an_undo_restores_what_stood_before_and_only_the_newest_is_undone(home: Home) -> None:
    number = add_task(home)
    done = tasks.done(home, number, "已报", by())
    with pytest.raises(BadInput):
        case_undo.undo(home, done.seq - 1, by="王", why="误", now=NOW)

    case_undo.undo(home, done.seq, by="李", why="误点", now=NOW)

    (row,) = listed(home, "task", TODAY, CaseFilters())
    assert (row["state"], row["outcome"]) == ("open", None)
    for seq in (done.seq, done.seq + 1, 99):  # withdrawn already, the withdrawal itself, no event
        with pytest.raises(BadInput):
            case_undo.undo(home, seq, by="王", why="误", now=NOW)
    assert [(row["by"], row["is_withdrawn"]) for row in history(home, firm())] == [
        ("王", False),
        ("王", True),
        ("李", False),
    ]


def test_the_rows_of_all_cases_are_those_of_a_fold_anew(home: Home, tmp_path: Path) -> None:
    number = add_task(home)
    done = tasks.done(home, number, "已报", by())
    case_undo.undo(home, done.seq, by="李", why="误点", now=NOW)
    requests.add(home, firm(2), "要厂房", "用地", TODAY, by())
    visits.record(home, firm(3), TODAY, "看了车间", by(), ours=[Promise("送政策包")])

    from warehouse.casebook.appending import folded

    book = Book(home)
    streams: dict[str, list[object]] = {}
    for event in events(home):
        streams.setdefault(event.stream, []).append(event)
    anew = [row for events in streams.values() if (row := folded(events))]  # type: ignore[arg-type]
    kept = [row for fold in folds() for row in book.rows(fold.TABLE)]
    assert len(kept) == 3
    assert sorted(anew, key=lambda row: row["stream"]) == sorted(kept, key=lambda row: row["stream"])


def test_a_case_names_its_firm_and_that_nobody_owns_it(home: Home) -> None:
    answer = case(home, firm(2), TODAY)

    assert (answer["firm"]["name"], answer["owner"], answer["pool"]) == ("杭州第2号科技有限公司", None, None)
    with pytest.raises(BadInput):
        case(home, "没有这家", TODAY)
