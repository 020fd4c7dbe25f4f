"""The source files of the project, and what is read off their syntax trees."""

import ast
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("tiers", "warehouse", "service", "flows", "dash_app")
FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def name_of(path: Path) -> str:
    """The path below the root of the project."""
    return str(path.relative_to(ROOT))


@cache
def tree_of(path: Path) -> ast.Module:
    """The syntax tree of a file, parsed once a process; not to be changed."""
    return ast.parse(path.read_text("utf-8"))


@cache
def nodes_of(path: Path) -> list[ast.AST]:
    """Every node of the tree of a file: several rules read them, and a walk takes as long as parsing."""
    return list(ast.walk(tree_of(path)))


def offenders(paths: Iterable[Path], offences: Callable[[Path], object]) -> dict[str, object]:
    """The files that break a rule, each with what breaks it; one test a rule names them all."""
    return {name_of(path): offence for path in paths if (offence := offences(path))}


@cache
def packages(path: Path) -> set[str]:
    """The top-level packages that a file imports."""
    nodes = nodes_of(path)
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}
    return {name.split(".")[0] for name in names}


@cache
def modules(path: Path) -> set[str]:
    """The modules a file imports, as dotted names; of ``from a import b`` both ``a`` and ``a.b``."""
    nodes = [node for node in nodes_of(path) if isinstance(node, ast.ImportFrom)]
    return {f"{node.module}.{alias.name}" for node in nodes for alias in node.names} | {str(n.module) for n in nodes}


@cache
def without_docstrings(path: Path) -> list[ast.AST]:
    """Every node of a file but the texts that document a module, a class, a function or a value."""
    nodes = nodes_of(path)
    docstrings = {
        id(node.value) for node in nodes if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return [node for node in nodes if id(node) not in docstrings]


@cache
def texts_of(path: Path) -> list[str]:
    """Every text of a module but its docstrings; the parts of one that is put together in one piece, with gaps."""
    nodes = without_docstrings(path)
    joined = [node for node in nodes if isinstance(node, ast.JoinedStr)]
    parts = {id(part) for node in joined for part in ast.walk(node) if part is not node}
    texts = [
        "".join(str(part.value) if isinstance(part, ast.Constant) else " _ " for part in node.values) for node in joined
    ]
    plain = [node for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return texts + [str(node.value) for node in plain if id(node) not in parts]
