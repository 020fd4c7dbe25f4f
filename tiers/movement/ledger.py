"""The causes of a change of position, in their order, and the designations whose positions are followed."""

from functools import lru_cache
from pathlib import Path

import polars as pl

from tiers.schema.ladder import ladder
from tiers.schema.strict import Strict
from tiers.yaml_file import YamlFile

WRITTEN = Path(__file__).with_name("ledger.yml")


class Cause(Strict):
    """The words for one cause: its name, and what it contains."""

    zh: str
    en: str
    note_zh: str
    note_en: str


class Ledger(Strict):
    """The tracks that are followed, and the causes in the order in which they are applied."""

    tracks: tuple[str, ...]
    causes: dict[str, Cause]


@lru_cache
def ledger() -> Ledger:
    """The content of ``ledger.yml``; an invalid file raises ``DefinitionError`` with its line."""
    file = YamlFile(WRITTEN)
    return file.validated(Ledger, file.content, ())


@lru_cache
def followed() -> tuple[str, ...]:
    """The designations whose positions are followed, in the order of the ladder."""
    return tuple(name for name, entry in ladder().items() if entry.track in ledger().tracks)


def causes_table() -> pl.DataFrame:
    """``ref_causes``: cause, seq (from 1), and the words for it."""
    rows = [{"cause": name, "seq": seq, **dict(cause)} for seq, (name, cause) in enumerate(ledger().causes.items(), 1)]
    return pl.DataFrame(rows, schema_overrides={"seq": pl.Int32})
