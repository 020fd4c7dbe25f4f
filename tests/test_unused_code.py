"""What a module defines is used by the product, and stands once: nothing that only tests reach, no function twice."""

import ast
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from source_files import FILES, name_of, nodes_of, offenders, tree_of

pytestmark = pytest.mark.rule("imports-inwards")

WRITTEN_FOR_ALEMBIC = "warehouse/casebook/migrations/"
NAMED_IN_DATA = {"PrivateLog"}
"""By ``flows/api/logging.yml``."""
LONGEST_REPEATED = 70
"""Characters of the body of a function; a shorter one is a call that may be made twice."""


def dotted(path: Path) -> str:
    """The name of a module, as it is imported."""
    return name_of(path).removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def definitions(path: Path) -> set[str]:
    """Functions, classes, values and names of others that a module gives, but for those a decorator registers."""
    names: set[str] = set()
    for node in tree_of(path).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.decorator_list:
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {target.id for target in targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.ImportFrom) and path.name != "__init__.py":
            names |= {alias.name for alias in node.names if alias.name == alias.asname}
    return {name for name in names if not name.startswith("__")}


@cache
def used_elsewhere() -> tuple[set[str], set[str]]:
    """What modules import of others, as ``module.name``; and every name after a dot."""
    nodes = [node for path in FILES for node in nodes_of(path)]
    imports = [node for node in nodes if isinstance(node, ast.ImportFrom)]
    imported = {f"{node.module}.{alias.name}" for node in imports for alias in node.names}
    return imported, {node.attr for node in nodes if isinstance(node, ast.Attribute)}


def unused(path: Path) -> list[str]:
    """The definitions that neither their module nor another one of the product names."""
    imported, after_a_dot = used_elsewhere()
    own = {node.id for node in nodes_of(path) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    others = definitions(path) - own - after_a_dot - NAMED_IN_DATA
    return sorted(name for name in others if f"{dotted(path)}.{name}" not in imported)


def test_what_a_module_defines_is_used_by_the_product() -> None:
    assert offenders([path for path in FILES if WRITTEN_FOR_ALEMBIC not in name_of(path)], unused) == {}


@pytest.mark.rule("imports-inwards", "a function stands once, and so do the fields of a class")
def test_no_two_modules_have_the_same_function_or_class() -> None:
    places: dict[str, set[str]] = defaultdict(set)
    for path in FILES:
        lines = [line.strip() for line in path.read_text("utf-8").splitlines()]
        for node in nodes_of(path):
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("__"):
                first = node.body[ast.get_docstring(node) is not None :][:1]
                body = "\n".join(lines[first[0].lineno - 1 : node.end_lineno]) if first else ""
                if isinstance(node, ast.ClassDef) and body:
                    places[f"{[ast.unparse(base) for base in node.bases]} {body}"].add(name_of(path))
                elif len(body) > LONGEST_REPEATED:
                    places[body].add(name_of(path))

    assert {body: modules for body, modules in places.items() if len(modules) > 1} == {}
