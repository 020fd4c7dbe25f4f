"""What a module of Python states that belongs to the rules, by its syntax tree."""

import ast
import re
from pathlib import Path

from rules_in_code import designations, places, thresholds
from source_files import texts_of, without_docstrings

PIECE_OF_SQL = re.compile(
    r"\bselect\b.+\bfrom\b|\bwhere\s+[\w.]+\s*[<>=]|\bcase\s+when\b|\bis\s+(not\s+)?null\b|\binterval\s+'?\d|\bdate\s+'|\bfilter\s*\(|\bcoalesce\(",
    re.IGNORECASE | re.DOTALL,
)
NAMED_BY = ("id", "name", "attr", "arg", "module", "asname")
"""Of the nodes of a tree: values, functions, classes, parameters, modules and what they are imported as."""


def rules_in(path: Path) -> list[object]:
    """Designations, places, thresholds and days that a file states, in its own name and in SQL too."""
    nodes = without_docstrings(path)
    numbers = [number for node in nodes if _compares(node) for number in _thresholds(node)]
    calls = [node for node in nodes if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "date"]
    dates = [call for call in calls if call.args and all(isinstance(part, ast.Constant) for part in call.args)]

    names = {getattr(node, attribute, None) for node in nodes for attribute in NAMED_BY} | {path.stem}
    words = " ".join(sorted(name for name in names if isinstance(name, str)))
    texts = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    named = [word for text in (words, *texts) for word in (*designations(text), *places(text))]
    in_sql = [number for text in texts_of(path) if PIECE_OF_SQL.search(text) for number in thresholds(text)]
    return [*named, *numbers, *in_sql, *map(ast.unparse, dates)]


COMPARING = {"eq", "ge", "gt", "is_between", "le", "lt", "ne"}
"""Methods of a column that compare."""


def _compares(node: ast.AST) -> bool:
    return isinstance(node, ast.Compare) or (isinstance(node, ast.Call) and getattr(node.func, "attr", "") in COMPARING)


def _thresholds(comparison: ast.AST) -> list[float]:
    """The numbers compared with that may be thresholds.

    Not 0 and 1, which mean none and any; a power, the bound of a machine integer; a remainder, a check digit or every
    n-th; an index; the number of parts of a form, which is compared for equality.
    """
    if isinstance(comparison, ast.BinOp) and isinstance(comparison.op, ast.Pow | ast.Mod):
        return []
    if isinstance(comparison, ast.Subscript) or _counts_parts(comparison) or _tests_remainder(comparison):
        return []
    if isinstance(comparison, ast.Constant) and type(comparison.value) in (int, float):
        return [comparison.value] if comparison.value not in (0, 1) else []
    return [number for child in ast.iter_child_nodes(comparison) for number in _thresholds(child)]


def _tests_remainder(comparison: ast.AST) -> bool:
    if not isinstance(comparison, ast.Compare):
        return False
    return any(
        isinstance(side, ast.BinOp) and isinstance(side.op, ast.Mod)
        for side in (comparison.left, *comparison.comparators)
    )


def _counts_parts(comparison: ast.AST) -> bool:
    if not isinstance(comparison, ast.Compare) or not isinstance(comparison.left, ast.Call):
        return False
    is_equality = all(isinstance(operator, ast.Eq | ast.NotEq) for operator in comparison.ops)
    return is_equality and getattr(comparison.left.func, "id", "") == "len"
