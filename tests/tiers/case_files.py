"""The cases of every edition of the rule book, with what it answers to each."""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from tiers import load_rulebook
from tiers.cases import CASES
from tiers.cases import Case as Case
from tiers.cases import cases_of as cases_of
from tiers.cases import frame as frame
from tiers.cases import results as results
from tiers.cases import rows_of as rows_of
from tiers.yaml_file import YamlFile


def edition_of(path: Path) -> str:
    """The id of the edition a file mirrors."""
    return path.relative_to(CASES).with_suffix("").as_posix()


@lru_cache
def files() -> Mapping[str, dict[str, Any]]:
    """The content of every case file by the edition it mirrors."""
    return {edition_of(path): YamlFile(path).content for path in sorted(CASES.glob("*/*/*.yml"))}


@lru_cache
def cases() -> tuple[Case, ...]:
    """Every case of every file."""
    return tuple(_read())


def _read() -> Iterator[Case]:
    for edition, content in files().items():
        yield from cases_of(edition, content)


@cache
def answers(edition: str) -> dict[Case, Mapping[str, Any]]:
    """The result row of every case of an edition: of its condition or its verdict."""
    return results(load_rulebook().edition(edition), [case for case in cases() if case.edition == edition])
