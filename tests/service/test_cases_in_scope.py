"""Own firms follow the assignments of the casebook, and what is handed out of the casebook ends at the scope."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from dash_app.api import routes
from dash_app.app import create_app
from service.casework import ACTS, CaseForm
from service.people.installation import People
from service.queries.movers.movers import Filters
from service.queries.release.records import Slice
from service.reader import Service
from service.scope import Scope, single_user
from service.wording.rendering import read_texts
from warehouse.casebook.book import Book
from warehouse.casebook.events import Draft
from warehouse.errors import BadInput, DefinitionError
from warehouse.home import Home
from warehouse.release.releases import DeskHome, Published

pytestmark = pytest.mark.rule("default-deny")

NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)
EVERY = Slice(1000, 0)
DESCRIPTION = read_texts(Path(routes.DESCRIPTION))


def assigned(firm: str, owner: str, deputy: str | None = None) -> Draft:
    content = {"firm": firm, "owner": owner, "deputy": deputy, "since": "2026-07-01"}
    return Draft(f"assignment:{firm}", "assignment.made", content, "分工")


def task(firm: str, number: int) -> Draft:
    content = {"firm": firm, "what": "补报研发费用", "start_by": "2026-07-02", "due_on": "2026-07-09"}
    return Draft(f"task:{number}", "task.added", content, "到期")


@pytest.fixture
def firms(published: Published) -> list[str]:
    return [row["firm_id"] for row in published.rows("select firm_id from mart_movers__firms order by 1 limit 4")]


@pytest.fixture
def home(own_home: Home, firms: list[str]) -> Home:
    drafts = [
        *(assigned(firms[0], "李娜"), assigned(firms[1], "王伟", deputy="李娜"), assigned(firms[2], "王伟")),
        *(task(firm, number) for number, firm in enumerate(firms, 1)),
        task("no longer in a release", 9),
    ]
    Book(own_home).append(drafts, by="root", now=NOW)
    return own_home


def seen(home: Home, scope: Scope) -> tuple[set[str], set[str]]:
    """The firms of the list, and those of the tasks."""
    with Service(home).release(scope) as release:
        listed = release.firms(Filters(), "", EVERY).rows
        tasks = release.cases("task", "", EVERY).rows
    return {row["firm_id"] for row in listed}, {row["firm_id"] for row in tasks}


def own(home: Home, name: str, role: str = "officer") -> Scope:
    """The scope of an account for own firms, which is made where there is none of the name."""
    accounts = People(home, lambda: NOW).accounts
    if accounts.named(name) is None:
        accounts.create(name, role, "own", by="root", why="开户")
    account = accounts.named(name)
    assert account is not None
    return accounts.scope_of(account)


def test_own_firms_are_those_of_owner_and_deputy(home: Home, firms: list[str]) -> None:
    assert seen(home, own(home, "李娜")) == (set(firms[:2]), set(firms[:2]))
    assert seen(home, own(home, "王伟")) == (set(firms[1:3]), set(firms[1:3]))
    assert seen(home, own(home, "赵六")) == (set(), set())
    administrator = replace(own(home, "李娜"), role="administrator")
    assert seen(home, administrator) == (set(), set()), "administers, and sees no firm"


def test_a_hand_over_is_followed_at_once(home: Home, firms: list[str]) -> None:
    content = {"firm": firms[0], "owner": "赵六", "deputy": None, "since": "2026-07-02", "former_owner": "李娜"}
    Book(home).append([Draft(f"assignment:{firms[0]}", "assignment.handed_over", content, "休假")], by="root", now=NOW)

    assert seen(home, own(home, "赵六")) == ({firms[0]}, {firms[0]})
    assert seen(home, own(home, "李娜")) == ({firms[1]}, {firms[1]})


def test_cases_are_in_order_by_kind_and_firm_with_their_total(home: Home, firms: list[str]) -> None:
    with Service(home).release(single_user()) as release:
        everything = release.cases("", "", EVERY)
        parts = [release.cases("", "", Slice(2, offset)).rows for offset in range(0, everything.total, 2)]
        of_firm = release.cases("", firms[0], EVERY).rows
        with pytest.raises(BadInput, match="没有这一类事项：nothing"):
            release.cases("nothing", "", EVERY)

    assert [row for part in parts for row in part] == everything.rows
    assert everything.total == len(everything.rows) >= 7
    assert {(row["kind"], row["firm_id"]) for row in of_firm} == {("assignment", firms[0]), ("task", firms[0])}
    (of_task,) = [row for row in of_firm if row["kind"] == "task"]
    assert (of_task["stream"], of_task["version"], of_task["content"]["what"]) == ("task:1", 1, "补报研发费用")


def test_the_pages_of_cases_end_at_the_scope(home: Home, firms: list[str]) -> None:
    for scope, theirs in ((own(home, "李娜"), set(firms[:2])), (single_user(), {*firms})):
        with Service(home).release(scope) as release:
            work = release.casework(scope)
            tasks = {row["firm_id"] for row in work.open()["task"]}
            shown = {firm for firm in (*firms, "none") if work.case(firm) is not None}
            assert (tasks & {*firms}, shown) == (theirs, theirs)
            with pytest.raises(BadInput, match="没有这家企业"):
                work.do("none" if theirs == {*firms} else firms[3], CaseForm("task", {}, "form"))


def test_no_act_reaches_a_firm_or_a_thing_out_of_the_scope(home: Home, firms: list[str]) -> None:
    """Whatever the act and its fields: with a firm of others, or a thing and an event of theirs, nothing is kept."""
    theirs = firms[3]
    fields = {
        "number": "4", "seq": str(Book(home).events(stream="task:4")[0].seq), "why": "试", "what": "x", "outcome": "x",
        "note": "x", "answer": "x", "result": "solved", "designation": "hnte", "step": "enter", "owner": "李娜",
        "service": "rd_accounting", "former": "王伟", "firm": theirs, "due_by": "2030-01-01", "receipt": "1",
        "paper": "1", "promise": "1", "side": "ours", "duty": "annual_report", "fact": "revenue_y0", "claimed": "1万元",
    }  # fmt: skip
    scope, before = own(home, "李娜"), Book(home).head().seq
    finds_firms = {"step_all", "assign_all"}
    with Service(home).release(scope) as release:
        work = release.casework(scope)
        for act in ACTS.keys() - finds_firms:
            for firm in (theirs, "none", firms[0]):
                opens_its_own = firm == firms[0] and ACTS[act].fold is None and act != "undo"
                if not opens_its_own:
                    with pytest.raises(BadInput):
                        work.do("" if ACTS[act].is_of_firms else firm, CaseForm(act, fields, f"form-{act}-{firm}"))
        with pytest.raises(BadInput, match="没有这家企业"):
            work.preview(theirs, fields)
    assert Book(home).head().seq == before


def test_acts_on_many_firms_end_at_the_scope(home: Home, firms: list[str], published: Published) -> None:
    scope = own(home, "李娜")
    signal, designation = next(
        (row["signal"], row["designation"])
        for row in published.rows("select signal, designation from mart_movers__signals where designation is not null")
    )
    with Service(home).release(scope) as release:
        work = release.casework(scope)
        over = work.do("", CaseForm("hand_over", {"former": "王伟", "owner": "赵六", "why": "试"}, "form-1"))
        listed = {"signal": signal, "designation": designation, "why": "试"}
        entered = work.do("", CaseForm("step_all", listed, "form-2"))

    assert {event.content["firm"] for event in over.events} == {firms[1]}, "the third is the former owner's alone"
    reached = {event.stream.partition(":")[2] for event in entered.events} | {row.firm_id for row in entered.refused}
    assert reached <= set(firms[:2])


def test_a_decision_at_a_desk_cannot_see_the_whole_release(home: Home, firms: list[str]) -> None:
    with Service(home).release(own(home, "李娜")) as release:
        at_desk = DeskHome(home.root, release._reader)
        with pytest.raises(DefinitionError), Published(at_desk).whole():
            pass
        with pytest.raises(DefinitionError):
            Published(at_desk).rows("select firm_id from core_firm")
        assert len(Published(at_desk).rows("select firm_id from desk_firm")) == 2


def test_cases_over_http_are_as_described_and_change_with_the_casebook(home: Home, firms: list[str]) -> None:
    client = create_app(Service(home)).server.test_client()

    def get(**headers: str):  # type: ignore[no-untyped-def]
        return client.get("/api/v1/cases", headers={"Host": "127.0.0.1", **headers})

    first = get()
    schema = {"$ref": "#/components/schemas/Cases", "components": DESCRIPTION["components"]}
    Draft202012Validator(schema).validate(first.json)
    assert get(**{"If-None-Match": first.headers["ETag"]}).status_code == 304
    Book(home).append([task(firms[0], 10)], by="root", now=NOW)

    later = get(**{"If-None-Match": first.headers["ETag"]})
    assert (later.status_code, later.json["total"]) == (200, first.json["total"] + 1)
