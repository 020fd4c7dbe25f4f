"""A target is set by who may, from a page or the terminal, once a form, over the version that was seen."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from service.casework import TargetForm, TargetWork
from service.decisions.case_events import BothVersions
from service.decisions.signed import Signed
from service.decisions.targets import Target, WrongFields, set_target
from service.queries.zone.entered_targets import entered, history
from service.reader import Service
from service.scope import Scope
from warehouse.casebook.book import Book
from warehouse.errors import BadInput
from warehouse.home import Home

pytestmark = pytest.mark.rule("append-only")

NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)
USUAL = Target("Z", "hnte_stock", "2026", "320", "Q4", "年度要点")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def signed(version: int | None = None, request: str | None = None, why: str = "上调") -> Signed:
    return Signed("王", why, NOW, version, request)


@pytest.mark.parametrize(
    ("fields", "why", "wrong"),
    [
        ({"measure": "高企"}, "上调", {"measure": "没有指标“高企”"}),
        ({"year": "26"}, "上调", {"year": "2000 至 2100"}),
        ({"year": "٢٠٢٦"}, "上调", {"year": "四位数"}),
        ({"number": "-1"}, "上调", {"number": "不小于 0"}),
        ({"number": "三百"}, "上调", {"number": "三百"}),
        ({"number": "1e3"}, "上调", {"number": "1e3"}),
        ({"number": "300.5"}, "上调", {"number": "家数应为整数"}),
        ({"measure": "rd_share", "number": "100.1"}, "上调", {"number": "不超过 100%"}),
        ({"due": "Q5"}, "上调", {"due": "Q1 至 Q4"}),
        ({"due": "2027-01-01"}, "上调", {"due": "不在 2026 年内"}),
        ({"document": " "}, "上调", {"document": "依据文件"}),
        ({"document": "文" * 201}, "上调", {"document": "最多 200 字"}),
        ({"number": "x", "due": "x"}, " ", {"number": "目标值", "due": "完成时限", "why": "理由"}),
    ],
)
def test_every_wrong_field_is_named_with_what_is_right_and_nothing_is_kept(
    home: Home, fields: dict[str, str], why: str, wrong: dict[str, str]
) -> None:
    with pytest.raises(WrongFields) as error:
        set_target(home, Target(**{**vars(USUAL), **fields}), signed(why=why))

    assert error.value.faults.keys() == wrong.keys()
    for field, part in wrong.items():
        assert part in error.value.faults[field].zh
        assert error.value.faults[field].en in error.value.en
    assert Book(home).events() == []


def test_a_revision_takes_the_place_of_what_was_seen_and_both_stay_on_record(home: Home) -> None:
    first = set_target(home, USUAL, signed(0, "form-0001"))
    assert set_target(home, USUAL, signed(0, "form-0001")).seq == first.seq, "sent twice"
    revised = Target(**{**vars(USUAL), "number": " 1,350 ", "due": "Q2", "measure": "高新技术企业存量"})
    set_target(home, revised, signed(1, "form-0002", "年中"))
    with pytest.raises(BothVersions):
        set_target(home, USUAL, signed(1, "form-0003"))

    rows = history(home, "Z", 2026, "hnte_stock")
    assert [(row["version"], row["target"], row["due_on"], row["why"]) for row in rows] == [
        (2, 1350.0, "2026-06-30", "年中"), (1, 320.0, "2026-12-31", "上调"),
    ]  # fmt: skip
    assert [(row["target"], row["statement_id"]) for row in entered(home, 0)] == [(1350.0, 2)]
    assert entered(home, after=2) == []


def test_the_page_sets_targets_for_roles_that_plan_of_the_whole_zone_only(released: Home, tmp_path: Path) -> None:
    fields = {"measure": "hnte_stock", "year": "2026", "number": "1", "due": "Q4", "document": "文", "why": "试"}
    form = TargetForm(fields, "form-0001", {})
    empty = Home(tmp_path / "home")

    def work(scope: Scope, reader: Any) -> TargetWork:
        return TargetWork(empty, scope, reader, lambda: NOW)

    refused = [
        Scope("王", "officer", "zone"), Scope("李", "statistician", "zone"), Scope("周", "administrator", "zone"),
        Scope("吴", "director", "park", ("330108",)),
    ]  # fmt: skip
    director = Scope("郑", "director", "zone")
    with Service(released).release(director) as release:
        reader = release._reader
        for scope in refused:
            assert not work(scope, reader).may_set
            with pytest.raises(BadInput, match="不能设定目标"):
                work(scope, reader).set(form)
        assert Book(empty).events() == []
        event = work(director, reader).set(form)
        assert work(director, reader).set(form).seq == event.seq
        assert work(director, reader).versions() == {"2026/hnte_stock": 1}
    assert (event.by, event.content["target"]) == ("郑", 1.0)
