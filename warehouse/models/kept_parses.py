"""What was parsed of the models, kept from process to process beside Python's compiled modules.

DuckDB's parser takes 1.5 CPU ms for a model, and most of them are parsed in every process that builds anything. As with
compiled modules an entry counts as long as what it was made from is the same, and nothing depends on its being there.
"""

import hashlib
import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any
from weakref import finalize

import duckdb

from warehouse.models.row_sources import Parts, Sources

Parsed = tuple[set[str], Sources]
"""The tables that a SELECT reads, and on which of them without rows it has none itself."""

NAME = "parsed.json"


@dataclass
class KeptParses:
    """Entries of a file by the name of what was parsed, each with the hash of what it was made from."""

    path: Path
    parsers: tuple[Path, ...]
    """The modules that parse: an entry of other ones does not count."""
    _added: dict[str, Any] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        finalize(self, _write, self.path, self._added)  # at the end of the process at the latest

    def of(self, name: str, sql: str, parse: Callable[[], Parsed]) -> Parsed:
        """What is kept of this SQL, or else what ``parse`` returns."""
        made_from = hashlib.sha256(self._parser + sql.encode()).hexdigest()
        entry = self._entries.get(name)
        if entry is not None and entry["made_from"] == made_from:
            return set(entry["reads"]), _sources(entry["sources"])
        reads, sources = parse()
        self._added[name] = {"made_from": made_from, "reads": sorted(reads), "sources": _json(sources)}
        return reads, sources

    @cached_property
    def _parser(self) -> bytes:
        return b"".join([duckdb.__version__.encode(), *(path.read_bytes() for path in self.parsers)])

    @cached_property
    def _entries(self) -> dict[str, Any]:
        return _read(self.path)


def _read(path: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        return dict(json.loads(path.read_text("utf-8")))
    return {}


def _write(path: Path, added: dict[str, Any]) -> None:
    """Beside what others wrote meanwhile; where the folder may not be written to, the next process parses again."""
    if not added or sys.dont_write_bytecode:
        return
    aside = path.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        aside.write_text(json.dumps(_read(path) | added, ensure_ascii=False), "utf-8")
        aside.replace(path)


def kept_beside(*modules: str) -> KeptParses:
    """The entries in the folder of the compiled modules of the first of these modules, which parse."""
    return KeptParses(Path(cache_from_source(modules[0])).with_name(NAME), tuple(map(Path, modules)))


def _json(sources: Sources) -> Any:
    if isinstance(sources, Parts):
        return {"needs_all" if sources.needs_all else "needs_any": [_json(part) for part in sources.parts]}
    return sources


def _sources(value: Any) -> Sources:
    if isinstance(value, dict):
        ((kind, parts),) = value.items()
        return Parts(tuple(map(_sources, parts)), needs_all=kind == "needs_all")
    return None if value is None else str(value)
