"""The documents name commands, options, tables and targets of make that exist."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer
from source_files import FILES, ROOT, offenders
from typer.core import TyperGroup

from flows import cli

pytestmark = pytest.mark.rule("true-documents")

OF_THE_PAST = {"CHANGELOG.md", "history.md"}
"""Documents that name what is gone, too."""
DOCUMENTS = sorted(path for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")) if path.name not in OF_THE_PAST)
OF_EVERY_COMMAND = {"--help", "--lang"}


@cache
def _root() -> Any:
    return typer.main.get_command(cli.app)


def _options(command: Any) -> Iterator[str]:
    """The options of a command, and of those below a group, since one of them may be run without its name."""
    for parameter in command.params:
        yield from parameter.opts
    for child in command.commands.values() if isinstance(command, TyperGroup) else ():
        yield from _options(child)


def _unknown_of(line: str) -> set[str]:
    """What a written command names and the command line does not know."""
    command, *words = _root(), *line.split()
    while words and isinstance(command, TyperGroup) and words[0] in command.commands:
        command = command.commands[words.pop(0)]
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", " ".join(words)))
    return (named - set(_options(command)) - OF_EVERY_COMMAND) | ({line} if command is _root() else set())


def _commands(path: Path) -> list[str]:
    lines = re.findall(r"\btidu ([a-z](?:(?!  |[`#·→]).)*)", path.read_text("utf-8"))
    return sorted({offence for line in lines for offence in _unknown_of(line)})


@cache
def _tables() -> set[str]:
    built = {name for path in FILES for name in re.findall(r"\b(?:core|mart|ref)_\w+", path.read_text("utf-8"))}
    typed = {f"stg_{path.stem}" for path in (ROOT / "warehouse" / "intake" / "feeds").iterdir()}
    return built | typed | {path.stem for path in (ROOT / "warehouse" / "models").rglob("*.sql")}


def _missing_tables(path: Path) -> list[str]:
    named = set(re.findall(r"\b(?:(?:core|mart|stg)_[a-z_]+__\w+|ref_\w+)", path.read_text("utf-8")))
    return sorted(named - _tables())


def _missing_targets(path: Path) -> list[str]:
    named = set(re.findall(r"(?:`|^)(?:[A-Z_]+=\S+ )?make ([a-z-]+)", path.read_text("utf-8"), re.MULTILINE))
    return sorted(named - set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)))


@pytest.mark.rule(
    "true-documents", "the documents name commands with their options, tables and targets of make that exist"
)
@pytest.mark.parametrize("missing", [_commands, _missing_tables, _missing_targets])
def test_the_documents_name_what_exists(missing: Callable[[Path], object]) -> None:
    assert offenders(DOCUMENTS, missing) == {}
