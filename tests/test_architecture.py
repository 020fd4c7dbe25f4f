"""The shape of the project is a test: who may import whom, sizes, names, and what every model owes."""

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from rules_in_code import designations, places, thresholds, words_of_sql
from rules_in_constants import rules_in_constants
from rules_in_python import rules_in
from source_files import (
    FILES,
    ROOMS,
    ROOT,
    modules,
    name_of,
    nodes_of,
    offenders,
    packages,
    tree_of,
)

from warehouse.models import graph

pytestmark = pytest.mark.rule("imports-inwards")

MAY_IMPORT = {
    "tiers": set(),
    "warehouse": {"tiers"},
    "service": {"warehouse", "tiers"},
    "dash_app": {"service"},
    "flows": {"service", "warehouse", "tiers", "dash_app"},
}
OWNER = {
    "prefect": "flows",
    "typer": "flows",
    "duckdb": "warehouse",
    "great_expectations": "warehouse",
    "sqlalchemy": "warehouse",
    "alembic": "warehouse",
    "psycopg": "warehouse",
    "holidays": "warehouse",
    "icalendar": "warehouse",
    "dash": "dash_app",
    "dash_mantine_components": "dash_app",
    "plotly": "dash_app",
    "flask": "dash_app",
    "flask_security": "dash_app",
    "flask_wtf": "dash_app",
    "gunicorn": "dash_app",
}
TESTS = sorted((ROOT / "tests").rglob("*.py"))
SQL_FILES = sorted((ROOT / "warehouse").rglob("*.sql"))
"""All SQL of ours; that of ``flows/api`` is written by Prefect's migrations, as ``test_prefect_database.py`` shows."""
MODELS = sorted((ROOT / "warehouse" / "models").rglob("*.sql"))


@pytest.mark.rule("imports-inwards", "imports point inwards, and each library belongs to one room (docs/develop.md)")
def test_imports_point_inwards() -> None:
    def misplaced(path: Path) -> set[str]:
        room = path.relative_to(ROOT).parts[0]
        imported = packages(path)
        outwards = imported & MAY_IMPORT.keys() - MAY_IMPORT[room] - {room}
        return outwards | {name for name in imported & OWNER.keys() if OWNER[name] != room}

    assert offenders(FILES, misplaced) == {}


@pytest.mark.rule("imports-inwards", "no import cycles between the folders of a room")
@pytest.mark.parametrize("room", ROOMS)
def test_the_folders_of_a_room_stand_on_floors(room: str) -> None:
    """No two of them need each other, directly or through others: what is read first can be understood alone."""
    inside = {path.stem if path.is_file() else path.name for path in (ROOT / room).iterdir()} - {"__init__"}
    below: dict[str, set[str]] = {name: set() for name in inside}
    for path in (ROOT / room).rglob("*.py"):
        name = path.relative_to(ROOT / room).parts[0].removesuffix(".py")
        if name in inside:
            below[name] |= {m.split(".")[1] for m in modules(path) if m.startswith(f"{room}.")} & inside - {name}

    assert set(TopologicalSorter(below).static_order()) == inside


@pytest.mark.rule("imports-inwards", "the command line needs the dashboard only to serve it")
def test_only_serving_brings_the_dashboard_into_the_flows() -> None:
    users = {name_of(path) for path in FILES if path.is_relative_to(ROOT / "flows") and "dash_app" in packages(path)}

    assert users == {"flows/commands/serve.py"}


@pytest.mark.rule("imports-inwards", "a file has at most 250 lines")
def test_no_python_file_is_longer_than_250_lines() -> None:
    lines = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in FILES + TESTS}

    assert {name: count for name, count in lines.items() if count > 250} == {}


