"""What a test replaces or names by a dotted text exists, so that no test patches a name that nothing reads any more."""

import ast
import gc
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from source_files import ROOMS, ROOT, nodes_of

pytestmark = pytest.mark.rule("tests-that-catch")

PATCHES = {"setattr", "delattr", "patch", "object"}
"""Methods of ``monkeypatch`` and ``mock`` whose first argument may be a dotted name."""
OF_THE_PRODUCT = re.compile(rf"({'|'.join(ROOMS)})(\.\w+)+")
FILE_ENDINGS = {"duckdb", "py", "sql", "yml"}


def patched_names(path: Path) -> Iterator[str]:
    """Dotted names that a test patches, and texts that are names of the product."""
    for node in nodes_of(path):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in PATCHES:
            match node.args[:1]:
                case [ast.Constant(value=str(name))] if "." in name:
                    yield name
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and OF_THE_PRODUCT.fullmatch(node.value):
            yield node.value


def test_every_patched_name_exists() -> None:
    gc.freeze()  # a worker's module searches for garbage as it is imported, through the trees of all files too
    names = {
        name
        for path in (ROOT / "tests").rglob("*.py")
        for name in patched_names(path)
        if name.rpartition(".")[2] not in FILE_ENDINGS
    }

    assert {name for name in names if not _exists(name)} == set()


def _exists(name: str) -> bool:
    try:
        return pkgutil.resolve_name(name) is not None
    except (ImportError, AttributeError):
        return False


def test_patched_names_are_read_from_calls_and_texts(tmp_path: Path) -> None:
    path = tmp_path / "test_x.py"
    path.write_text(
        'mp.setattr("os.access", 1)\nMOMENT = ("warehouse.intake.load", "load")\nmp.setattr(owner, "x", 1)\n'
    )

    assert sorted(patched_names(path)) == ["os.access", "warehouse.intake.load"]
