"""The errors of the rules.

TierError
├── DefinitionError   an edition, the ladder or the vocabulary is invalid; names file and line
├── FactsError        the facts given cannot be asked: a column is absent, a figure too large
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
    """Any mistake in the rules or in how they are asked."""


class DefinitionError(TierError):
    """A file of the rules is refused; the message starts with ``file:line``."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        self.path, self.line = path, line
        super().__init__(f"{place_of(path)}:{line}: {message}")


class FactsError(TierError):
    """The frame of facts cannot be asked: a column is absent, or a figure too large to be compared exactly."""


class UnknownNameError(TierError):
    """No edition has the name asked for; the message lists those that exist."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(f"there is no edition {name}; there are {', '.join(sorted(known))}")


class DraftError(TierError):
    """A threshold cannot be tried out; ``zh`` and ``en`` say which and why."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh, self.en = zh, en
        super().__init__(f"{zh} {en}")


class UnknownPlace(TierError):
    """No place has the name or code, or several have it; ``near``: code and name of those that may be meant."""

    def __init__(self, text: str, near: list[tuple[str, str]]) -> None:
        self.near = near
        meant = "、".join(f"{code} {name}" for code, name in near)
        self.zh = f"没有唯一的属地“{text}”" + (
            f"；是否指 {meant}？" if near else "；请写行政区划代码或全称，如 3301、杭州市"
        )
        self.en = f"no single place is called {text}" + (
            f"; is it {meant}?" if near else "; write the code or the full name of a division"
        )
        super().__init__(f"{self.zh}\n{self.en}")


class NotInForce(TierError):
    """No text sets the term on the day asked about."""

    def __init__(self, name: str, day: date) -> None:
        self.zh, self.en = f"{day} 没有关于 {name} 的规定", f"on {day} no text sets {name}"
        super().__init__(f"{self.zh}\n{self.en}")


class ScoreRefused(TierError):
    """A scheme cannot score; ``reason`` is a code for pipelines."""

    def __init__(self, reason: str, zh: str, en: str) -> None:
        self.reason = reason
        super().__init__(f"{zh}\n{en} ({reason})")


def place_of(path: Path) -> str:
    """The path from the room's folder on, so that a message names no machine."""
    parts = path.parts
    for folder in ("editions", "schemes"):
        if folder in parts:
            return "/".join(parts[len(parts) - parts[::-1].index(folder) - 1 :])
    return parts[-1]
