"""Today: each block within the scope, up to its ceiling with the whole counted; a look; contacts; a month."""

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from service.case_rules import case_rules
from service.casework import CaseForm, Casework
from service.casework.changes_since import since
from service.casework.day import Day
from service.casework.last_seen import last_seen, mark_seen
from service.casework.month import month_of, weeks
from service.queries.movers.mover_list import MoverList
from service.queries.movers.movers import Filters
from service.queries.today.today_rules import today_rules
from service.queries.today.today_zone import FIGURES
from service.reader import ReleaseQueries, Service
from service.scope import LOCAL, Scope, roles, single_user
from service.today import AT_INCUBATOR, AT_OFFICE, Today
from warehouse.casebook.book import Book
from warehouse.casebook.events import Draft
from warehouse.casebook.folds import task, visit
from warehouse.database.build import Build
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release import releases
from warehouse.release.releases import Published

pytestmark = pytest.mark.rule("answers-agree")

NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)


def today_of(release: ReleaseQueries, scope: Scope) -> Today:
    return release.today(scope)


def service_of(home: Home) -> Service:
    return Service(home, lambda: NOW)


def named(today: Today) -> set[str]:
    """Every firm that the blocks of an officer and of a director name."""
    work, overview = today.work(AT_OFFICE + AT_INCUBATOR), today.overview()
    listings = [
        *work.calls.values(),
        *(listing for block in work.signals.values() for listing in block.values()),
        work.due,
    ]
    listings += [work.promises, work.replies, work.answered, work.since.against]
    rows = [row for listing in listings for row in listing.rows] + overview.asked + overview.contests
    return {row["firm_id"] for row in [*rows, *today.call_sheet()]}


def assign(home: Home, firms: list[str], owner: str) -> None:
    drafts = [
        Draft(f"assignment:{firm}", "assignment.made",
              {"firm": firm, "owner": owner, "deputy": None, "since": "2026-07-01"}, "分工")
        for firm in firms
    ]  # fmt: skip
    Book(home).append(drafts, by="root", now=NOW)


@pytest.fixture
def firms(published: Published) -> list[str]:
    """Firms with signals."""
    rows = published.rows("select distinct firm_id from mart_movers__signals order by 1 limit 60")
    return [row["firm_id"] for row in rows]


@pytest.mark.rule("default-deny", "an account sees only its scope")
def test_no_block_names_a_firm_of_others_and_own_firms_come_first(own_home: Home, firms: list[str]) -> None:
    own = firms[::4]
    assign(own_home, own, "李娜")
    service = service_of(own_home)
    for scope, theirs in (
        (Scope("李娜", "officer", "own", tuple(own)), set(own)),
        (Scope("李娜", "officer", "zone"), set(own)),
        (Scope("王伟", "incubator", "own"), set()),
    ):
        with service.release(scope) as release:
            today = today_of(release, scope)
            work = today.work(AT_OFFICE)
            assert {row["firm_id"] for listing in work.calls.values() for row in listing.rows} <= theirs
            assert work.is_mine == bool(theirs)
            if scope.kind == "own":
                assert named(today) <= theirs
    with service.release(Scope("李娜", "officer", "zone")) as release:
        today = today_of(release, Scope("李娜", "officer", "zone"))
        assert not today.work(AT_OFFICE, whole=True).is_mine
        assert {row["firm_id"] for row in today.call_sheet(whole=True)} - set(own)


def test_a_ceiling_holds_and_what_is_beyond_is_counted(released: Home, published: Published) -> None:
    with service_of(released).release(single_user()) as release:
        work = today_of(release, single_user()).work(AT_OFFICE)
        counted = {
            row["signal"]: row["n"]
            for row in published.rows("select signal, count(*) as n from mart_movers__signals group by all")
        }
        for block, by_signal in work.signals.items():
            for signal, listing in by_signal.items():
                assert listing.total == counted.get(signal, 0)
                assert len(listing.rows) == min(listing.total, today_rules().blocks[block].at_most)
        sheet = today_of(release, single_user()).call_sheet()
    asked = [question.signal for question in today_rules().calls.questions]
    assert len(sheet) == sum(counted.get(signal, 0) for signal in asked)
    assert [asked.index(row["signal"]) for row in sheet] == sorted(asked.index(row["signal"]) for row in sheet)
    assert all("{" not in row[f"question_{lang}"] for row in sheet for lang in ("zh", "en"))


def test_a_figure_is_what_its_link_lists(released: Home, published: Published) -> None:
    with service_of(released).release(single_user()) as release:
        figures = today_of(release, single_user()).overview().figures
    movers = MoverList(published, "firms")
    assert figures == {name: movers.count(Filters(**filters)) for name, filters in FIGURES.items()}
    assert min(figures.values()) > 0


def test_what_data_wait_for_is_the_zones(released: Home, published: Published) -> None:
    (row,) = published.rows(
        "select count(distinct (delivery_id, sheet, row_no)) as n from quarantine"
        " where severity in ('reject', 'quarantine', 'hold') and decision is null"
    )
    with service_of(released).release(single_user()) as release:
        doubts = today_of(release, single_user()).doubts()
    assert doubts.quarantine.total == row["n"] > 0
    assert doubts.units > 0
    assert doubts.names.total > 0
    scope = Scope("李娜", "statistician", "own")
    with service_of(released).release(scope) as release:
        narrow = today_of(release, scope).doubts()
    assert (narrow.quarantine.total, narrow.units, narrow.names.total, narrow.late_feeds.total) == (0, 0, 0, 0)


