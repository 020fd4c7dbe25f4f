"""The errors of the rules.

TierError
├── DefinitionError   an edition, the ladder or the vocabulary is invalid; names file and line
├── FactsError        the facts given cannot be asked: a column is absent, a figure too large
├── FigureError       what a person typed is no figure of its kind
├── UnknownNameError  the edition asked for does not exist
├── DraftError        a threshold cannot be tried out
├── UnknownPlace      no place, or several, have the name or code given
├── NotInForce        a term was asked about a day on which no text sets it
└── ScoreRefused      a points scheme cannot score: its weights are not known, or it is not in force
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path


class TierError(Exception):
    """Any mistake in the rules or in how they are asked; ``zh`` and ``en`` are the message in each language.

    A single text stands for both.
    """

    def __init__(self, zh: str, en: str = "") -> None:
        self.zh, self.en = zh, en or zh
        super().__init__("\n".join(filter(None, (zh, en))))


class DefinitionError(TierError):
    """A file of the rules is refused; the message starts with ``file:line``."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        self.path, self.line = path, line
        super().__init__(f"{place_of(path)}:{line}: {message}")


class FactsError(TierError):
    """The frame of facts cannot be asked: a column is absent, or a figure too large to be compared exactly."""


class FigureError(TierError, ValueError):
    """What a person typed is no figure of its kind; states what it should be."""


class UnknownNameError(TierError):
    """No edition has the name asked for; the message lists those that exist."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        listed = ", ".join(sorted(known))
        super().__init__(f"没有 {name}；有 {listed}", f"there is no {name}; there are {listed}")


class DraftError(TierError):
    """A threshold cannot be tried out; the message names it and states why."""


class UnknownPlace(TierError):
    """No place has the name or code, or several have it; ``near``: code and name of those that may be meant."""

    def __init__(self, text: str, near: list[tuple[str, str]]) -> None:
        self.near = near
        meant = "、".join(f"{code} {name}" for code, name in near)
        super().__init__(
            f"没有唯一的属地“{text}”" + (f"；是否指 {meant}？" if near else "；请写行政区划代码或全称"),
            f"no single place is called {text}"
            + (f"; is it {meant}?" if near else "; write the code or the full name of a division"),
        )


class NotInForce(TierError):
    """No text sets the term on the day asked about."""

    def __init__(self, name: str, day: date) -> None:
        super().__init__(f"{day} 没有关于 {name} 的规定", f"on {day} no text sets {name}")


class ScoreRefused(TierError):
    """A scheme cannot score; ``reason`` is a code for pipelines."""

    def __init__(self, reason: str, zh: str, en: str) -> None:
        super().__init__(zh, f"{en} ({reason})")
        self.reason = reason


def place_of(path: Path) -> str:
    """The path from the room's folder on, so that a message names no machine."""
    parts = path.parts
    for folder in ("editions", "schemes"):
        if folder in parts:
            return "/".join(parts[len(parts) - parts[::-1].index(folder) - 1 :])
    return parts[-1]
