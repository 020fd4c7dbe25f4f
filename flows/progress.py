"""What the person at the terminal sees while a run works, and how long each step took."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from flows.terminal.language import of_both
from flows.terminal.markup import Terminal, styled, with_sign

_begun: list[tuple[str, str]] = [("", "")]
"""The words of the step that was begun last, in both languages."""

_console = Terminal(stderr=True)


@contextmanager
def step(zh: str, en: str) -> Iterator[None]:
    """Print that a step has begun, and its seconds when it is done; nothing about a step that failed."""
    _console.print(styled("[dim]…[/dim] {}", of_both(zh, en)), end="\r" if _console.is_terminal else "\n")
    _begun[0] = (zh, en)
    began, cpu_before = time.perf_counter(), cpu_seconds()
    yield
    seconds, cpu = time.perf_counter() - began, cpu_seconds() - cpu_before
    _console.print(styled("[green]✓[/green] {} [dim]{:.1f} s (CPU {:.2f} s)[/dim]", of_both(zh, en), seconds, cpu))


def cpu_seconds() -> float:
    """CPU seconds of this process and of those it has waited for, such as the process that reads files."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def begun() -> tuple[str, str]:
    """The step that was begun last, in both languages."""
    return _begun[0]


@contextmanager
def quiet() -> Iterator[None]:
    """Print nothing of the steps within."""
    before, _console.quiet = _console.quiet, True
    try:
        yield
    finally:
        _console.quiet = before


def say(text: str, sign: str = "", colour: str = "yellow") -> None:
    """One line beside the result: to standard error, so that a pipeline's output stays clean.

    It may begin with a coloured sign; the rest is shown as it is.
    """
    shown = text.encode("utf-8", "backslashreplace").decode()
    _console.print(with_sign(shown, sign, colour) if sign else shown, soft_wrap=True)
