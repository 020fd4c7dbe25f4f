"""Signals and kinds of change as data: thresholds, reasons in words, what to do."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated

import polars as pl
from pydantic import Field

from tiers.schema.condition import Identifier
from tiers.schema.strict import Strict, Words
from tiers.yaml_file import YamlFile

WRITTEN = Path(__file__).parent / "signals.yml"
LIMIT = r"^[a-z][a-z_]*_(at_least|at_most)$"
"""The name of a threshold states on which side of it a firm gives the signal."""


class Change(Words):
    """A kind of change of position; ``why`` states when it applies."""

    why: Words


class Reason(Words):
    """Why a firm gives a signal; ``line_unit``: the unit of its line where that is not of a condition."""

    line_unit: str | None = None


class Signal(Words):
    """A signal: its thresholds by name, why they lie there, what an officer should do, and its reasons in words."""

    thresholds: dict[Annotated[str, Field(pattern=LIMIT)], float]
    why: Words
    do: Words
    reasons: dict[Identifier, Reason] = Field(min_length=1)


class Movement(Strict):
    """The content of ``signals.yml``; the order is that of display."""

    changes: dict[Identifier, Change]
    actions: dict[Identifier, Words]
    signals: dict[Identifier, Signal]


@lru_cache
def movement(path: Path = WRITTEN) -> Movement:
    """Changes and signals; raises ``DefinitionError`` with file and line."""
    file = YamlFile(path)
    return file.validated(Movement, file.content, ())


def tables() -> dict[str, pl.DataFrame]:
    """Changes, steps, signals and reasons by name; ``ref_signal_limits`` is one row with a column a threshold."""
    content = movement()
    changes = [
        {"change": name, "seq": seq, "zh": entry.zh, "en": entry.en, "why_zh": entry.why.zh, "why_en": entry.why.en}
        for seq, (name, entry) in enumerate(content.changes.items(), 1)
    ]
    signals = [_signal(seq, name, entry) for seq, (name, entry) in enumerate(content.signals.items(), 1)]
    reasons = [
        {"signal": name, "reason": reason, **words.model_dump()}
        for name, entry in content.signals.items()
        for reason, words in entry.reasons.items()
    ]
    return {
        "ref_changes": pl.DataFrame(changes),
        "ref_steps": pl.DataFrame(
            [{"step": name, "zh": words.zh, "en": words.en} for name, words in content.actions.items()]
        ),
        "ref_signals": pl.DataFrame(signals),
        "ref_signal_reasons": pl.DataFrame(reasons),
        "ref_signal_limits": pl.DataFrame({name: [limit] for name, limit in limits().items()}),
    }


def limits() -> dict[str, float]:
    """Every threshold, named ``<signal>_<threshold>``."""
    return {
        f"{name}_{limit}": value
        for name, entry in movement().signals.items()
        for limit, value in entry.thresholds.items()
    }


def _signal(seq: int, name: str, entry: Signal) -> dict[str, object]:
    return {
        "signal": name,
        "seq": seq,
        "zh": entry.zh,
        "en": entry.en,
        "thresholds": ", ".join(f"{limit} {value:g}" for limit, value in entry.thresholds.items()),
        "why_zh": entry.why.zh,
        "why_en": entry.why.en,
        "do_zh": entry.do.zh,
        "do_en": entry.do.en,
    }
