"""The items of each alert for an account now, from the release in their scope and the casebook."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.alerts.rules import Definition
from service.casework.day import Day
from service.people.access import Accesses
from service.queries.release.tables import has_view
from service.queries.today.today_rules import today_rules
from service.scope import LOCAL, Scope
from tiers.messages.counted import counted
from tiers.messages.late_feed import with_reasons
from warehouse.errors import ReleaseUnreadable
from warehouse.home import Home
from warehouse.machine.clock import as_text
from warehouse.models.working_days import day_after, left
from warehouse.release import releases
from warehouse.release.desk.desk import Kind, ZoneSnapshot, open_desk
from warehouse.release.held import held
from warehouse.release.releases import Reader
from warehouse.rows import Row

_DUE = """
    select firm_id, name, duty, period, duty_zh, duty_en, designation_zh, designation_en, start_by, due_on
    from desk_firm__due
    where state = 'open' and owner = $1 and start_by between $2 and $3
        and ($4::varchar[] is null or list_contains($4::varchar[], firm_id))
    order by start_by, due_on, firm_id, duty, period
"""
_GIVEN = """
    select given.firm_id, firm.name, given.signal, given.designation, given.condition_id, given.due_on, given.reason_zh,
        given.reason_en
    from desk_movers__signals as given inner join desk_movers__firms as firm on given.firm_id = firm.firm_id
    where list_contains($1::varchar[], given.signal)
        and ($2::varchar[] is null or list_contains($2::varchar[], given.firm_id))
    order by given.signal_seq, given.firm_id, given.designation
