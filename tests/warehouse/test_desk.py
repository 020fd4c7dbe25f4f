"""A desk shows the rows of a scope and no others; without a scope it shows none, and nothing else can be named."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import duckdb
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from warehouse.database.build import Snapshot
from warehouse.errors import DefinitionError
from warehouse.home import Home
from warehouse.release import releases
from warehouse.release.desk.desk import KINDS, NO_PARK, Kind, named_views, open_desk, views
from warehouse.release.releases import Published

FIRM_VIEWS = [name for name, view in views().items() if view.rows == "firm"]
COUNT = "select count(*) as n from {}"


def count(published: Published, view: str, kind: Kind, keys: tuple[str, ...] = ()) -> int:
    with published.desk(kind, keys) as desk:
        return int(desk.rows(COUNT.format(view))[0]["n"])


def firms(published: Published) -> list[str]:
    return [row["firm_id"] for row in published.rows("select firm_id from core_firm order by firm_id")]


def parks(published: Published) -> list[str]:
    rows = published.rows(f"select distinct coalesce(division_code, '{NO_PARK}') as park from core_firm")
    return [row["park"] for row in rows]


@pytest.fixture
def snapshot(released: Home) -> Iterator[Snapshot]:
    with Snapshot.open(releases.current(released)) as opened:
        yield opened


@pytest.mark.rule("nothing is read without a scope")
@pytest.mark.parametrize("kind", KINDS)
def test_every_view_raises_on_a_connection_without_a_scope(snapshot: Snapshot, kind: Kind) -> None:
    keys = every_key(snapshot, kind)
    with open_desk(snapshot, kind, keys) as desk:
        shown = {name for name in (*views(), "desk_tables") if desk.rows(f"select * from {name} limit 1")}
    without = snapshot.cursor()
    without.execute(f"set search_path = 'desk.{kind}'")
    without.execute("set variable desk_keys = $1::varchar[]", [keys])

    assert len(shown) > 20
    for view in shown:
        with pytest.raises(duckdb.InvalidInputException, match="no scope"):
            without.execute(f"select * from {view}").fetchall()


def every_key(snapshot: Snapshot, kind: Kind) -> list[str]:
    """Keys of a scope that has all there is of its kind."""
    queries = {
        "zone": "select '' limit 0",
        "park": f"select distinct coalesce(division_code, '{NO_PARK}') from core_firm",
        "incubator": "select distinct incubator from core_firm__tenancies where incubator is not null",
        "own": "select firm_id from core_firm",
    }
    return snapshot.column(queries[kind])


def test_the_views_of_one_kind_do_not_serve_a_scope_of_another(snapshot: Snapshot) -> None:
    with open_desk(snapshot, "zone", ()) as desk:
        assert desk.rows("select * from desk_firm")
    narrow = snapshot.cursor()
    narrow.execute("set variable desk_kind = 'own'")
    narrow.execute("set search_path = 'desk.zone'")

    with pytest.raises(duckdb.InvalidInputException, match="no scope"):
        narrow.execute("select * from desk_firm").fetchall()


@pytest.mark.parametrize("view", [name for name, view in views().items() if not view.columns])
def test_the_zone_has_every_row_of_a_table(published: Published, view: str) -> None:
    (raw,) = published.rows(COUNT.format(views()[view].table))

    assert count(published, view, "zone") == raw["n"]


@pytest.mark.parametrize("view", FIRM_VIEWS)
def test_the_parks_together_are_the_zone_and_share_no_row(published: Published, view: str) -> None:
    """The rows of firms only: a title on a list whose name nobody matched belongs to no park."""
    (raw,) = published.rows(f"select count(*) as n from {views()[view].table} where firm_id is not null")
    codes = parks(published)

    by_park = [count(published, view, "park", (code,)) for code in codes]

    assert len(codes) > 1
    assert sum(by_park) == count(published, view, "park", tuple(codes)) == raw["n"]


@pytest.mark.parametrize("view", FIRM_VIEWS)
def test_own_firms_are_those_and_no_others(published: Published, view: str) -> None:
    everything = firms(published)

    @examples(6)
    @given(st.lists(st.sampled_from([*everything, "none", "' or true --", ""]), max_size=12))
    def check(own: list[str]) -> None:
        (raw,) = published.rows(
            f"select count(*) as n from {views()[view].table} where list_contains($1::varchar[], firm_id)", [own]
        )
        with published.desk("own", own) as desk:
            rows = desk.rows(f"select firm_id from {view}")
        assert {row["firm_id"] for row in rows} <= set(own)
        assert len(rows) == raw["n"]

    check()


def test_an_incubator_has_its_tenants_of_today(published: Published) -> None:
    tenancies = published.rows("select incubator, firm_id from core_firm__tenancies where is_current")
    for name in {row["incubator"] for row in tenancies if row["incubator"]}:
        with published.desk("incubator", (name,)) as desk:
            seen = {row["firm_id"] for row in desk.rows("select firm_id from desk_firm")}
            stays = desk.rows("select distinct incubator from desk_incubator__tenancies")
        assert seen == {row["firm_id"] for row in tenancies if row["incubator"] == name}
        assert stays == [{"incubator": name}], "not where else its tenants are"


def test_the_ladder_of_the_parks_adds_up_to_that_of_the_zone(published: Published) -> None:
    ladder = "select * from desk_zone__ladder order by designation"

    def counts(kind: Kind, keys: tuple[str, ...]) -> list[dict[str, Any]]:
        with published.desk(kind, keys) as desk:
            return desk.rows(ladder)

    zone = counts("zone", ())
    by_park = [counts("park", (code,)) for code in parks(published)]
    for name in ("held_count", "met_count", "judgement_count", "unknown_count", "not_met_count"):
        added = [sum(row[name] for row in rows) for rows in zip(*by_park, strict=True)]
        assert added == [row[name] for row in zone]
    assert sum(row["held_count"] for row in zone) > 0


def test_scopes_at_the_same_time_do_not_mix(published: Published) -> None:
    everything = firms(published)[:24]

    def seen(firm: str) -> list[str]:
        with published.desk("own", (firm,)) as desk:
            return [row["firm_id"] for row in desk.rows("select firm_id from desk_movers__firms union all"
                                                        " select firm_id from desk_firm__profile")]  # fmt: skip

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(seen, everything))

    assert all(set(answer) == {firm} for firm, answer in zip(everything, answers, strict=True))


@pytest.mark.parametrize(
    "sql",
    [
        "select * from core_firm",
        "select * from mart_movers__firms",
        "select * from desk.zone.desk_firm",
        "select * from release.main.core_firm",
        "select * from desk_firm where firm_id in (select firm_id from core_firm)",
        "with x as (select * from core_title) select * from x",
        "select (select max(name) from core_firm)",
        "select * from desk_firm union all select * from core_firm",
        "select * from query('select 1')",
        "select * from query_table('core_firm')",
        "select * from read_csv('/etc/passwd')",
        "select * from duckdb_tables()",
        "select * from information_schema.tables",
        "select * from (describe core_firm)",
        "select * from (show tables)",
        "from core_firm",
        "set variable desk_kind = 'zone'",
        "drop view desk_firm",
        "select 1; select 2 from core_firm",
    ],
)
def test_a_query_of_anything_else_is_refused(sql: str) -> None:
    with pytest.raises(DefinitionError):
        named_views(sql)


def test_views_are_named_also_within_parts_of_a_query() -> None:
    sql = "with x as (select * from desk_firm) select * from x where firm_id in (select firm_id from desk_title)"

    assert named_views(sql) == {"desk_firm", "desk_title"}


def test_every_view_says_which_rows_a_scope_has(snapshot: Snapshot) -> None:
    """A table with a column of firms is limited by firm or of the zone alone; one without is totalled or named."""
    for name, view in views().items():
        has_firms = "firm_id" in snapshot.columns(view.table)
        by_firm = view.rows in ("firm", "tenant")
        assert by_firm or view.rows == "zone" if has_firms else not by_firm, name


def test_queries_are_read_by_threads_at_the_same_time() -> None:
    queries = {
        f"select {n} from {name}": name for n in range(60) for name in ("desk_firm", "desk_title", "desk_run__files")
    }

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(named_views, queries))

    assert answers == [{name} for name in queries.values()]


def test_entered_targets_are_shown_in_their_place_within_the_scope_and_nowhere_else(snapshot: Snapshot) -> None:
    """A raised number changes its own bridge alone, a new target gets one, and firms end at the scope."""
    (known,) = snapshot.rows("select * from core_target where measure = 'hnte_stock' and year = 2026")
    raised = {**known, "target": known["target"] + 20, "statement_id": 7}
    unknown = {**known, "measure": "leader_stock", "due_on": "2026-09-30", "statement_id": 8}
    bridge = "select measure, year, bar, firms, expected, target from desk_zone__bridge order by all"
    park = snapshot.value("select division_code from core_firm where division_code is not null limit 1")
    named = "select firm_id from desk_zone__bridge_firms where measure = 'hnte_stock' and year = 2026 order by 1"

    with open_desk(snapshot, "zone", ()) as desk:
        before = desk.rows(bridge)
        desk.enter_targets([raised, unknown])
        after = desk.rows(bridge)
        (stated,) = desk.rows("select entered_as from desk_zone__targets where measure = 'hnte_stock' and year = 2026")
        monitored = desk.rows("select target from desk_zone__monitoring where measure = 'hnte_stock' and year = 2026")
    is_raised = [(row["measure"], row["year"]) == ("hnte_stock", 2026) for row in before]
    assert [row for row in after if row["measure"] != "leader_stock"] == [
        {**row, "target": raised["target"]} if raise_it else row
        for row, raise_it in zip(before, is_raised, strict=True)
    ]
    assert "total" in {row["bar"] for row in after if row["measure"] == "leader_stock"}
    assert (stated["entered_as"], monitored) == (7, [{"target": raised["target"]}])
    with open_desk(snapshot, "park", (park,)) as desk:
        own = desk.rows(named)
        desk.enter_targets([raised])
        assert (desk.rows(named), desk.rows(bridge)) == (own, [])
    with open_desk(snapshot, "zone", ()) as desk:
        assert desk.rows(bridge) == before
    without = snapshot.cursor()
    without.execute("set variable desk_targets = '[]'")
    without.execute("set search_path = 'desk.zone_entered,desk.zone'")
    with pytest.raises(duckdb.InvalidInputException, match="no scope"):
        without.execute("select * from desk_zone__bridge").fetchall()