def test_what_changed_since_a_look_is_told_and_a_look_sets_it_anew(own_home: Home, firms: list[str]) -> None:
    current = releases.current(own_home)
    earlier = Home(own_home.root).releases / "earlier.duckdb"
    shutil.copy(current, earlier)
    with Build.open(earlier) as build:
        build.execute("delete from mart_movers__signals where firm_id = $1", [firms[0]])
        build.execute("update mart_movers__firms set held_zh = '某称号' where firm_id = $1", [firms[1]])
    with Published(own_home).desk("zone") as desk:
        rows = since(own_home, "earlier", desk, ("zone", ()), None)
        assert rows is not None
        assert [row["firm_id"] for row in rows] == [firms[1], firms[0]]
        assert rows[0]["moved"] == ["held"]
        assert rows[1]["signals"]
        assert since(own_home, "earlier", desk, ("zone", ()), [firms[0]]) == [rows[1]]
        assert since(own_home, "no-such-run", desk, ("zone", ()), None) is None

    scope = Scope("李娜", "officer", "zone")
    with service_of(own_home).release(scope) as release:
        today = today_of(release, scope)
        assert today.work(AT_OFFICE).since.seen is None
        assert today.work(AT_OFFICE).since.against.total > 0
        for _ in range(2):  # the same form twice
            release.casework(scope).mark_seen("a-form-number")
        assert [event.kind for event in Book(own_home).events(stream="today:李娜")] == ["today.seen"]
        seen = today.work(AT_OFFICE).since
        assert (seen.is_same_run, seen.rows) == (True, [])
        assert today.day.last_seen() is not None
        assert Day(own_home, release._reader, today.day.today, "王伟").last_seen() is None


def test_marks_of_older_casebooks_are_read(tmp_path: Path) -> None:
    home = Home(tmp_path)
    book = Book(home)
    stored = Draft("look:李娜", "look.seen", {"run_id": "before", "seq": 0}, "已看", request="1")
    book.append([stored], by="李娜", now=NOW)
    former = last_seen(home, "李娜")
    mark_seen(home, "李娜", "run", NOW, "1")  # the same form as before
    unchanged = last_seen(home, "李娜")
    mark_seen(home, "李娜", "run", NOW, "2")
    newest = last_seen(home, "李娜")

    assert former is not None
    assert former.run_id == "before"
    assert unchanged == former
    assert newest is not None
    assert newest.run_id == "run"


def work_of(home: Home, desk: object) -> Casework:
    return Casework(home, Scope("李娜", "officer", "zone"), desk, lambda: NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize("outcome", case_rules().contacts)
def test_a_contact_is_kept_with_its_next_day(own_home: Home, firms: list[str], outcome: str) -> None:
    with Published(own_home).desk("zone") as desk:
        work = work_of(own_home, desk)
        fields = {"outcome": outcome, "about": "应报未报", "note": "下周再问", "why": "电话"}
        assert not work.do(firms[0], CaseForm("contact", fields, "form-number-1")).is_repeat
        assert work.do(firms[0], CaseForm("contact", fields, "form-number-1")).is_repeat
        contacted = work.day().contacted()
        next_day = work.day().next_days()[outcome]
    assert contacted[firms[0]]["next_on"] == next_day.isoformat() > NOW.date().isoformat()
    fold = visit if outcome == "called" else task
    (row,) = Book(own_home).rows(fold.TABLE)
    assert "下周再问" in str(row)


def test_a_contact_without_an_outcome_is_refused(own_home: Home, firms: list[str]) -> None:
    with Published(own_home).desk("zone") as desk, pytest.raises(BadInput) as refused:
        work_of(own_home, desk).do(firms[0], CaseForm("contact", {"why": "电话"}, "form-number-1"))
    assert refused.value.zh == "请选择结果：已电话沟通、约定走访、未联系上"


def test_firms_that_were_contacted_come_last_and_are_marked(own_home: Home) -> None:
    scope = single_user()
    with service_of(own_home).release(scope) as release:
        first = today_of(release, scope).work(AT_OFFICE).calls["eligible_not_applied"].rows[0]["firm_id"]
        fields = {"outcome": "called", "about": "", "why": "电话"}
        release.casework(scope).do(first, CaseForm("contact", fields, "form-number-2"))
        sheet = [
            row["firm_id"] for row in today_of(release, scope).call_sheet() if row["signal"] == "eligible_not_applied"
        ]
        assert sheet[-1] == first
        assert first in today_of(release, scope).work(AT_OFFICE).contacted


def test_a_month_counts_what_its_days_list(released: Home, published: Published) -> None:
    (row,) = published.rows(
        "select min(due_on) as day from mart_firm__due where state = 'open' and due_on > '2026-07-01'"
    )
    with service_of(released).release(single_user()) as release:
        month = release.casework(single_user()).month()
        first = row["day"].replace(day=1)
        counts = month.counts(first, None)
        listed = month.rows((row["day"], row["day"]), None, 10_000)
        assert sum(counts[row["day"]].values()) == len(listed) > 0
        assert sum(month.counts(first, []).get(row["day"], {}).values()) == 0
        assert month.file(None).startswith(b"BEGIN:VCALENDAR")
    assert [week[0].weekday() for week in weeks(first)] == [0] * len(weeks(first))


@pytest.mark.parametrize("text", ["2026", "2026-13", "x"])
def test_a_month_that_is_none_is_refused(text: str) -> None:
    assert month_of("", date(2026, 7, 9)) == date(2026, 7, 1)
    with pytest.raises(BadInput, match="月份应写作"):
        month_of(text, date(2026, 7, 9))


def test_every_role_that_sees_firms_has_dues_of_its_own() -> None:
    assert set(today_rules().due.owners) == {
        name for name, role in roles().items() if "see" in role.rights and name != "pipeline"
    } | {LOCAL}
    assert timedelta(days=today_rules().due.start_within_days) > timedelta(days=30)
