"""A run that rebuilds only what new files touch gives the very tables of a run over everything."""

import random
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from tiny_zone import TinyZone, code
from whole_and_part import same, tables, whole_run, zone
from whole_job import run_steps

from warehouse.casebook.statements import Casebook
from warehouse.database import Build, Snapshot
from warehouse.errors import CheckStoppedRelease
from warehouse.home import Home
from warehouse.intake import load
from warehouse.release import releases
from warehouse.sample import write_sample

pytestmark = pytest.mark.rule("a run over what is new gives the tables of a run over everything")


def a_restated_year(tiny: TinyZone) -> None:
    tiny.yearly(2025, {"uscc": 3, "name": "杭州第3号科技有限公司", "revenue": 9999}, note="_更正")


def a_bad_row(tiny: TinyZone) -> None:
    tiny.yearly(2025, {"uscc": 4, "name": "杭州第4号科技有限公司", "revenue": -5}, note="_更正")


def a_renamed_firm_and_a_namesake(tiny: TinyZone) -> None:
    tiny.registry((5, "杭州新名科技有限公司", "杭州第5号科技有限公司"), (21, "杭州第6号科技有限公司"), day="20260615")


def a_list_of_known_new_and_unknown_names(tiny: TinyZone) -> None:
    rows = (("杭州第7号科技有限公司",), ("杭州第19号科技有限公司",), ("谁也不认识的公司",))
    tiny.recognition("高新技术企业名单", "2025-12-01", "公告", *rows)


def a_refused_file(tiny: TinyZone) -> None:
    tiny.other(
        "登记信息_20260620.csv", "统一社会信用代码,企业名称,没见过的列,成立日期,登记状态", ["x", "y", "z", "", ""]
    )


CHANGES = (
    (a_bad_row, a_renamed_firm_and_a_namesake),
    (a_list_of_known_new_and_unknown_names, a_refused_file),
)
"""By run: changes of one run touch different firms."""


def test_changes_upon_changes_touch_what_they_touch_and_nothing_else_differs(
    tiny: TinyZone, tmp_path: Path, merged: list[Path]
) -> None:
    """The first is killed before it is published, which leaves the last release."""
    before = tables(tiny.home)
    a_restated_year(tiny)
    tiny.run()
    assert tables(tiny.home) == before
    assert len(merged) == 1
    merged.clear()
    run_steps(tiny.home, tiny.inbox)
    for changes in CHANGES:
        for change in changes:
            change(tiny)
        run_steps(tiny.home, tiny.inbox)

    assert len(merged) == 1 + len(CHANGES)
    same(tables(tiny.home), whole_run(tiny.home, tmp_path / "whole", tiny.inbox))


def bad_rows(tiny: TinyZone, *numbers: int) -> list[str]:
    """The addresses of rows of these firms that wait, in their order."""
    rows = [{"uscc": n, "name": f"杭州第{n}号科技有限公司", "revenue": -5 - n} for n in numbers]
    tiny.yearly(2025, *rows, note="_更正")
    run_steps(tiny.home, tiny.inbox)
    with Snapshot.open(releases.current(Home(tiny.home))) as con:
        return con.column("select address from quarantine where rule_id = 'A01' order by row_no")


def test_decisions_on_rows_touch_these_rows_alone(tmp_path: Path, merged: list[Path]) -> None:
    """Corrected, accepted, undone; a row that is corrected to another firm's code touches both firms."""
    tiny = zone(tmp_path, firms=40)
    corrected, moved, accepted = bad_rows(tiny, 4, 5, 6)
    book = Casebook(Home(tiny.home))

    def decide(kind: str, subject: str, content: dict[str, Any], withdraws: int | None = None) -> int:
        statement = book.record(
            kind, subject, content, by="王", why="电话核实", now=datetime.now(UTC), withdraws=withdraws
        )
        return statement.statement_id

    first = decide("quarantine_correct", f"{corrected}/revenue", {"value": "5"})
    decide("quarantine_correct", f"{moved}/revenue", {"value": "6"})
    decide("quarantine_correct", f"{moved}/uscc", {"value": code(8)})
    decide("quarantine_accept", f"{accepted}/A01/revenue", {})
    run_steps(tiny.home, tiny.inbox)
    decide("quarantine_correct", f"{corrected}/uscc", {"value": code(9)})
    decide("quarantine_correct", f"{corrected}/revenue", {}, withdraws=first)
    decide("quarantine_reject", "zone__yearly/nowhere/Sheet1/9", {})
    run_steps(tiny.home, tiny.inbox)

    assert len(merged) == 2
    same(tables(tiny.home), whole_run(tiny.home, tmp_path / "whole", tiny.inbox))


def test_another_day_asks_the_rules_anew_and_reads_nothing_again(
    tiny: TinyZone, tmp_path: Path, merged: list[Path]
) -> None:
    a_restated_year(tiny)
    run_steps(tiny.home, tiny.inbox, date(2026, 7, 1))

    assert len(merged) == 1
    same(tables(tiny.home), whole_run(tiny.home, tmp_path / "whole", tiny.inbox, date(2026, 7, 1)))


def test_another_place_is_a_whole_run(tiny: TinyZone, merged: list[Path]) -> None:
    a_restated_year(tiny)
    run_steps(tiny.home, tiny.inbox, place="CN-440112")  # how long titles hold is a matter of the place

    assert merged == []