"""
_BEFORE = "select distinct firm_id, designation from desk_movers__signals where list_contains($1::varchar[], signal)"
_LATE = (
    "select feed, zh, en, state, covered_until, expected_by, late_after, days_late, designations, designations_zh,"
    " designations_en, firms_undecided"
    " from desk_today__late_feeds where state = 'late' order by days_late desc, feed"
)
_WAITING = (
    "select count(distinct (delivery_id, sheet, row_no)) as n from desk_today__quarantine"
    " where severity in ('reject', 'quarantine', 'hold') and decision is null"
)
_REVISED = (
    "select cause, zh, en, against_run, changed_firms from desk_today__gate"
    " where changed_firms > 0 and list_contains($1::varchar[], cause) order by cause"
)
_RUN = "select run_id, day, published_at, place from desk_run__summary"


@dataclass(frozen=True)
class Item:
    """An item of an alert; its ``key`` is stable over runs."""

    key: str
    zh: str
    en: str
    firm_id: str | None = None
    name: str | None = None
    on: date | None = None


@dataclass(frozen=True)
class AlertContext:
    """The recipient, and the readers: of the own scope, and of the zone for what names no firm."""

    home: Home
    scope: Scope
    reader: Reader
    zone: Reader
    today: date
    accesses: Accesses | None = None

    @property
    def firms(self) -> list[str] | None:
        """The own firms of an officer who has some; None for all of the scope."""
        own = Day(self.home, self.reader, self.today, self.scope.who).own_firms()
        return own if own and self.scope.role == "officer" else None

    @property
    def run(self) -> Row:
        """The release: run, day, moment, place."""
        return self.zone.rows(_RUN)[0]


def start_by(asked: AlertContext, definition: Definition) -> Iterator[Item]:
    """What is to be started within so many working days; a new key at each of the steps before."""
    steps = sorted(definition.trigger.working_days_before)
    owner = today_rules().due.owners[asked.scope.role]
    place = asked.run["place"]
    until = day_after(place, asked.today, steps[-1])
    for row in asked.reader.rows(_DUE, [owner, asked.today, until, asked.firms]):
        days = left(place, asked.today, row["start_by"])
        step = next((step for step in steps if days <= step), None)
        if step is not None:
            start, due, of_work = row["start_by"], row["due_on"], counted(days, "working day", "working days")
            zh = f"{row['designation_zh']}：{row['duty_zh']}；最迟 {start} 开工（余 {days} 个工作日），{due} 到期"
            en = f"{row['designation_en']}: {row['duty_en']}; start by {start} ({of_work}), due {due}"
            key = f"{row['firm_id']}|{row['duty']}|{row['period']}|{step}"
            yield Item(key, zh, en, row["firm_id"], row["name"], row["start_by"])


def signals(asked: AlertContext, definition: Definition) -> Iterator[Item]:
    """The signals of an alert; with ``successive_runs`` those that the release before gave as well."""
    wanted = list(definition.trigger.signals)
    known = _before(asked, wanted) if definition.trigger.successive_runs > 1 else None
    seen: set[str] = set()
    for row in asked.reader.rows(_GIVEN, [wanted, asked.firms]):
        pair = (row["firm_id"], row["designation"])
        key = "|".join(str(part) for part in (*pair, row["condition_id"] or "") if part is not None)
        if (known is None or pair in known) and key not in seen:
            seen.add(key)
            yield Item(key, row["reason_zh"], row["reason_en"], row["firm_id"], row["name"], row["due_on"])


def _before(asked: AlertContext, wanted: Sequence[str]) -> set[tuple[str, str]]:
    """The pairs of firm and title of which the release before gave one of these signals; none where it is gone."""
    path = releases.before(asked.home, asked.run["run_id"])
    if path is None or not path.is_file():
        return set()
    try:
        kind, keys = asked.scope.sees
        return _pairs(path, kind, keys, wanted)
    except ReleaseUnreadable:
        return set()


def _pairs(path: Any, kind: Kind, keys: Sequence[str], wanted: Sequence[str]) -> set[tuple[str, str]]:
    with closing(ZoneSnapshot.connect(path)) as snapshot, open_desk(snapshot, kind, keys) as desk:
        return {(row["firm_id"], row["designation"]) for row in desk.rows(_BEFORE, [list(wanted)])}


def feed_late(asked: AlertContext, definition: Definition) -> Iterator[Item]:
    """Feeds past their grace, and quarantine beyond its limit."""
    if has_view(asked.zone, "desk_today__late_feeds"):
        for row in with_reasons(asked.zone.rows(_LATE)):
            zh, en = f"{row['zh']}：{row['reason_zh']}", f"{row['en']}: {row['reason_en']}"
            yield Item(f"{row['feed']}|{row['expected_by']}", zh, en, on=row["expected_by"])
    waiting, limit = int(asked.zone.rows(_WAITING)[0]["n"]), definition.trigger.rows_waiting_more_than or 0
    if waiting > limit:
        zh, en = (
            f"隔离待办 {waiting} 行，超过 {limit} 行",
            f"{counted(waiting, 'row waits', 'rows wait')} in quarantine, more than {limit}",
        )
        yield Item(f"quarantine|{asked.run['run_id']}", zh, en)


def gate_held(asked: AlertContext, _: Definition) -> Iterator[Item]:
    """Releases that the publish gate holds."""
    for release in held(asked.home):
        zh = f"第 {release.run_id} 期（{release.day}）待定"
        yield Item(release.run_id, zh, f"run {release.run_id} of {release.day} waits to be accepted")


def contest_unanswered(asked: AlertContext, _: Definition) -> Iterator[Item]:
    """Contests past their clock, repeated every day until they are decided."""
    for row in Day(asked.home, asked.reader, asked.today, asked.scope.who).open_contests():
        if (row["left"] or 0) < 0:
            late, over = -row["left"], counted(-row["left"], "working day", "working days")
            zh = f"异议 {row['number']}：{row['about_zh']}，已超 {late} 个工作日"
            en = f"contest {row['number']}: {row['about_en']}, {over} past its clock"
            yield Item(f"{row['number']}|{asked.today}", zh, en, row["firm_id"], row["name"])


def figure_revised(asked: AlertContext, definition: Definition) -> Iterator[Item]:
    """What changed other than by the firms themselves since the release that the account exported from."""
    if asked.accesses is None or not has_view(asked.zone, "desk_today__gate"):
        return
    revised = asked.zone.rows(_REVISED, [list(definition.trigger.causes)])
    if revised and _exported(asked, revised[0]["against_run"]):
        run_id, firms = asked.run["run_id"], max(row["changed_firms"] for row in revised)
        causes = {
            lang: between.join(f"{row[lang]} {row['changed_firms']}" for row in revised)
            for lang, between in (("zh", "、"), ("en", ", "))
        }
        zh = f"第 {run_id} 期修订了你导出过的数：{causes['zh']}，最多 {firms} 家企业"
        most = counted(firms, "firm", "firms")
        yield Item(run_id, zh, f"run {run_id} revised figures that you exported: {causes['en']}; up to {most}")


def _exported(asked: AlertContext, against_run: str) -> bool:
    """Whether the user exported something while the release before was the current one."""
    path = releases.path_of(asked.home, against_run)
    if asked.accesses is None or not path.is_file():
        return False
    with closing(ZoneSnapshot.connect(path)) as snapshot:
        since = snapshot.rows(_RUN)[0]["published_at"]
    entries = asked.accesses.entries(who=asked.scope.who, kind="exported", since=since.date())
    return any(as_text(since) <= entry["at"] < as_text(asked.run["published_at"]) for entry in entries)


TRIGGERS: Mapping[str, Callable[[AlertContext, Definition], Iterator[Item]]] = {
    "start_by": start_by,
    "newly_eligible": signals,
    "margin_thin": signals,
    "stalled": signals,
    "feed_late": feed_late,
    "gate_held": gate_held,
    "contest_unanswered": contest_unanswered,
    "figure_revised": figure_revised,
}
"""The trigger of each alert of ``alerts.yml``."""


def items_of(asked: AlertContext, name: str, definition: Definition) -> list[Item]:
    """The items of an alert for an account; none where it is not for its role, or about a zone outside its scope."""
    if not definition.is_for(asked.scope.role):
        return []
    if definition.of_zone and asked.scope.kind != "zone" and asked.scope.role not in (LOCAL, "administrator"):
        return []
    return list(TRIGGERS[name](asked, definition))
