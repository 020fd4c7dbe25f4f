"""A name states what a thing is (a delivery, a row, a verdict) in the terms of the field, and tells no story."""

import ast
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from source_files import FILES, ROOMS, ROOT, nodes_of, offenders, without_docstrings

pytestmark = pytest.mark.rule("imports-inwards")

STORY = "found|looks?|reckon|said|says|tells?|told"
IS_STORY = re.compile(STORY).fullmatch
PART = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z0-9]+")
MAY_TELL = re.compile(
    rf"""
    (?:^\s* | def[ ] | class[ ] | [(,][ ]? | \bfor[ ] | \bas[ ]) (?:one|{STORY})\b  # the whole name
    | _(?:one|{STORY})(?![a-z]) | \b(?:one|{STORY})_ | (?-i:[a-z](?:One|Found|Said|Told|Says|Tells?|Looks?)\b)  # a part
    """,
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
"""What is cheap to look for in a text before its tree is read."""
SELECTS = re.compile(r"\b(?:select|create|insert)\b")
ALIAS = re.compile(r"\bas (\w+)")
CODE = re.compile(r"[a-z][a-z0-9_]*")
"""A value that is a code, as a verdict or a status is."""
KEY = re.compile(r"(?m)(?:^\s*(?:- )?\s*|[{,]\s*)([A-Za-z][\w-]*):(?=\s|$)")
FORMER = re.compile(r"former: \{.*?\}\}")
"""In YAML, names that are still read in what was written before, each with the present one."""
MIGRATIONS = ROOT / "warehouse" / "casebook" / "migrations" / "versions"
"""What a casebook was at each version, by the names of then."""
MODULES = [path for path in (*FILES, *sorted((ROOT / "tests").rglob("*.py"))) if path != Path(__file__)]


def stories(names: Iterable[str]) -> list[str]:
    """Names with a part that says how something came about, or ``one`` at the end, in place of a noun."""
    split = {name: [part.lower() for part in PART.findall(name)] for name in names}
    return sorted(name for name, parts in split.items() if any(map(IS_STORY, parts)) or parts[-1:] == ["one"])


def names_in(path: Path) -> set[str]:
    """The names that a file gives, and the columns that its SQL names."""
    texts = [node.value for node in without_docstrings(path) if isinstance(node, ast.Constant)]
    columns = (ALIAS.findall(text) for text in texts if isinstance(text, str) and SELECTS.search(text))
    return names_of_python(path).union(*columns)


def names_of_python(path: Path) -> set[str]:
    """The names that a file gives; what it takes from a library is not its own."""
    names: set[str] = set()
    for node in nodes_of(path):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("test_"):
            names.add(node.name)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store):
            names.add(node.id if isinstance(node, ast.Name) else node.attr)
        elif isinstance(node, ast.alias | ast.ExceptHandler):
            names.add((node.asname if isinstance(node, ast.alias) else node.name) or "")
    return names


def test_names_of_python_and_columns_in_it_tell_no_story() -> None:
    candidates = [path for path in MODULES if MAY_TELL.search(path.read_text("utf-8"))]

    assert offenders([path.with_name(f"{path.stem}.py") for path in MODULES if stories([path.stem])], str) == {}
    assert offenders(candidates, lambda path: stories(names_in(path))) == {}


def test_columns_and_aliases_of_sql_tell_no_story() -> None:
    def named(path: Path) -> list[str]:
        sql = re.sub(r"--.*|'[^']*'", "", path.read_text("utf-8"))
        return stories(set(re.findall(r"\b[a-z]\w*", sql)))

    assert offenders((path for room in ROOMS for path in (ROOT / room).rglob("*.sql")), named) == {}


def test_codes_among_the_values_of_sql_and_python_tell_no_story() -> None:
    def in_sql(path: Path) -> list[str]:
        return stories(set(re.findall(r"'([a-z][a-z0-9_]*)'", re.sub("--.*", "", path.read_text("utf-8")))))

    def in_python(path: Path) -> list[str]:
        former = {id(part) for node in nodes_of(path) if _is_former(node) for part in ast.walk(node)}
        texts = (node.value for node in nodes_of(path) if isinstance(node, ast.Constant) and id(node) not in former)
        return stories({text for text in texts if isinstance(text, str) and CODE.fullmatch(text)})

    assert offenders((path for room in ROOMS for path in (ROOT / room).rglob("*.sql")), in_sql) == {}
    assert offenders((path for path in FILES if not path.is_relative_to(MIGRATIONS)), in_python) == {}


def _is_former(node: ast.AST) -> bool:
    """Whether a constant keeps the former name of what is stored, or was once called so."""
    return isinstance(node, ast.Assign) and any(
        isinstance(name, ast.Name) and name.id == "FORMER" for name in node.targets
    )


def test_keys_of_yaml_tell_no_story() -> None:
    files = [path for room in (*ROOMS, "tests") for path in (ROOT / room).rglob("*.yml")]

    def keys(path: Path) -> set[str]:
        return set(KEY.findall(FORMER.sub("", path.read_text("utf-8"))))

    assert offenders(files, lambda path: stories(keys(path))) == {}


@pytest.mark.parametrize(
    ("name", "is_story"),
    [
        ("told_on", True),
        ("cannot_tell", True),
        ("outlook", False),
        ("NotFound", True),
        ("has_one", True),
        ("one", True),
        ("one_pass", False),
        ("founded_on", False),
    ],
)
def test_a_name_is_judged_by_its_parts(name: str, is_story: bool) -> None:
    assert stories([name]) == [name] * is_story


ONE_LETTER = {
    "n": "how many, in a formula of the literature",
    "k": "how many of them, in such a formula",
    "z": "a quantile of the normal distribution, and a standard score",
    "q": "the parameter of an address that is searched for",
    "x": "an axis",
    "y": "an axis",
    "A": "an element of HTML",
    "B": "an element of HTML",
}
"""The names of one letter, each by what it stands for wherever it is used; ``_`` is a value that nothing reads."""


def test_a_name_is_a_word() -> None:
    def letters(path: Path) -> list[str]:
        return sorted(name for name in names_of_python(path) if len(name) == 1 and name not in {"_", *ONE_LETTER})

    assert offenders(FILES, letters) == {}
