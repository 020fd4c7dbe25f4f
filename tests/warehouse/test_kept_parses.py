"""A model is parsed once for all processes, and again where its SQL or what parses it is another."""

import sys
from pathlib import Path

import pytest

from warehouse.models.kept_parses import KeptParses, Parsed
from warehouse.models.row_sources import Parts

pytestmark = pytest.mark.rule("at-once")

SQL = "select a from t join u using (a)"
PARSED: Parsed = ({"t", "u"}, Parts((Parts(("t", None), needs_all=True), "u"), needs_all=False))


@pytest.fixture(autouse=True)
def compiled_modules_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


@pytest.fixture
def parser(tmp_path: Path) -> Path:
    path = tmp_path / "parser.py"
    path.write_text("1")
    return path


def process(path: Path, parser: Path) -> KeptParses:
    """What a process begins with."""
    return KeptParses(path, (parser,))


def kept(path: Path, parser: Path, name: str = "model") -> None:
    process(path, parser).of(name, SQL, lambda: PARSED)


def not_parsed() -> Parsed:
    raise AssertionError("parsed again")


def test_what_a_process_parsed_the_next_ones_read(tmp_path: Path, parser: Path) -> None:
    path = tmp_path / "__pycache__" / "parsed.json"
    kept(path, parser)
    kept(path, parser, "other")
    entries = process(path, parser)

    assert entries.of("model", SQL, not_parsed) == entries.of("other", SQL, not_parsed) == PARSED


@pytest.mark.parametrize("change", ["sql", "parser", "name", "damaged"])
def test_what_was_made_from_something_else_is_parsed_again(change: str, tmp_path: Path, parser: Path) -> None:
    path, other = tmp_path / "parsed.json", ({"v"}, None)
    kept(path, parser)
    if change == "parser":
        parser.write_text("2")
    if change == "damaged":
        path.write_text('{"model": {')
    name, sql = ("another" if change == "name" else "model"), (f"{SQL} limit 1" if change == "sql" else SQL)

    assert process(path, parser).of(name, sql, lambda: other) == other


def test_a_folder_that_may_not_be_written_to_is_left_alone(tmp_path: Path, parser: Path) -> None:
    (tmp_path / "file").touch()

    kept(tmp_path / "file" / "parsed.json", parser)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "parser.py"]
