"""Saved views are their owner's, shared within a kind of scope, changed by nobody else, and lead nowhere else."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.decisions.case_events import BothVersions
from service.decisions.views import LONGEST_NAME, MOST, SavedViews
from service.scope import Scope
from warehouse.casebook.book import Book
from warehouse.casebook.folds import view
from warehouse.errors import BadInput
from warehouse.home import Home

pytestmark = pytest.mark.rule("default-deny")

WANG = Scope("王伟", "officer", "zone")
LI = Scope("李娜", "director", "park", ("330104",))
HATCHERY = Scope("孵化器甲", "incubator", "incubator", ("甲",))
OTHER = Scope("孵化器乙", "incubator", "incubator", ("乙",))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def views(home: Home, scope: Scope) -> SavedViews:
    return SavedViews(home, scope, lambda: datetime(2026, 7, 1, 9, tzinfo=UTC))


def names(home: Home, scope: Scope) -> list[str]:
    return [row["name"] for row in views(home, scope).listed()]


def test_a_view_is_its_owners_until_it_is_shared_with_those_of_the_same_kind(home: Home) -> None:
    views(home, WANG).save("本周到期", "/movers?due_within=30", "form-0001")
    views(home, HATCHERY).save("在孵", "/movers?change=up", "form-0002")
    assert [names(home, scope) for scope in (WANG, LI, HATCHERY, OTHER)] == [["本周到期"], [], ["在孵"], []]

    for scope in (WANG, HATCHERY):
        (row,) = views(home, scope).listed()
        views(home, scope).share(row["number"], True, row["version"], f"share-{scope.who}")

    assert [names(home, scope) for scope in (WANG, LI, HATCHERY, OTHER)] == [["本周到期"], ["本周到期"], ["在孵"], []]
    (shared,) = views(home, LI).listed()
    assert (shared["is_own"], shared["is_shared"], shared["address"]) == (False, True, "/movers?due_within=30")
    for change in (lambda: views(home, LI).remove(shared["number"], shared["version"], "form-0003"),
                   lambda: views(home, LI).share(shared["number"], False, shared["version"], "form-0004")):  # fmt: skip
        with pytest.raises(BadInput, match="不是您的"):
            change()

    views(home, WANG).remove(shared["number"], shared["version"], "form-0005")
    assert [names(home, scope) for scope in (WANG, LI)] == [[], []]
    assert [event.kind for event in Book(home).events(stream=shared["stream"])] == [
        view.SAVED, view.SHARED, view.REMOVED,
    ]  # fmt: skip


def test_a_name_that_is_ones_own_gets_the_new_address_and_a_form_counts_once(home: Home) -> None:
    own = views(home, WANG)
    own.save("我的", "/movers?change=up", "form-0001")
    own.save("我的", "/movers?change=down", "form-0002")
    own.save("我的", "/movers?change=down", "form-0002")

    (row,) = own.listed()
    assert (row["address"], row["version"]) == ("/movers?change=down", 2)


def test_who_comes_second_keeps_nothing_and_sees_both(home: Home) -> None:
    own = views(home, WANG)
    own.save("我的", "/movers", "form-0001")
    (seen,) = own.listed()
    own.save("我的", "/movers?change=up", "form-0002")

    with pytest.raises(BothVersions, match="已被改动"):
        own.remove(seen["number"], seen["version"], "form-0003")
    assert names(home, WANG) == ["我的"]


@pytest.mark.parametrize(
    ("name", "address", "because"),
    [
        ("  ", "/movers", "名称"),
        ("名" * (LONGEST_NAME + 1), "/movers", "最多"),
        ("x", "https://example.org/movers", "本站"),
        ("x", "//example.org/movers", "本站"),
        ("x", "/\\example.org", "本站"),
        ("x", "javascript:alert(1)", "本站"),
        ("x", "/movers?q=" + "x" * 1000, "本站"),
    ],
)
def test_what_is_no_name_or_leads_elsewhere_is_refused(home: Home, name: str, address: str, because: str) -> None:
    with pytest.raises(BadInput, match=because):
        views(home, WANG).save(name, address, "form-0001")


def test_there_are_not_more_views_than_a_menu_holds(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.decisions.views.MOST", 2)
    own = views(home, WANG)
    own.save("1", "/movers", "form-0001")
    own.save("2", "/movers", "form-0002")

    with pytest.raises(BadInput, match="请先删除"):
        own.save("3", "/movers", "form-0003")
    assert MOST > 2
