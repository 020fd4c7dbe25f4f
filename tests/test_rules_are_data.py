"""Rules are data: SQL and Python name no designation, no place and no threshold (``rules_in_code.py``)."""

import ast
import re
from pathlib import Path

import pytest
from rules_in_code import designations, places, thresholds, words_of_sql
from source_files import FILES, ROOT, offenders, texts_of, without_docstrings

from tiers.schema.ladder import ladder

pytestmark = pytest.mark.rule("rules-are-data")

INVENTS = ROOT / "warehouse" / "sample"
"""Makes up a zone: designations, days and odds are its output, on which no figure of a real firm rests."""
SQL_FILES = sorted((ROOT / "warehouse").rglob("*.sql"))
"""All SQL of the project; what Prefect's migrations make is kept in ``flows/api``, as a test of it shows."""
PIECE_OF_SQL = re.compile(
    r"\bselect\b.+\bfrom\b|\bwhere\s+[\w.]+\s*[<>=]|\bcase\s+when\b|\bis\s+(not\s+)?null\b|\binterval\s+'?\d|\bdate\s+'|\bfilter\s*\(|\bcoalesce\(",
    re.IGNORECASE | re.DOTALL,
)


@pytest.mark.rule("rules-are-data", "no designation, no place and no threshold in SQL")
def test_no_sql_names_a_designation_a_place_or_a_threshold() -> None:
    def named(path: Path) -> list[str]:
        sql = path.read_text("utf-8")
        words = words_of_sql(sql)
        return [*designations(words), *places(words), *thresholds(sql)]

    assert offenders(SQL_FILES, named) == {}


@pytest.mark.rule("rules-are-data", "no threshold in SQL that Python writes")
def test_no_sql_in_python_compares_with_a_threshold() -> None:
    def named(path: Path) -> list[str]:
        return [number for text in texts_of(path) if PIECE_OF_SQL.search(text) for number in thresholds(text)]

    assert offenders(FILES, named) == {}


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("a > 0.3", ["0.3"]),
        ("0.3 <= a", ["0.3"]),
        ("revenue_fen >= 10_000", ["10_000"]),
        ("day >= today - interval 3 years", ["3"]),
        ("day >= today - interval '3 years'", ["'3 years'"]),
        ("day >= today - to_days(30)", ["30"]),
        ("age between 5 and 15", ["5", "15"]),
        ("outcome = 3", ["3"]),
        ("outcome in (2, 3)", ["2", "3"]),
        ("case outcome when 2 then 'met' end", ["2"]),
        ("a is distinct from 2", ["2"]),
        ("5 * a < b", ["5"]),
        ("coalesce(a, 7) > b", ["7"]),
        ("100 * a >= 30 * b", ["30"]),
        ("founded_on > date '2019-01-01'", ["'2019-01-01'"]),
        ("round(a, 2) > 20", ["20"]),
        ("count(*) >= 3", ["3"]),
    ],
)
def test_a_threshold_in_sql_is_found(sql: str, named: list[str]) -> None:
    assert set(thresholds(sql)) == set(named)


@pytest.mark.parametrize(
    "sql",
    [
        "a > 0 and b = 1",
        "100 * a >= share_pct * b",
        "year = this_year - 3",
        "year % 4 = 0",
        "key >> 56 between $1 and $2",
        "count(*) = 12",
        "month(day) = 12",
        "parts[3] > b",
        "day <= make_date(year, 12, 31)",
        "a::decimal(38, 15) > b",
        "until < date '9999-12-31'",
        "create macro largest_amount() as 10000000; create macro first_day() as date '1899-12-30';",
        "select 30 as days -- a > 30",
        "a > '30'",
    ],
)
def test_a_number_of_the_form_is_no_threshold(sql: str) -> None:
    assert thresholds(sql) == []


@pytest.mark.parametrize("text", ["holds_hnte", "hnte", "hnte_since", "is_in_gazelle_pool", "TECH_SME", "met:srdi"])
def test_a_designation_is_found_within_a_word(text: str) -> None:
    assert designations(text)


@pytest.mark.parametrize("text", ["rd_hnte_fen_y0", "leaders", "leadership", "unicornish", "held"])
def test_a_quantity_or_another_word_is_no_designation(text: str) -> None:
    """R&D as one ordinance counts it is a quantity of ``tiers/facts.yml``."""
    assert designations(text) == []


@pytest.mark.parametrize("text", ["CN", "CN-3301", "in CN-4201-ELHTZ"])
def test_a_place_is_found(text: str) -> None:
    assert places(text)


def _thresholds(comparison: ast.AST) -> list[float]:
    """The numbers compared with that may be thresholds.

    Not 0 and 1, which mean none and any; a power, the bound of a machine integer; a remainder, a check digit or every
    n-th; an index; the number of parts of a form, which is compared for equality.
    """
    if isinstance(comparison, ast.BinOp) and isinstance(comparison.op, ast.Pow | ast.Mod):
        return []
    if isinstance(comparison, ast.Subscript) or _counts_parts(comparison):
        return []
    if isinstance(comparison, ast.Constant) and type(comparison.value) in (int, float):
        return [comparison.value] if comparison.value not in (0, 1) else []
    return [number for child in ast.iter_child_nodes(comparison) for number in _thresholds(child)]


def _counts_parts(comparison: ast.AST) -> bool:
    if not isinstance(comparison, ast.Compare) or not isinstance(comparison.left, ast.Call):
        return False
    is_equality = all(isinstance(operator, ast.Eq | ast.NotEq) for operator in comparison.ops)
    return is_equality and getattr(comparison.left.func, "id", "") == "len"


@pytest.mark.rule("rules-are-data", "no designation, no place and no threshold in Python")
def test_no_rule_names_a_designation_a_place_or_a_threshold_in_python() -> None:
    assert offenders([path for path in FILES if not path.is_relative_to(INVENTS)], _rules_in) == {}


def _rules_in(path: Path) -> list[object]:
    """Designations, places, thresholds and days that a file states."""
    nodes = without_docstrings(path)
    words = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    numbers = [number for node in nodes if isinstance(node, ast.Compare) for number in _thresholds(node)]
    calls = [node for node in nodes if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "date"]
    dates = [call for call in calls if call.args and all(isinstance(part, ast.Constant) for part in call.args)]

    named = [word for word in words if word in ladder() or places(word)]
    return [*named, *numbers, *map(ast.unparse, dates)]