@pytest.mark.rule("imports-inwards", "the body of a function has at most 50 lines")
def test_no_function_is_longer_than_50_lines() -> None:
    """Its parameters and its docstring aside: options of a command and inputs of a callback are a line each."""

    def long(path: Path) -> list[str]:
        functions = [node for node in nodes_of(path) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
        bodies = [(node.name, node.body[1:] if ast.get_docstring(node) else node.body) for node in functions]
        return [name for name, body in bodies if body and (body[-1].end_lineno or 0) - body[0].lineno >= 50]

    assert offenders(FILES, long) == {}


@pytest.mark.rule("imports-inwards", "a model is one SELECT that states its purpose, its key and its scope")
def test_a_model_states_its_purpose_its_key_and_its_scope() -> None:
    def lacking(path: Path) -> list[str]:
        text = path.read_text("utf-8")
        states = {
            "purpose": re.match(r"-- (?!key:|scope:|kept as:)", text),
            "key": graph.key_of(path.stem),
            "scope": graph.scope_of(path.stem),
            "one SELECT: the runner creates the table": not re.search(r"\bcreate\b", text, re.IGNORECASE),
        }
        return [name for name, is_stated in states.items() if not is_stated]

    assert offenders(MODELS, lacking) == {}


@pytest.mark.rule("rules-are-data", "no designation, no place and no threshold in SQL")
def test_no_sql_names_a_designation_a_place_or_a_threshold() -> None:
    def named(path: Path) -> list[str]:
        sql = path.read_text("utf-8")
        words = words_of_sql(sql)
        return [*designations(words), *places(words), *thresholds(sql)]

    assert offenders(SQL_FILES, named) == {}


@pytest.mark.rule("rules-are-data", "no designation, no place and no threshold in Python, nor in SQL that it writes")
def test_no_python_names_a_designation_a_place_or_a_threshold() -> None:
    assert offenders(FILES, rules_in) == {}


@pytest.mark.rule("rules-are-data", "no limit in a constant of a module, and none that bounds a figure or adds days")
def test_no_constant_or_bound_of_python_is_a_rule() -> None:
    assert offenders(FILES, rules_in_constants) == {}


@pytest.mark.rule("two-clocks", "below the flows a single module reads the clock, and nobody asks that one")
def test_the_clock_is_handed_on_and_not_asked() -> None:
    """A clock may be the default of a parameter, for a server that is given none."""
    reading = re.compile(r"\b(datetime\.now|date\.today|datetime\.today|utcnow|time\.time|time\.time_ns)\(")
    below = [path for path in FILES if not path.is_relative_to(ROOT / "flows")]
    readers = {name_of(path) for path in below if reading.search(path.read_text("utf-8"))}
    in_sql = re.compile(
        r"\b(current_(date|time|timestamp)|localtime|(now|today|get_current_timestamp)\(\))", re.IGNORECASE
    )

    assert readers == {"warehouse/machine/clock.py"}
    assert offenders(below, lambda path: "utc_now()" in path.read_text("utf-8").replace("def utc_now()", "")) == {}
    assert offenders(SQL_FILES, lambda path: in_sql.findall(path.read_text("utf-8"))) == {}


def test_everything_that_is_installed_is_named_with_its_hash() -> None:
    installing = re.findall(r"pip install .*", (ROOT / "Makefile").read_text("utf-8"))

    assert len(installing) == 3
    assert all(
        "--require-hashes" in line or line.endswith("--no-deps --python $(BIN)/python -e .") for line in installing
    )


@pytest.mark.rule("imports-inwards", "no module is named utils, helpers or common")
def test_nothing_is_named_after_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "common", "misc", "core"}

    assert [name_of(path) for path in FILES if path.stem in empty or path.parent.name in empty - {"core"}] == []


@pytest.mark.rule("tests-that-catch", "no __init__.py below tests")
def test_no_package_hides_a_room_from_its_tests() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []


@pytest.mark.rule("imports-inwards", "YAML files end in .yml")
def test_yaml_has_one_extension() -> None:
    assert [name_of(p) for room in ROOMS for p in (ROOT / room).rglob("*.yaml")] == []


@pytest.mark.rule("tests-that-catch", "a failure states what its module protects")
def test_a_module_of_tests_says_what_it_protects() -> None:
    modules_of_tests = [path for path in TESTS if path.name.startswith("test_")]

    assert [name_of(path) for path in modules_of_tests if not ast.get_docstring(tree_of(path))] == []


@pytest.mark.rule("imports-inwards", "one module opens DuckDB and takes data frames into it")
def test_only_the_database_module_connects_and_registers() -> None:
    assert offenders([path for path in FILES if name_of(path) != "warehouse/database/build.py"], _connections) == {}


def _connections(path: Path) -> list[object]:
    """Calls and imports of a file that open DuckDB or take data frames into it."""
    nodes = nodes_of(path)
    calls = [node.func for node in nodes if isinstance(node, ast.Call)]
    names = [(ast.unparse(call.value), call.attr) for call in calls if isinstance(call, ast.Attribute)]
    imported = [node for node in nodes if isinstance(node, ast.ImportFrom) and node.module == "duckdb"]

    takes_frames = {"register", "unregister"} if name_of(path).startswith(("warehouse/", "service/")) else set()
    opening = [name for name in names if name == ("duckdb", "connect") or name[1] in takes_frames]
    return [*opening, *(alias.name for node in imported for alias in node.names if alias.name == "connect")]
