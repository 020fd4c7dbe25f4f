"""Who asks sees their own firms only, whatever the question; what a role may do is data with reasons."""

from collections.abc import Callable, Iterator
from typing import Any, get_args

import pytest

from service.queries.cases.due import DueFilters
from service.queries.movers.mover_filters import NONE, Filters
from service.queries.release.records import Slice
from service.queries.rules.zone_trials import Trial
from service.queries.zone.reconciliation import Cell
from service.reader import ReleaseQueries, Service
from service.scope import LOCAL, PIPELINE, Kind, Right, Scope, roles, single_user
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release.releases import Published

pytestmark = pytest.mark.rule("default-deny")

EVERY = Slice(10_000, 0)
TRIAL = Trial("gazelle/CN/2022", values={"revenue_growth": "19%"})
LISTS: dict[str, Callable[[ReleaseQueries], Any]] = {
    "mover_list": lambda release: [list(release.mover_list(rows).every(Filters(), "")) for rows in ("firms", "titles")],
    "firms": lambda release: release.firms(Filters(), "", EVERY),
    "signals": lambda release: release.signals("", "", EVERY),
    "verdicts": lambda release: release.verdicts("", "", True, EVERY),
    "due": lambda release: release.due(DueFilters(3650, with_undated=True), EVERY),
    "cases": lambda release: release.cases("", "", EVERY),
    "reconciliation": lambda release: release.reconciliation().firms(Cell(), "", EVERY),
    "flows": lambda release: release.flows().firms(release.flows().between("", ""), "", "", EVERY),
    "targets": lambda release: release.targets().bar_firms("hnte_stock", 2026, "total", EVERY),
    "trials": lambda release: release.trials().firms(TRIAL, "unchanged", "", "", EVERY),
}
"""The questions whose answers name firms, each for everything there is."""
TOTALS: dict[str, Callable[[ReleaseQueries], Any]] = {
    "mover_list.count": lambda release: [release.mover_list(rows).count(Filters()) for rows in ("firms", "titles")],
    "mover_list.facets": lambda release: [
        sum(choice.rows for choice in choices)
        for rows in ("firms", "titles")
        for choices in release.mover_list(rows).facets(Filters()).values()
    ],
    "ladder": lambda release: [row["held_count"] for row in release.ladder()],
    "incubators": lambda release: [sum(row["firms"] for row in release.incubators(EVERY).rows)],
}
OF_A_FIRM = ("firm", "glance", "firm_record", "firm_verdicts")
WITHOUT_FIRMS = {
    "today", "freshness", "summary", "run", "version", "newest_event", "tenants", "casework", "saved_views", "files",
    "data", "data_work", "target_work", "frozen_months", "extracts", "exports", "administration", "pack", "rules",
}  # fmt: skip
"""Without firms, or with tests of their own: of cases in ``test_cases_in_scope.py``, of today in ``test_today.py``,
of extracts in ``test_extract_workbooks.py``, of data and rules in ``dash_app/test_data_page.py``."""


@pytest.fixture(scope="module")
def service(released: Home) -> Service:
    return Service(released)


@pytest.fixture(scope="module")
def codes(published: Published) -> dict[str, str]:
    """The park of every firm."""
    rows = published.rows("select firm_id, division_code from core_firm")
    return {row["firm_id"]: row["division_code"] for row in rows}


def firms_in(answer: Any) -> Iterator[str]:
    """Every firm that an answer names, at any depth."""
    if isinstance(answer, dict):
        if "firm_id" in answer:
            yield answer["firm_id"]
        for value in answer.values():
            yield from firms_in(value)
    elif isinstance(answer, list):
        for value in answer:
            yield from firms_in(value)
    elif hasattr(answer, "rows"):
        yield from firms_in(answer.rows)


def scopes(codes: dict[str, str], role: str) -> list[tuple[Scope, set[str]]]:
    """Scopes of each kind for a role, with the firms that are theirs."""
    park, some = sorted(set(codes.values()))[0], set(sorted(codes)[3:40:6])
    return [
        (Scope("somebody", role, "park", (park,)), {firm for firm, code in codes.items() if code == park}),
        (Scope("somebody", role, "own", tuple(some)), some),
        (Scope("somebody", role, "own"), set()),
    ]


@pytest.mark.parametrize("role", sorted(roles().keys() - {"officer"}))
def test_no_answer_names_a_firm_of_others(service: Service, codes: dict[str, str], role: str) -> None:
    """Of an officer all that is named is compared in the next test."""
    for scope, own in scopes(codes, role):
        with service.release(scope) as release:
            for name, ask in LISTS.items():
                assert set(firms_in(ask(release))) <= own, (name, scope)


def test_lists_name_every_firm_of_the_scope_that_the_zone_has(service: Service, codes: dict[str, str]) -> None:
    with service.release(single_user()) as release:
        whole = {name: set(firms_in(ask(release))) for name, ask in LISTS.items()}
    for scope, own in scopes(codes, "officer"):
        with service.release(scope) as release:
            for name, ask in LISTS.items():
                assert set(firms_in(ask(release))) == whole[name] & own, (name, scope)


