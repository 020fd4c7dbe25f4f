"""The history of odds of runs over what is new is that of a run over everything."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tiny_zone import TinyZone
from whole_and_part import same, tables, whole_run, zone
from whole_job import run_steps

from warehouse.database.build import Build
from warehouse.odds import history
from warehouse.rule_exchange import exchange

GRANTED = {"2022-12-01": range(1, 13), "2023-12-01": range(13, 25), "2025-12-01": range(1, 31)}
"""High-tech enterprises by list, beside that of 2024-12-01, which names the first nine firms."""


def fill(folder: Path) -> TinyZone:
    """Eighty firms, so that four year ends are history enough."""
    tiny = zone(folder, firms=80)
    tiny.yearly(2023, *[{"uscc": n, "name": f"杭州第{n}号科技有限公司", "revenue": 900 + 7 * n} for n in range(1, 50)])
    for day, firms in GRANTED.items():
        tiny.recognition("高新技术企业名单", day, "公告", *[(f"杭州第{n}号科技有限公司",) for n in firms])
    return tiny


def reports(tiny: TinyZone) -> None:
    """The first report of a firm for its year, and a correction."""
    tiny.yearly(2023, {"uscc": 55, "name": "杭州第55号科技有限公司", "revenue": 5000}, note="_补报")
    tiny.yearly(2024, {"uscc": 3, "name": "杭州第3号科技有限公司", "revenue": 99}, note="_更正")


def lists(tiny: TinyZone) -> None:
    """A list that came late, and a title that was withdrawn."""
    tiny.recognition("高新技术企业名单", "2023-12-20", "公告", ("杭州第41号科技有限公司",))
    tiny.recognition("高新技术企业名单", "2024-06-01", "取消", ("杭州第14号科技有限公司",))


def test_each_change_leaves_the_history_and_the_odds_of_a_whole_run(
    run_once: Callable[..., TinyZone], tmp_path: Path, merged: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny = run_once("eighty-firms-with-history", fill)
    computed: list[int] = []
    original = history._add_day

    def add_day(build: Build, *rest: Any) -> None:
        computed.append(build.value("select count(*) from core_firm"))
        original(build, *rest)

    monkeypatch.setattr(history, "_add_day", add_day)
    for change in (reports, lists):
        change(tiny)
        run_steps(tiny.home, tiny.inbox)

    released = tables(tiny.home)
    assert len(merged) == 2
    assert 0 < min(computed) < 80  # firms without news keep their rows
    assert len(released["core_firm__past"]) >= 4 * 80
    assert any("rate" in row or "model" in row for row in released["core_odds__basis"])
    assert len(released["core_firm__odds"]) > 0
    monkeypatch.setattr(exchange, "ROWS_AT_ONCE", 30)  # rules and odds in shares of some firms
    same(released, whole_run(tiny.home, tmp_path / "whole", tiny.inbox, buckets=2))
