"""What people say of names, firms and units touches what it is about, and a part knows it, as it knows the past."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from tiny_zone import TinyZone, code
from whole_and_part import Tables, same, tables, whole_run, zone
from whole_job import DAY, run_steps
from work_zone import by, home_of, pdf

from service.decisions import applications, assignments, case_undo, contests, joins
from service.decisions.assignments import Officers
from service.decisions.contests import Claim
from warehouse.casebook.events import Event
from warehouse.casebook.statements import Casebook
from warehouse.database.build import Build, Snapshot
from warehouse.home import Home
from warehouse.odds import history
from warehouse.quality.unit_guard import factors
from warehouse.release import releases
from warehouse.rule_exchange import exchange

pytestmark = pytest.mark.rule("whole-equals-part")

STRANGER, OTHER_STRANGER = "之江第一量子研究所", "钱塘第二光子研究所"
THE_THIRD, THE_FOURTH = "之江第三声学研究所", "钱塘第四力学研究所"
"""As these two; the firm of the first is restated while it is joined, that of the second is not."""
NOW = datetime(2026, 7, 1, tzinfo=UTC)
FIRMS = 150


GRANTED = {"2022-12-01": range(60, 72), "2023-12-01": range(72, 84), "2025-12-15": range(60, 90)}
"""High-tech enterprises by list, beside that of 2024-12-01: with the reports of 2023 four year ends of history."""


def name_of(number: int) -> str:
    return f"杭州第{number}号科技有限公司"


def fill(folder: Path) -> TinyZone:
    filled = zone(folder, firms=FIRMS)
    strangers = [(name,) for name in (STRANGER, OTHER_STRANGER, THE_THIRD, THE_FOURTH)]
    filled.recognition("高新技术企业名单", "2025-12-01", "公告", *strangers, (name_of(12),), (name_of(13),))
    rows = [{"uscc": n, "name": name_of(n), "revenue": -5 - n} for n in (4, 5, 6)]
    filled.yearly(2025, *rows, note="_更正")
    filled.yearly(2023, *[{"uscc": n, "name": name_of(n), "revenue": 900 + 7 * n} for n in range(60, 109)])
    for day, firms in GRANTED.items():
        filled.recognition("高新技术企业名单", day, "公告", *[(name_of(n),) for n in firms])
    return filled


@pytest.fixture
def tiny(run_once: Callable[..., TinyZone]) -> TinyZone:
    """A zone that was run, with a title of somebody whom no rule knows, three rows that wait, and a past."""
    return run_once("hundred-and-fifty-firms", fill)


def restated(tiny: TinyZone, number: int, note: str) -> None:
    row = {"uscc": number, "name": name_of(number), "revenue": 9999}
    tiny.yearly(2025, row, note=note)


def news_of_the_past(tiny: TinyZone) -> None:
    """The first report of a firm for its year, a correction, a list that came late, and a title that was withdrawn."""
    tiny.yearly(2023, {"uscc": 115, "name": name_of(115), "revenue": 5000}, note="_补报")
    tiny.yearly(2024, {"uscc": 63, "name": name_of(63), "revenue": 99}, note="_更正")
    tiny.recognition("高新技术企业名单", "2023-12-20", "公告", (name_of(101),))
    tiny.recognition("高新技术企业名单", "2024-06-01", "取消", (name_of(74),))


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """For how many firms each day of the history of odds was computed."""
    firms: list[int] = []
    original = history._add_day

    def add_day(build: Build, *rest: Any) -> None:
        firms.append(build.value("select count(*) from core_firm"))
        original(build, *rest)

    monkeypatch.setattr(history, "_add_day", add_day)
    return firms


def assert_firms_without_news_keep_their_history(released: Tables, computed: list[int]) -> None:
    assert 0 < min(computed) < FIRMS
    assert len(released["core_firm__past"]) >= 4 * FIRMS
    assert any("rate" in row or "model" in row for row in released["core_odds__basis"])
    assert len(released["core_firm__odds"]) > 0


SIGNED: dict[str, Any] = {"by": "李四", "why": "查了营业执照", "now": NOW}
"""Who decides, why and when."""


def titles_of(tiny: TinyZone) -> list[int]:
    """How many titles the firms have that the decisions are about."""
    with Snapshot.open(releases.current(Home(tiny.home))) as con:
        firms = con.column("select firm_id from core_title where designation = 'hnte'")
    return [firms.count(code(number)) for number in (15, 19, 20, 21, 12, 13)]


def a_report(tiny: TinyZone, number: int) -> str:
    """The address of the report of 2025."""
    with Snapshot.open(releases.current(Home(tiny.home))) as con:
        ((subject,),) = con.execute(
            "select 'zone__yearly/' || delivery_id || '/' || sheet || '/' || row_no from raw_zone__yearly"
            " where uscc = $1 and year = '2025'",
            [code(number)],
        ).fetchall()
    return str(subject)


def a_row(tiny: TinyZone, name: str) -> str:
    with Snapshot.open(releases.current(Home(tiny.home))) as con:
        ((mention,),) = con.execute("select mention_id from core_mention where name = $1", [name]).fetchall()
    return str(mention)


def rows_that_wait(tiny: TinyZone) -> list[str]:
    """Their addresses, in the order of their firms."""
    with Snapshot.open(releases.current(Home(tiny.home))) as con:
        return con.column("select address from quarantine where rule_id = 'A01' order by row_no")


def on_row(casebook: Casebook, kind: str, subject: str, value: str = "", withdraws: int | None = None) -> int:
    """Decide about a row; the number of the statement."""
    content = {"value": value} if value else {}
    signed = {"by": "王", "why": "电话核实", "now": NOW}
    return casebook.record(f"quarantine_{kind}", subject, content, withdraws=withdraws, **signed).statement_id


def work_on_cases(home: Home, folder: Path) -> Event:
    """Owners of two firms, an application of one and a contest of the other; the first event."""
    first = assignments.assign(home, code(30), Officers("王"), by())
    assignments.assign(home, code(31), Officers("钱"), by())
    number = applications.open_(home, code(31), "hnte", by()).name
    applications.file(home, number, DAY, "GQ-1", by())
    contests.add(home, Claim(code(30), "revenue_y0", "5200万元"), [pdf(folder)], by())
    return first


def owners(home: Home) -> list[tuple[str, str, str]]:
    with Snapshot.open(releases.current(home)) as con:
        return con.tuples(
            "select firm_id, officer, acting from mart_movers__firms where officer is not null order by 1"
        )


def test_decisions_and_their_withdrawal_are_a_part_and_hold_while_their_firms_change(
    tiny: TinyZone, tmp_path: Path, merged: list[Path], computed: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a name, a row, a link and a unit; of each one is withdrawn and another stays, so that one run shows both.

    Of those that stay some firms are restated and others are not, and of those that are withdrawn too.

    Rows that wait are corrected, accepted, undone; one that is corrected to another firm's code touches both firms.
    Work on cases is done beside it, and undone with it. With that come news of the past.
    """
    home = home_of(tiny)
    work = work_on_cases(home, tmp_path)
    casebook = Casebook(Home(tiny.home))
    corrected, moved, accepted = rows_that_wait(tiny)
    first = on_row(casebook, "correct", f"{corrected}/revenue", "5")
    on_row(casebook, "correct", f"{moved}/revenue", "6")
    on_row(casebook, "correct", f"{moved}/uscc", code(8))
    on_row(casebook, "accept", f"{accepted}/A01/revenue")
    auditor: dict[str, Any] = {"by": "王五", "why": "核对审计报告", "now": NOW}
    to_withdraw = [
        joins.join(Home(tiny.home), STRANGER, code(15), **SIGNED),
        joins.join(Home(tiny.home), a_row(tiny, THE_FOURTH), code(21), **SIGNED),
        joins.part(Home(tiny.home), a_row(tiny, name_of(12)), code(12), **SIGNED),
        joins.link(Home(tiny.home), code(22), "merged_into", code(23), date(2025, 3, 1), **SIGNED),
        factors.confirm(casebook, a_report(tiny, 18), 3, **auditor),
    ]
    joins.join(Home(tiny.home), a_row(tiny, OTHER_STRANGER), code(19), **SIGNED)
    joins.join(Home(tiny.home), THE_THIRD, code(20), **SIGNED)
    joins.part(Home(tiny.home), a_row(tiny, name_of(13)), code(13), **SIGNED)
    joins.link(Home(tiny.home), code(16), "merged_into", code(17), date(2025, 3, 1), **SIGNED)
    factors.confirm(casebook, a_report(tiny, 24), 3, **auditor)
    run_steps(tiny.home, tiny.inbox)

    assert len(merged) == 1
    assert titles_of(tiny) == [1, 1, 1, 1, 0, 0]
    assert owners(home) == [(code(30), "王", "王"), (code(31), "钱", "钱")]

    for number in (15, 17, 19, 20):
        restated(tiny, number, f"_更正{number}")
    on_row(casebook, "correct", f"{corrected}/uscc", code(9))
    on_row(casebook, "correct", f"{corrected}/revenue", withdraws=first)
    on_row(casebook, "reject", "zone__yearly/nowhere/Sheet1/9")
    for statement in to_withdraw:
        casebook.record(
            statement.kind,
            statement.subject,
            statement.content,
            by="李四",
            why="查错了",
            now=NOW,
            withdraws=statement.statement_id,
        )
    assignments.take_leave(home, "钱", DAY, DAY, "李", by())
    case_undo.undo(home, work.seq, by="王", why="误", now=NOW)
    news_of_the_past(tiny)
    computed.clear()
    run_steps(tiny.home, tiny.inbox)

    assert len(merged) == 2
    assert owners(home) == [(code(31), "钱", "李")]
    assert titles_of(tiny) == [0, 1, 1, 0, 1, 0]
    assert_firms_without_news_keep_their_history(released := tables(tiny.home), computed)
    monkeypatch.setattr(exchange, "ROWS_AT_ONCE", 60)  # rules and odds in shares of some firms
    same(released, whole_run(tiny.home, tmp_path / "whole", tiny.inbox, buckets=2))
