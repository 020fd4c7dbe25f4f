"""Alerts: each kind is triggered, goes to whom it concerns and no further, keeps its rhythm, is never sent twice."""

import email
import shutil
from datetime import UTC, date, datetime, timedelta
from email.policy import default
from pathlib import Path

import pytest
from clocks import Clock

from service.alerts import current, outbox, triggers
from service.alerts.mail import mail_bytes
from service.alerts.rules import Definition, definitions
from service.alerts.sent import Sent, keep, sent_to
from service.alerts.triggers import TRIGGERS, Item
from service.people.installation import People
from service.scope import Scope, roles, single_user
from warehouse.casebook.book import Book
from warehouse.casebook.events import Draft
from warehouse.database.build import Build
from warehouse.home import Home
from warehouse.release import releases
from warehouse.release.releases import Published

NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)
TODAY = NOW.date()


def items(home: Home, scope: Scope, name: str, today: date = TODAY, people: People | None = None) -> list[Item]:
    """What gives an alert to somebody."""
    with current.asked_for(home, people or People(home, Clock()), scope, today) as readers:
        return triggers.items_of(readers, name, definitions()[name])


def definition(name: str) -> Definition:
    return definitions()[name]


def test_every_alert_has_a_trigger_an_action_and_people_it_is_for() -> None:
    assert definitions().keys() == TRIGGERS.keys()
    for entry in definitions().values():
        assert set(entry.to) <= roles().keys()
        assert entry.action.zh
        assert entry.because.en
        assert entry.page.startswith("/")


@pytest.mark.parametrize("step", [30, 14, 7])
def test_the_day_to_start_is_told_at_each_step_before(released: Home, published: Published, step: int) -> None:
    (row,) = published.rows(
        "select firm_id, duty, period, start_by from mart_firm__due where state = 'open' and owner = 'officer'"
        " and start_by > '2026-08-20' order by start_by, firm_id limit 1"
    )
    day = next(
        day
        for day in (row["start_by"] - timedelta(days=back) for back in range(60))
        if triggers.left("CN-3301", day, row["start_by"]) == step
    )
    keys = {item.key for item in items(released, single_user(), "start_by", day)}
    assert f"{row['firm_id']}|{row['duty']}|{row['period']}|{step}" in keys
    if step == 30:
        before = items(released, single_user(), "start_by", day - timedelta(days=3))
        assert row["firm_id"] not in {item.firm_id for item in before if item.on == row["start_by"]}


