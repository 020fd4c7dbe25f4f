"""The shape of the project is a test: who may import whom, sizes, names, and what every model owes."""

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tiers.schema.ladder import ladder
from warehouse.models import graph

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("tiers", "warehouse", "service", "flows", "dash_app")
MAY_IMPORT = {
    "tiers": set(),
    "warehouse": {"tiers"},
    "service": {"warehouse", "tiers"},
    "dash_app": {"service", "warehouse", "tiers"},
    "flows": {"service", "warehouse", "tiers", "dash_app"},
}
OWNER = {
    "prefect": "flows",
    "typer": "flows",
    "duckdb": "warehouse",
    "great_expectations": "warehouse",
    "sqlalchemy": "warehouse",
    "dash": "dash_app",
    "dash_ag_grid": "dash_app",
    "dash_mantine_components": "dash_app",
    "plotly": "dash_app",
}
FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
PLACE = re.compile(r"CN(-[0-9A-Z]+)*")
TESTS = sorted((ROOT / "tests").rglob("*.py"))
MODELS = sorted((ROOT / "warehouse" / "models").rglob("*.sql"))


def _imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and not node.level}
    return {name.split(".")[0] for name in names}


def _id(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.rule("imports point inwards, and each library belongs to one room (docs/develop.md)")
@pytest.mark.parametrize("path", FILES, ids=_id)
def test_imports_point_inwards(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    imported = _imports(path)

    assert imported & MAY_IMPORT.keys() <= MAY_IMPORT[room] | {room}
    assert {name for name in imported & OWNER.keys() if OWNER[name] != room} == set()


def _modules(path: Path) -> set[str]:
    """What a file imports, as dotted names; of ``from a import b`` both ``a`` and ``a.b``, which may be a module."""
    nodes = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)]
    return {f"{node.module}.{alias.name}" for node in nodes for alias in node.names} | {str(n.module) for n in nodes}


@pytest.mark.rule("no import cycles between the folders of a room")
@pytest.mark.parametrize("room", ROOMS)
def test_the_folders_of_a_room_stand_on_floors(room: str) -> None:
    """No two of them need each other, directly or through others: what is read first can be understood alone."""
    inside = {path.stem if path.is_file() else path.name for path in (ROOT / room).iterdir()} - {"__init__"}
    below: dict[str, set[str]] = {name: set() for name in inside}
    for path in (ROOT / room).rglob("*.py"):
        name = path.relative_to(ROOT / room).parts[0].removesuffix(".py")
        if name in inside:
            below[name] |= {m.split(".")[1] for m in _modules(path) if m.startswith(f"{room}.")} & inside - {name}

    assert set(TopologicalSorter(below).static_order()) == inside


@pytest.mark.rule("the command line needs the dashboard only to serve it")
def test_only_serving_brings_the_dashboard_into_the_flows() -> None:
    users = {_id(path) for path in FILES if path.is_relative_to(ROOT / "flows") and "dash_app" in _imports(path)}

    assert users == {"flows/commands/serve.py"}


@pytest.mark.rule("a file has at most 250 lines")
@pytest.mark.parametrize("path", FILES + TESTS, ids=_id)
def test_no_python_file_is_longer_than_250_lines(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 250


@pytest.mark.rule("a model is one SELECT that states its purpose, its key and its scope")
@pytest.mark.parametrize("path", MODELS, ids=_id)
def test_a_model_states_its_purpose_its_key_and_its_scope(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()

    assert re.match(r"-- (?!key:|scope:|kept as:)", lines[0])
    assert graph.key_of(path.stem)
    assert graph.scope_of(path.stem)
    assert not re.search(r"\bcreate\b", "\n".join(lines), re.IGNORECASE), "the runner creates the table"


@pytest.mark.rule("rules are data: no designation and no place in SQL")
@pytest.mark.parametrize("path", MODELS, ids=_id)
def test_no_model_names_a_designation_or_a_place(path: Path) -> None:
    words = re.findall(r"'([^']*)'", re.sub(r"--.*", "", path.read_text("utf-8")))

    assert set(ladder()) & set(words) == set()
    assert not [word for word in words if PLACE.fullmatch(word)]


def _without_docstrings(tree: ast.Module) -> list[ast.AST]:
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)]
    docstrings = {id(body[0].value) for body in bodies if body and isinstance(body[0], ast.Expr)}
    return [node for node in ast.walk(tree) if id(node) not in docstrings]


def _thresholds(comparison: ast.AST) -> list[float]:
    """The numbers compared with, but 0 and 1, which say none and any; a power is the bound of a machine integer."""
    if isinstance(comparison, ast.BinOp) and isinstance(comparison.op, ast.Pow):
        return []
    if isinstance(comparison, ast.Constant) and type(comparison.value) in (int, float):
        return [comparison.value] if comparison.value not in (0, 1) else []
    return [number for child in ast.iter_child_nodes(comparison) for number in _thresholds(child)]


@pytest.mark.parametrize("path", [path for path in FILES if path.is_relative_to(ROOT / "tiers")], ids=_id)
def test_no_rule_names_a_designation_a_place_or_a_threshold_in_python(path: Path) -> None:
    nodes = _without_docstrings(ast.parse(path.read_text("utf-8")))
    words = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    numbers = [number for node in nodes if isinstance(node, ast.Compare) for number in _thresholds(node)]
    calls = [node for node in nodes if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "date"]
    dates = [call for call in calls if call.args and all(isinstance(part, ast.Constant) for part in call.args)]

    assert [word for word in words if word in ladder() or PLACE.fullmatch(word)] == []
    assert numbers == []
    assert [ast.unparse(day) for day in dates] == []


@pytest.mark.rule("the day is a parameter: only the flows ask the clock")
@pytest.mark.parametrize("room", ["tiers", "warehouse", "dash_app"])
def test_only_the_flows_ask_the_clock(room: str) -> None:
    asking = re.compile(r"\b(datetime\.now|date\.today|datetime\.today|utcnow)\(")
    guilty = [_id(path) for path in (ROOT / room).rglob("*.py") if asking.search(path.read_text("utf-8"))]

    assert guilty == []


def test_everything_that_is_installed_is_named_with_its_hash() -> None:
    installing = re.findall(r"pip install .*", (ROOT / "Makefile").read_text("utf-8"))

    assert len(installing) == 3
    assert all(
        "--require-hashes" in line or line.endswith("--no-deps --python $(BIN)/python -e .") for line in installing
    )


@pytest.mark.rule("no module is named utils, helpers or common")
def test_nothing_is_named_after_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "common", "misc", "core"}

    assert [_id(path) for path in FILES if path.stem in empty or path.parent.name in empty - {"core"}] == []


@pytest.mark.rule("no __init__.py below tests")
def test_no_package_hides_a_room_from_its_tests() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []


@pytest.mark.rule("YAML files end in .yml")
def test_yaml_has_one_extension() -> None:
    assert [_id(p) for room in ROOMS for p in (ROOT / room).rglob("*.yaml")] == []


@pytest.mark.rule("a failure names the rule of the house that its test protects")
@pytest.mark.parametrize("path", [path for path in TESTS if path.name.startswith("test_")], ids=_id)
def test_a_module_of_tests_says_what_it_protects(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))