def test_a_kind_of_source_that_never_came_is_a_whole_run(tiny: TinyZone, tmp_path: Path, merged: list[Path]) -> None:
    """Before the first list of exceptions it is unknown whether a firm is on one; after it, it is not."""
    heads = "统一社会信用代码,企业名称,名单类别,列入日期,移出日期,列入原因,作出决定机关"
    tiny.other("异常名录_20260601.csv", heads, [code(3), "x", "经营异常名录", "2025-05-01", "", "", ""])
    run_steps(tiny.home, tiny.inbox)

    assert merged == []
    same(tables(tiny.home), whole_run(tiny.home, tmp_path / "whole", tiny.inbox))


FX = "币种,日期,口径,折合人民币"
ROUNDS = "企业名称,统一社会信用代码,融资日期,轮次,融资金额,投后估值,投资方,投资方类型,信息来源"


def a_round(number: int) -> list[str]:
    return [f"杭州第{number}号科技有限公司", code(number), "2024-06-30", "D轮", "1亿美元", "12亿美元", "", "", ""]


@pytest.fixture
def fuller(run_once: Callable[..., TinyZone]) -> TinyZone:
    """The zone with a list of a title that had run out before either day, a round, and rates; its first release."""

    def fill(folder: Path) -> TinyZone:
        filled = zone(folder)
        filled.recognition("科技型中小企业入库名单", "2023-05-01", "公告", ["杭州第11号科技有限公司"])
        filled.other("融资事件_20260601.csv", ROUNDS, a_round(3))
        filled.other("汇率_2024.csv", FX, ["USD", "2024-12-31", "年平均", "7"])
        return filled

    return run_once("twenty-fuller-firms", fill)


def test_the_first_list_of_those_who_hold_a_title_is_a_whole_run(
    fuller: TinyZone, tmp_path: Path, merged: list[Path]
) -> None:
    """With one that had run out before either day it was unknown who holds the title; with this one it is not."""
    fuller.recognition("科技型中小企业入库名单", "2025-05-01", "公告", ["杭州第12号科技有限公司"])
    run_steps(fuller.home, fuller.inbox)

    assert merged == []
    same(tables(fuller.home), whole_run(fuller.home, tmp_path / "whole", fuller.inbox))

    fuller.recognition("科技型中小企业入库名单", "2025-06-01", "公告", ["杭州第13号科技有限公司"])
    run_steps(fuller.home, fuller.inbox)

    assert len(merged) == 1


def test_rates_that_were_delivered_hold_in_a_part_and_new_ones_ask_for_the_whole(
    fuller: TinyZone, tmp_path: Path, merged: list[Path]
) -> None:
    fuller.other("融资事件_20260602.csv", ROUNDS, a_round(5))
    run_steps(fuller.home, fuller.inbox)

    assert len(merged) == 1
    now = tables(fuller.home)
    same(now, whole_run(fuller.home, tmp_path / "whole", fuller.inbox))
    assert {row[14] for row in now["core_firm__rounds"]} == {12 * 7 * 10**10}

    fuller.other("汇率_2024_更正.csv", FX, ["USD", "2024-12-31", "年平均", "8"])
    run_steps(fuller.home, fuller.inbox)

    assert len(merged) == 1
    assert {row[14] for row in tables(fuller.home)["core_firm__rounds"]} == {12 * 8 * 10**10}


def test_a_part_that_is_most_of_the_zone_is_a_whole_run(tiny: TinyZone, merged: list[Path]) -> None:
    tiny.yearly(2023, *[{"uscc": n, "name": f"杭州第{n}号科技有限公司", "revenue": n} for n in range(1, 15)])
    run_steps(tiny.home, tiny.inbox)

    assert merged == []


@pytest.fixture
def small_sample(made_once: Callable[[str, Callable[[Path], object]], Path]) -> Path:
    """The inbox of a sample zone of few years; which feeds there are does not depend on them."""
    return made_once("small-sample", lambda out: write_sample(out, firms=80, years=(2023, 2025), seed=7)) / "inbox"


def test_the_files_of_a_zone_in_two_sittings(small_sample: Path, tmp_path: Path, merged: list[Path]) -> None:
    """A small file of each kind comes late, whichever it is."""
    inbox, late = tmp_path / "inbox", []
    shutil.copytree(small_sample, inbox)
    files = sorted(path for path in inbox.rglob("*") if path.is_file())
    by_kind: dict[str, list[Path]] = {}
    for path in files:
        by_kind.setdefault(path.parent.name, []).append(path)
    for several in by_kind.values():
        if len(several) > 1:
            late.append(min(several, key=lambda path: path.stat().st_size))
    late = random.Random(1).sample(late, 2)
    for path in late:
        path.rename(path.with_name(f".{path.name}"))
    run_steps(tmp_path / "home", inbox)
    assert merged == []
    for path in late:
        path.with_name(f".{path.name}").rename(path)
    run_steps(tmp_path / "home", inbox)

    same(tables(tmp_path / "home"), whole_run(tmp_path / "home", tmp_path / "whole", inbox, buckets=3))


def test_a_row_that_a_part_loses_stops_the_release(tiny: TinyZone, monkeypatch: pytest.MonkeyPatch) -> None:
    before, original = tables(tiny.home), load.load

    def losing_a_row(build: Build, *rest: Any) -> list[load.Rejection]:
        rejections = original(build, *rest)
        build.execute("delete from raw_zone__yearly")
        return rejections

    a_restated_year(tiny)
    monkeypatch.setattr(load, "load", losing_a_row)
    with pytest.raises(CheckStoppedRelease, match="zone__yearly"):
        run_steps(tiny.home, tiny.inbox)

    assert tables(tiny.home) == before