def test_a_firm_that_newly_meets_is_told_once_two_runs_say_so(
    own_home: Home, published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert items(own_home, single_user(), "newly_eligible") == []  # there is no release before
    earlier = own_home.releases / "earlier.duckdb"
    shutil.copy(releases.current(own_home), earlier)
    (row,) = published.rows(
        "select firm_id from mart_movers__signals where signal = 'eligible_not_applied' order by 1 limit 1"
    )
    with Build.open(earlier) as build:
        build.execute("delete from mart_movers__signals where firm_id = $1", [row["firm_id"]])
    monkeypatch.setattr(triggers.releases, "before", lambda _home, _run: earlier)
    raised = items(own_home, single_user(), "newly_eligible")
    assert raised
    assert row["firm_id"] not in {item.firm_id for item in raised}
    assert len({item.key for item in raised}) == len(raised)


@pytest.mark.parametrize(("name", "signals"), [
    ("margin_thin", ["margin_thin"]), ("stalled", ["plateau", "slowed", "near_miss_for_years"]),
])  # fmt: skip
def test_signals_are_told_with_their_sentence(
    released: Home, published: Published, name: str, signals: list[str]
) -> None:
    rows = published.rows(
        "select distinct firm_id, reason_zh from mart_movers__signals where list_contains($1, signal)", [signals]
    )
    assert rows
    raised = items(released, single_user(), name)
    assert {item.firm_id for item in raised} == {row["firm_id"] for row in rows}
    assert {item.zh for item in raised} <= {row["reason_zh"] for row in rows}


def test_late_feeds_and_a_full_quarantine_are_told_to_who_runs_the_zone(released: Home) -> None:
    for role, kind in (("statistician", "zone"), ("administrator", "zone")):
        raised = items(released, Scope("周", role, kind), "feed_late")  # type: ignore[arg-type]
        assert raised
        assert all(item.firm_id is None for item in raised)
    assert items(released, Scope("周", "statistician", "own"), "feed_late") == []
    assert items(released, Scope("周", "officer", "zone"), "feed_late") == []


def test_a_held_release_is_told(own_home: Home) -> None:
    assert items(own_home, single_user(), "gate_held") == []
    own_home.held.mkdir(exist_ok=True)
    shutil.copy(releases.current(own_home), path := own_home.held / "20260702-000000-aaaa.duckdb")
    with Build.open(path) as build:
        build.execute("update run set run_id = $1", [path.stem])
    assert len(items(own_home, Scope("周", "administrator", "zone"), "gate_held")) == 1
    assert items(own_home, Scope("周", "director", "zone"), "gate_held") == []


def contest_of(home: Home, firm: str) -> None:
    content = {
        "firm": firm, "fact": "revenue_fen_y0", "claimed": "5200万元", "cell": "zone__yearly/1//2/revenue",
        "value": "5200", "value_before": "520", "proofs": [], "effects": [], "run_id": "r",
        "raised_on": "2026-06-20", "due_on": "2026-06-26",
    }  # fmt: skip
    Book(home).append([Draft("contest:c1", "contest.raised", content, "少写一位")], by="李娜", now=NOW)


def test_a_contest_past_its_clock_is_told_every_day_until_it_is_decided(own_home: Home, published: Published) -> None:
    (row,) = published.rows("select min(firm_id) as firm_id from core_firm")
    contest_of(own_home, row["firm_id"])
    scope = Scope("赵", "director", "zone")
    assert items(own_home, scope, "contest_unanswered", date(2026, 6, 26)) == []
    first = items(own_home, scope, "contest_unanswered")
    second = items(own_home, scope, "contest_unanswered", TODAY + timedelta(days=1))
    assert [item.firm_id for item in first] == [row["firm_id"]]
    assert first[0].key != second[0].key
    assert items(own_home, Scope("赵", "director", "own"), "contest_unanswered") == []
    assert items(own_home, Scope("李", "officer", "zone"), "contest_unanswered") == []


def test_who_exported_before_a_revision_is_told(own_home: Home) -> None:
    people = People(own_home, clock := Clock())
    for name in ("赵", "钱"):
        people.accounts.create(name, "director", "zone", by="root", why="开户")
    current = releases.current(own_home)
    shutil.copy(current, own_home.releases / "earlier.duckdb")
    (run,) = Published(own_home).rows("select published_at from run")
    with Build.open(own_home.releases / "earlier.duckdb") as build:
        build.execute("update mart_run__summary set published_at = published_at - interval 2 day")
    with Build.open(current) as build:
        build.execute("drop table mart_run__gate")
        build.execute(
            "create table mart_run__gate as select 'data' as cause, '数据' as zh, 'data' as en,"
            " 'earlier' as against_run, 7 as changed_firms, 150 as firms_from, 0.1 as share_max, 1 as firms_min,"
            " false as is_over, '' as why_zh, '' as why_en"
        )
    clock.now = run["published_at"] - timedelta(days=1)
    people.accesses.record("exported", "list:movers", who="赵", role="director")
    clock.now = run["published_at"] + timedelta(hours=1)
    people.accesses.record("exported", "list:movers", who="钱", role="director")

    def revised(name: str) -> list[Item]:
        return items(own_home, Scope(name, "director", "zone"), "figure_revised", people=people)

    assert [("7" in item.zh, item.firm_id) for item in revised("赵")] == [(True, None)]
    assert revised("钱") == []  # after the revision


@pytest.mark.parametrize(("rhythm", "days"), [("immediate", 0), ("daily", 1), ("weekly", 7), ("monthly", 31)])
def test_a_rhythm_holds(rhythm: str, days: int) -> None:
    monday = date(2026, 6, 1)
    sent = Sent({}, {"x": monday})
    assert sent.is_time("x", rhythm, monday + timedelta(days=days))  # type: ignore[arg-type]
    if days:
        assert not sent.is_time("x", rhythm, monday + timedelta(days=max(days - 3, 0)))  # type: ignore[arg-type]
    assert Sent({}, {}).is_time("x", rhythm, monday)  # type: ignore[arg-type]


def test_what_was_told_is_kept_and_never_told_again(own_home: Home) -> None:
    keep(own_home, {"李娜": {"stalled": ["a", "b"]}, "王伟": {}}, TODAY, NOW)
    sent = sent_to(own_home, "李娜")
    assert [item.key for item in sent.fresh("stalled", [Item("a", "", ""), Item("c", "", "")])] == ["c"]
    assert not sent.is_time("stalled", "monthly", TODAY + timedelta(days=2))
    assert sent_to(own_home, "王伟").keys == {}


def mail(path: Path) -> tuple[str, str]:
    message = email.message_from_bytes(path.read_bytes(), policy=default)
    return str(message["Subject"]), str(message.get_content())  # type: ignore[attr-defined]


@pytest.mark.rule("an account sees only its scope")
def test_each_account_gets_one_mail_of_its_own_firms_and_none_the_second_time(
    own_home: Home, published: Published
) -> None:
    rows = published.rows(
        "select signal.firm_id, firm.name from mart_movers__signals as signal inner join core_firm as firm"
        " using (firm_id) where signal = 'margin_thin' order by 1"
    )
    firms = list(dict.fromkeys((row["firm_id"], row["name"]) for row in rows))
    people = People(own_home, Clock())
    people.accounts.create("李娜", "officer", "own", by="root", why="开户")
    people.accounts.create("王伟", "officer", "own", by="root", why="开户")
    people.accounts.create("管理员", "admin", "zone", by="root", why="开户")
    content = {"firm": firms[0][0], "owner": "李娜", "deputy": None, "since": "2026-07-01"}
    Book(own_home).append([Draft(f"assignment:{firms[0][0]}", "assignment.made", content, "分工")], by="root", now=NOW)

    written = outbox.write(own_home, people, TODAY, NOW)
    again = outbox.write(own_home, people, TODAY, NOW)
    tomorrow = outbox.write(own_home, people, TODAY + timedelta(days=1), NOW)

    assert {entry.account for entry in written} == {"李娜", "管理员"}
    assert again == []
    assert "李娜" not in {entry.account for entry in tomorrow} or all(
        "margin_thin" not in entry.counts for entry in tomorrow
    )
    texts = {entry.account: mail(entry.path)[1] for entry in written}
    assert firms[0][1] in texts["李娜"]
    assert not any(name in text for _, name in firms[1:] for text in texts.values() if name != firms[0][1])
    assert "To do" in texts["李娜"]
    assert all(row["name"] not in texts["管理员"] for row in rows)
    assert written[0].path.parent == own_home.outbox / "2026-07-01"


def test_a_long_alert_lists_its_ceiling_and_counts_the_rest(tmp_path: Path) -> None:
    entry = definition("stalled")
    many = [Item(str(n), f"原因{n:03}", f"reason {n:03}", name="某公司") for n in range(entry.at_most + 7)]
    path = tmp_path / "mail.eml"
    path.write_bytes(mail_bytes("李娜\r\nBcc: x@y", TODAY, [current.Alert("stalled", entry, many, many, is_time=True)]))
    subject, text = mail(path)
    assert subject.endswith(f"1 · {len(many)}")
    assert "另有 7 项" in text
    assert "and 7 more" in text
    assert text.count("某公司") == 2 * entry.at_most
    assert b"\nBcc:" not in path.read_bytes()


def test_a_mail_is_the_same_bytes_for_the_same_day(own_home: Home, tmp_path: Path) -> None:
    twin = Home(Path(shutil.copytree(own_home.root, tmp_path / "twin")))
    (first,) = outbox.write(own_home, People(own_home, Clock()), TODAY, NOW)
    (second,) = outbox.write(twin, People(twin, Clock()), TODAY, NOW + timedelta(hours=3))
    assert first.path.read_bytes() == second.path.read_bytes()
