"""A run that rebuilds only what new files touch gives the very tables of a run over everything."""

import random
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tiny_zone import Built, TinyZone, code
from whole_and_part import same, tables, whole_run, zone
from whole_job import PLACE, STEPS, plan_of, run_steps

from flows import steps
from warehouse.database.build import Build, Snapshot
from warehouse.errors import CheckStoppedRelease
from warehouse.home import Home
from warehouse.intake import load
from warehouse.release import releases

pytestmark = pytest.mark.rule("whole-equals-part")

Change = Callable[[TinyZone], None]
FIRMS = 30
"""Of the fuller zone: those that the changes touch have less than a fifth of the rows."""


def a_restated_year(tiny: TinyZone) -> None:
    tiny.yearly(2025, {"uscc": 3, "name": "杭州第3号科技有限公司", "revenue": 9999}, note="_更正")


def a_bad_row(tiny: TinyZone) -> None:
    tiny.yearly(2025, {"uscc": 4, "name": "杭州第4号科技有限公司", "revenue": -5}, note="_更正")


def a_renamed_firm_and_a_namesake(tiny: TinyZone) -> None:
    renamed = (5, "杭州新名科技有限公司", "杭州第5号科技有限公司")
    tiny.registry(renamed, (FIRMS + 1, "杭州第6号科技有限公司"), day="20260615")


def a_list_of_known_new_and_unknown_names(tiny: TinyZone) -> None:
    rows = (("杭州第7号科技有限公司",), ("杭州第19号科技有限公司",), ("谁也不认识的公司",))
    tiny.recognition("高新技术企业名单", "2025-12-01", "公告", *rows)


def a_refused_file(tiny: TinyZone) -> None:
    tiny.other(
        "登记信息_20260620.csv", "统一社会信用代码,企业名称,没见过的列,成立日期,登记状态", ["x", "y", "z", "", ""]
    )


FX = "币种,日期,口径,折合人民币"
ROUNDS = "企业名称,统一社会信用代码,融资日期,轮次,融资金额,投后估值,投资方,投资方类型,信息来源"


def _round(number: int) -> list[str]:
    return [f"杭州第{number}号科技有限公司", code(number), "2024-06-30", "D轮", "1亿美元", "12亿美元", "", "", ""]


def a_round(tiny: TinyZone) -> None:
    tiny.other("融资事件_20260602.csv", ROUNDS, _round(8))


CHANGES = (a_bad_row, a_renamed_firm_and_a_namesake, a_list_of_known_new_and_unknown_names, a_refused_file)
"""They touch different firms, and share a run."""
NEXT_DAY = date(2026, 7, 1)


@pytest.fixture
def fuller(run_once: Callable[..., TinyZone]) -> TinyZone:
    """The zone with a list of a title that had run out before either day, a round, and rates; its first release."""

    def fill(folder: Path) -> TinyZone:
        filled = zone(folder, FIRMS)
        filled.recognition("科技型中小企业入库名单", "2023-05-01", "公告", ["杭州第11号科技有限公司"])
        filled.other("融资事件_20260601.csv", ROUNDS, _round(3))
        filled.other("汇率_2024.csv", FX, ["USD", "2024-12-31", "年平均", "7"])
        return filled

    return run_once("fuller-firms", fill)


def valued(tiny: TinyZone) -> list[Any]:
    """What rounds valued firms at, in fen."""
    with Snapshot.open(releases.current(Home(tiny.home))) as con:
        return con.column("select distinct post_money_cny_fen from core_firm__rounds")


def test_changes_upon_changes_touch_what_they_touch_and_nothing_else_differs(
    fuller: TinyZone, tmp_path: Path, merged: list[Path]
) -> None:
    """The first run ends once it has loaded its rows, the others are on the next day.

    They follow the round, whose part was merged before. That day asks the rules anew and reads nothing again; rates
    that were delivered hold in a part.
    """
    a_restated_year(fuller)
    assert not is_whole(fuller)
    a_round(fuller)
    run_steps(fuller.home, fuller.inbox, NEXT_DAY)
    for change in CHANGES:
        change(fuller)
    run_steps(fuller.home, fuller.inbox, NEXT_DAY)

    assert len(merged) == 2
    assert valued(fuller) == [12 * 7 * 10**10]
    same(tables(fuller.home), whole_run(fuller.home, tmp_path / "whole", fuller.inbox, NEXT_DAY))


def the_first_list_of_exceptions(tiny: TinyZone) -> None:
    """Before it it is unknown whether a firm is on one; after it, it is not."""
    heads = "统一社会信用代码,企业名称,名单类别,列入日期,移出日期,列入原因,作出决定机关"
    tiny.other("异常名录_20260601.csv", heads, [code(3), "x", "经营异常名录", "2025-05-01", "", "", ""])


