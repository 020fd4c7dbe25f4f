"""The rooms of the dashboard: routes state roles, pages have layout and register, ids and callbacks their places."""

import ast
import inspect
from importlib import import_module
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from dash import Dash
from source_files import nodes_of, offenders

import dash_app
from dash_app import ids, routing
from dash_app.app import create_app
from dash_app.session import NOBODY, Session
from dash_app.zone_routes import ZONES
from service.reader import ReleaseQueries, Service
from service.scope import LOCAL
from service.zones import ZonesQueries, ZonesService
from warehouse.home import Home

pytestmark = pytest.mark.rule("imports-inwards")

ROOM = Path(dash_app.__file__).parent
FILES = sorted(ROOM.rglob("*.py"))
FOLDERS = sorted(path.name for path in (ROOM / "pages").iterdir() if (path / "__init__.py").exists())
WITH_IDS = {"Input", "Output", "State"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Dash:
    return create_app(Service(Home(tmp_path_factory.mktemp("home"))))


EVERY_ROUTE = (*routing.ROUTES, ZONES)


@pytest.mark.parametrize("route", EVERY_ROUTE, ids=lambda route: route.name)
def test_a_route_states_roles_titles_and_a_page(route: routing.Route) -> None:
    assert route.roles
    assert route.title("zh") != route.title("en")
    assert callable(import_module(route.module).register)


def test_every_page_folder_has_a_route_and_its_three_modules() -> None:
    assert sorted(route.module.removeprefix("dash_app.pages.") for route in EVERY_ROUTE) == FOLDERS
    for name in FOLDERS:
        assert {"layout.py", "callbacks.py", "figures.py"} <= {path.name for path in (ROOM / "pages" / name).iterdir()}


@pytest.mark.parametrize("route", EVERY_ROUTE, ids=lambda route: route.name)
def test_a_layout_takes_the_release_the_session_and_the_parameters_of_its_path(route: routing.Route) -> None:
    page = import_module(route.module)
    example = {name: "x" for name in inspect.signature(page.layout).parameters if name not in ("release", "session")}

    assert route.parameters(route.path(**example)) == example
    hints = get_type_hints(page.layout)
    asked, service = (ZonesQueries, ZonesService) if route == ZONES else (ReleaseQueries, Service)
    assert (hints["release"], hints["session"]) == (asked, Session)
    assert [*get_type_hints(page.register).values()] == [Dash, service, type(None)]


def function_of(callback: dict[str, Any]) -> Any:
    return inspect.unwrap(callback["callback"])


def test_every_callback_belongs_to_a_page_but_those_that_show_pages_and_the_drawer(app: Dash) -> None:
    modules = [function_of(callback).__module__ for callback in app.callback_map.values()]
    pages = {f"{route.module}.callbacks" for route in routing.ROUTES}
    of_the_shell = ["dash_app.drawer.callbacks", "dash_app.site.dashboard"]

    assert sorted(module for module in modules if module not in pages) == of_the_shell


def test_every_callback_states_the_types_of_its_values(app: Dash) -> None:
    for callback in app.callback_map.values():
        function = function_of(callback)
        parameters = get_type_hints(function)
        parameters.pop("return")
        assert parameters.keys() == inspect.signature(function).parameters.keys(), function
        assert Any not in parameters.values(), function


def test_ids_are_written_in_one_module_only() -> None:
    def written(path: Path) -> list[str]:
        calls = [node for node in nodes_of(path) if isinstance(node, ast.Call)]
        literals = [kw.value for call in calls for kw in call.keywords if kw.arg == "id"]
        literals += [call.args[0] for call in calls if getattr(call.func, "id", "") in WITH_IDS]
        return [ast.unparse(node) for node in literals if isinstance(node, ast.Constant | ast.Dict | ast.JoinedStr)]

    assert offenders([path for path in FILES if path.name != "ids.py"], written) == {}


def test_no_two_ids_are_the_same() -> None:
    values = [value for name, value in vars(ids).items() if name.isupper()]

    assert len(values) == len(set(values)) > 5


@pytest.mark.rule("stays-here", "no chart has the button that uploads it")
def test_charts_are_made_in_one_place() -> None:
    assert [path.name for path in FILES if "dcc.Graph(" in path.read_text("utf-8")] == ["charts.py"]


@pytest.mark.parametrize(
    ("path", "route", "parameters"),
    [
        ("/", routing.TODAY, {}),
        (None, routing.TODAY, {}),
        ("/movers", routing.MOVERS, {}),
        ("/firm/91330000000000000X", routing.FIRM, {"firm_id": "91330000000000000X"}),
        ("/firm/a%2Fb%E6%A2%AF", routing.FIRM, {"firm_id": "a/b梯"}),
    ],
)
def test_a_path_leads_to_its_route(path: str | None, route: routing.Route, parameters: dict[str, str]) -> None:
    assert routing.find(path, LOCAL) == (route, parameters)


@pytest.mark.rule("default-deny")
@pytest.mark.parametrize("path", ["/movers/", "/firm", "/firm/", "/firm/a/b", "//", "/firm/x/", "/.", "/admin/", "/\n"])
def test_a_path_that_is_not_in_the_table_is_denied(path: str) -> None:
    assert routing.find(path, LOCAL) is None


def test_every_page_without_parameters_is_in_the_navigation_once() -> None:
    listed = [route.name for routes in routing.groups(LOCAL).values() for route in routes]

    assert sorted(listed) == sorted(route.name for route in routing.ROUTES if "{" not in route.pattern)
    assert {name for group in routing.groups("administrator").values() for name in group} == {
        route for route in routing.ROUTES if "{" not in route.pattern and "administrator" in route.roles
    }


@pytest.mark.rule("default-deny")
def test_a_person_without_a_role_of_the_route_is_denied() -> None:
    assert [route.name for route in routing.ROUTES if routing.find(route.path(firm_id="x"), NOBODY)] == []


def test_a_path_is_written_and_read_back() -> None:
    assert routing.FIRM.parameters(routing.FIRM.path(firm_id="a/b?c 梯%2F")) == {"firm_id": "a/b?c 梯%2F"}
