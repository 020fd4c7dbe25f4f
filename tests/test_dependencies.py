"""Dependencies: what the code imports is declared in pyproject.toml, and what is declared there is used."""

import re
import sys
import tomllib
from functools import lru_cache
from importlib.metadata import packages_distributions

import pytest
from source_files import ROOMS, ROOT, name_of, packages

pytestmark = pytest.mark.rule("libraries-first")

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
NOT_IMPORTED = {
    "fastapi": "a pin: newer releases stop Prefect's embedded server",
    "flask-compress": "Dash(compress=True)",
    "argon2-cffi": "Flask-Security hashes passwords with it",
    "authlib": "Flask-Security asks a provider through it",
    "psycopg": "the driver that SQLAlchemy takes for PostgreSQL",
}
NOT_IMPORTED_BY_TESTS = {
    "pytest-xdist": "pytest -n",
    "types-pyyaml": "mypy",
    **dict.fromkeys(("ruff", "mypy", "yamllint", "sqlfluff"), "make check"),
}


def _declared(requirements: list[str]) -> set[str]:
    return {_normalised(re.split(r"[^\w.-]", requirement)[0]) for requirement in requirements}


def _normalised(name: str) -> str:
    """The name of a distribution as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


@lru_cache
def _imported(folders: tuple[str, ...]) -> dict[str, str]:
    """Distributions of the top-level packages that the files of some folders import, each with one such file."""
    distributions = packages_distributions()
    imported = {}
    for path in sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py")):
        for package in packages(path) - sys.stdlib_module_names - {*ROOMS}:
            for distribution in distributions.get(package, []):
                imported[_normalised(distribution)] = name_of(path)
    return imported


PRODUCT = _declared(PROJECT["dependencies"])
DEVELOPMENT = _declared(PROJECT["optional-dependencies"]["dev"])


@pytest.mark.rule("libraries-first", "a package that product code imports is a dependency of the project")
def test_what_the_product_imports_is_declared() -> None:
    imported = _imported(ROOMS)

    assert {name: path for name, path in imported.items() if name not in PRODUCT} == {}


@pytest.mark.rule("libraries-first", "a package that only tests import is in the extra dev")
def test_what_tests_import_is_declared() -> None:
    imported = _imported(("tests",))

    assert {name: path for name, path in imported.items() if name not in PRODUCT | DEVELOPMENT} == {}


@pytest.mark.rule("libraries-first", "no declared dependency is unused")
def test_what_is_declared_is_used() -> None:
    assert PRODUCT - _imported(ROOMS).keys() - NOT_IMPORTED.keys() == set()
    assert DEVELOPMENT - _imported(("tests",)).keys() - NOT_IMPORTED_BY_TESTS.keys() == set()