def the_first_list_of_those_who_hold_a_title(tiny: TinyZone) -> None:
    """With one that had run out before either day it was unknown who holds the title; with this one it is not."""
    tiny.recognition("科技型中小企业入库名单", "2025-05-01", "公告", ["杭州第12号科技有限公司"])


def other_rates(tiny: TinyZone) -> None:
    tiny.other("汇率_2024_更正.csv", FX, ["USD", "2024-12-31", "年平均", "8"])


def most_of_the_zone(tiny: TinyZone) -> None:
    tiny.yearly(2023, *[{"uscc": n, "name": f"杭州第{n}号科技有限公司", "revenue": n} for n in range(1, 15)])


ABOUT_EVERY_FIRM = (the_first_list_of_exceptions, the_first_list_of_those_who_hold_a_title, other_rates)


def is_whole(tiny: TinyZone, place: str = PLACE) -> bool:
    """Whether the next run loads every firm; it goes no further."""
    plan = plan_of(tiny.home, tiny.inbox, place=place)
    for step in STEPS[:2]:
        step(plan)
    return Built(plan.build).value("select count(*) from raw_registry__firms") == FIRMS


def test_what_may_concern_every_firm_is_a_whole_run(
    fuller: TinyZone, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, merged: list[Path]
) -> None:
    def after(change: Change) -> TinyZone:
        copy = TinyZone(shutil.copytree(tmp_path, tmp_path_factory.mktemp("copy") / "zone"))
        change(copy)
        return copy

    assert [change for change in (*ABOUT_EVERY_FIRM, most_of_the_zone) if not is_whole(after(change))] == []
    restated = after(a_restated_year)
    assert is_whole(restated, "CN-440112")  # how long titles hold is a matter of the place
    assert not is_whole(restated)

    for change in ABOUT_EVERY_FIRM:
        change(fuller)
    run_steps(fuller.home, fuller.inbox)
    assert merged == []
    assert valued(fuller) == [12 * 8 * 10**10]

    fuller.recognition("科技型中小企业入库名单", "2025-06-01", "公告", ["杭州第13号科技有限公司"])
    assert not is_whole(fuller)


def hidden(path: Path) -> Path:
    return path.with_name(f".{path.name}")


def late_files(inbox: Path) -> list[Path]:
    """A small file of two kinds, whichever they are; of few firms, so that a run over them is a part."""
    several = [files for folder in sorted(inbox.iterdir()) if len(files := sorted(folder.iterdir())) > 1]
    return random.Random(2).sample([min(files, key=lambda path: path.stat().st_size) for files in several], 2)


def movers(home: Home) -> list[dict[str, Any]]:
    return releases.Published(home).rows("select * from mart_movers__firms order by firm_id")


def test_the_files_of_a_zone_in_two_sittings_and_in_another_order(
    sample_zone: Path, released: Home, tmp_path: Path, merged: list[Path]
) -> None:
    """Feed by feed, last first: only two deliveries for the same key have an order that matters."""
    home, inbox = Home(tmp_path / "home"), shutil.copytree(sample_zone, tmp_path / "inbox")
    for path in (late := late_files(inbox)):
        path.rename(hidden(path))
    for number, folder in enumerate(sorted(inbox.iterdir(), reverse=True)):
        shutil.copytree(folder, tmp_path / str(number) / folder.name)
        steps.land_files(plan_of(home.root, tmp_path / str(number)))
    run_steps(home.root, inbox)
    assert merged == []
    for path in late:
        hidden(path).rename(path)
    run_steps(home.root, inbox)

    assert len(merged) == 1
    assert movers(home) == movers(released)
    same(tables(home.root), whole_run(home.root, tmp_path / "whole", inbox, buckets=2))


def test_a_row_that_a_part_loses_stops_the_release(tiny: TinyZone, monkeypatch: pytest.MonkeyPatch) -> None:
    original, before = load.load, releases.current(Home(tiny.home))
    content = before.read_bytes()

    def losing_a_row(build: Build, *rest: Any) -> list[load.Rejection]:
        rejections = original(build, *rest)
        build.execute("delete from raw_zone__yearly")
        return rejections

    a_restated_year(tiny)
    monkeypatch.setattr(load, "load", losing_a_row)
    with pytest.raises(CheckStoppedRelease, match="zone__yearly"):
        run_steps(tiny.home, tiny.inbox)

    assert releases.current(Home(tiny.home)) == before
    assert before.read_bytes() == content