@pytest.mark.parametrize("role", roles())
def test_a_firm_of_others_is_like_one_that_there_is_not(service: Service, codes: dict[str, str], role: str) -> None:
    for scope, own in scopes(codes, role):
        outside = next(firm for firm in sorted(codes) if firm not in own)
        with service.release(scope) as release:
            answers = [getattr(release, name)(firm) for name in OF_A_FIRM for firm in (outside, "none")]
            assert answers == [None] * len(answers), scope
            with pytest.raises(BadInput) as error:
                release.due(DueFilters(60, firm=outside), EVERY)
        assert error.value.zh == f"没有这家企业：{outside}", "not even a name that is like it"


def test_an_own_firm_is_shown(service: Service, codes: dict[str, str]) -> None:
    for scope, own in scopes(codes, "officer")[:2]:
        with service.release(scope) as release:
            for name in OF_A_FIRM:
                assert getattr(release, name)(min(own)) is not None


def of_lists(release: ReleaseQueries) -> list[int]:
    """How many rows each list has that counts them itself."""
    return [answer.total for ask in LISTS.values() if not isinstance(answer := ask(release), list)]


@pytest.mark.parametrize("asked", [*TOTALS.values(), of_lists], ids=[*TOTALS, "lists"])
def test_totals_of_the_parks_add_up_to_the_zone(
    service: Service, codes: dict[str, str], asked: Callable[[ReleaseQueries], list[int]]
) -> None:
    def totals(scope: Scope) -> list[int]:
        with service.release(scope) as release:
            return list(asked(release))

    by_park = [totals(Scope("somebody", "officer", "park", (code,))) for code in sorted(set(codes.values()))]

    assert [sum(row) for row in zip(*by_park, strict=True)] == totals(Scope("somebody", "officer", "zone"))
    assert sum(map(sum, by_park)) > 0


def test_search_and_choices_end_at_the_scope(service: Service, codes: dict[str, str], published: Published) -> None:
    (scope, own), *_ = scopes(codes, "officer")
    outside = next(firm for firm in sorted(codes) if firm not in own)
    with service.release(scope) as release:
        assert release.mover_list("firms").count(Filters(q=outside)) == 0
        assert release.mover_list("firms").count(Filters(q=min(own))) == 1
        incubators = release.mover_list("firms").facets(Filters())["incubator"]
        named = {choice.value for choice in incubators} - {NONE}
    of_scope = published.rows(
        "select incubator from core_firm__incubator where list_contains($1, firm_id)", [list(own)]
    )
    assert named == {row["incubator"] for row in of_scope}


def test_an_extract_is_of_the_scope(service: Service, published: Published) -> None:
    first, second = (row["incubator"] for row in published.rows(
        "select distinct incubator from core_firm__tenancies where is_current and incubator is not null"
        " order by 1 limit 2"
    ))  # fmt: skip
    with service.release(Scope("somebody", "director", "incubator", (first,))) as release:
        assert release.tenants(first, EVERY)
        assert release.tenants(second, EVERY) is None
        assert [row["incubator"] for row in release.incubators(EVERY).rows] == [first]


def test_every_question_is_asked_here() -> None:
    """A question that is added to the reader is added to these tests."""
    questions = {name for name in vars(ReleaseQueries) if not name.startswith("_")}

    asked = {name.partition(".")[0] for name in (*LISTS, *TOTALS)}
    assert questions == {*asked, *OF_A_FIRM, *WITHOUT_FIRMS}


def test_whoever_may_not_see_firms_has_none_in_any_scope(service: Service) -> None:
    with service.release(Scope("somebody", "administrator", "zone")) as release:
        assert release.mover_list("firms").count(Filters()) == 0
        assert release.freshness()["rows_quarantined"] is None


def test_quarantine_is_counted_for_the_zone_only(service: Service, codes: dict[str, str]) -> None:
    with service.release(single_user()) as release:
        assert release.freshness()["rows_quarantined"] > 0
    (scope, _), *_ = scopes(codes, "officer")
    with service.release(scope) as release:
        assert {release.freshness()[f"rows_{what}"] for what in ("quarantined", "not_data")} == {None}
        assert release.freshness()["newest_received_at"] is not None


def test_every_role_has_rights_with_a_reason() -> None:
    assert set(roles()) >= {"officer", "statistician", "director", "incubator", "administrator", PIPELINE, LOCAL}
    for role in roles().values():
        assert role.rights <= set(get_args(Right))
        assert role.because.zh
        assert role.because.en
    assert set(get_args(Kind)) == {"zone", "park", "incubator", "own"}


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        ("officer", {"see", "edit", "export"}),
        ("director", {"see", "export", "plan"}),
        ("incubator", {"see", "edit"}),
        ("administrator", {"administer"}),
        (PIPELINE, {"see", "export"}),
        (LOCAL, {"see", "edit", "export", "plan", "administer"}),
    ],
)
def test_seeing_editing_exporting_and_administering_are_apart(role: str, rights: set[str]) -> None:
    scope = Scope("somebody", role, "zone")

    assert {right for right in get_args(Right) if scope.may(right)} == rights


def test_a_role_that_there_is_not_is_refused() -> None:
    with pytest.raises(BadInput, match="没有这个角色：king"):
        Scope("somebody", "king", "zone")
