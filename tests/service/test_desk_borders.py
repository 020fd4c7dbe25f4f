"""Pages and HTTP routes read through a desk: whatever of the service they import names views of it in its SQL."""

import ast
import re
from pathlib import Path

import pytest
from source_files import ROOT, modules, name_of, offenders, tree_of, without_docstrings

from warehouse.release.desk.desk import views

pytestmark = pytest.mark.rule("default-deny")

OF_A_FIRM_THAT_IS_SEEN = {
    "service/queries/firm/replay.py": "the facts of one firm, which a desk gave",
    "service/queries/files/corrected_row.py": "a delivered row, whose address a desk gave, in a build of its own",
    "service/queries/files/rows.py": "a delivered row, whose address a desk gave with the firm",
    "service/queries/installation/zones.py": "marts of zones: service/zones.py reads those of the scope",
    "service/queries/installation/zones_firms.py": "as zones.py",
    "service/queries/zone/any_days.py": "another day of the whole release, which a desk refuses",
}
"""What reads tables below casework, and why no scope is left by it."""
PAGES = sorted((ROOT / "dash_app").rglob("*.py"))
SQL = re.compile(r"\bselect\b|^\s*(from|(inner |left |cross )?join)\b")
NAMED = re.compile(r"\b(?:from|join)\s+([a-z]\w*)")
COMMON_TABLE = re.compile(r"(?:\bwith|,)\s+(\w+)\s+as\s*\(")
OPENING = ("Published(", "ZoneSnapshot", "Snapshot.open", "at_once(")


def _file(module: str) -> Path | None:
    path = ROOT.joinpath(*module.split("."))
    return next((p for p in (path.with_suffix(".py"), path / "__init__.py") if p.is_file()), None)


def _below(paths: list[Path]) -> set[Path]:
    """The files of the service that these need, directly or through others."""
    below: set[Path] = set()
    waiting = list(paths)
    while waiting:
        path = waiting.pop()
        imported = {_file(name) for name in modules(path) if name.startswith("service.")}
        added = {path for path in imported if path is not None} - below
        below |= added
        waiting += added
    return below


def _texts(path: Path) -> list[str]:
    """The texts of a module, those that are put together in one piece."""
    nodes = without_docstrings(path)
    plain = [str(node.value) for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    joined = [node.values for node in nodes if isinstance(node, ast.JoinedStr)]
    return plain + [
        "".join(str(part.value) if isinstance(part, ast.Constant) else " ($) " for part in parts) for parts in joined
    ]


def _tables(path: Path) -> set[str]:
    """What the SQL of a module names that is no view of a desk."""
    texts = [text for text in _texts(path) if SQL.search(text)]
    named = {name for text in texts for name in NAMED.findall(text)}
    defined = {name for text in texts for name in COMMON_TABLE.findall(text)}
    return named - defined - views().keys() - {"desk_tables", "unnest"}


@pytest.mark.rule("default-deny", "pages and HTTP routes read a release through a desk only")
def test_what_pages_and_routes_ask_names_views_of_a_desk_only() -> None:
    below = _below(PAGES)

    assert {name_of(path) for path in below} >= {"service/reader.py", "service/decisions/pool.py"}
    assert offenders(sorted(below), _tables).keys() == OF_A_FIRM_THAT_IS_SEEN.keys()


def test_a_table_that_is_no_view_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "leaking.py"
    path.write_text(
        'A = "select * from desk_firm"\nB = f"select {A} from core_firm"\nC = " inner join core_title on"\n'
    )

    assert _tables(path) == {"core_firm", "core_title"}


@pytest.mark.rule("default-deny", "only the reader of the service opens a release for pages")
def test_no_page_imports_a_question_that_opens_a_release_itself() -> None:
    """A command asks it, and as the zone: a page that did would leave its scope."""
    assert offenders(PAGES, lambda path: {name for name in modules(path) if _opens(name)}) == {}


def _opens(name: str) -> bool:
    """Whether an imported name is a function of a question that opens a release."""
    module, _, function = name.rpartition(".")
    file = _file(module) if module.startswith("service.queries.") else None
    return file is not None and any(
        isinstance(node, ast.FunctionDef) and node.name == function and _mentions(node) for node in tree_of(file).body
    )


def _mentions(node: ast.AST) -> bool:
    text = ast.unparse(node)
    return any(word in text for word in OPENING)


def test_a_question_that_opens_a_release_is_recognised() -> None:
    assert _opens("service.queries.cases.due.due")
    assert not _opens("service.queries.cases.due.part_of_due")
