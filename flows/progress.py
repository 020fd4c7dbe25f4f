"""What the person at the terminal sees while a run works, and how long each step took."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

_console = Console(stderr=True, highlight=False)


@contextmanager
def step(zh: str, en: str) -> Iterator[None]:
    """Say that a step has begun, and when it is done how long it took; silent about a step that failed."""
    _console.print(f"[dim]…[/dim] {zh} {en}", end="\r" if _console.is_terminal else "\n")
    began, cpu_before = time.perf_counter(), time.process_time()
    yield
    seconds, cpu_seconds = time.perf_counter() - began, time.process_time() - cpu_before
    _console.print(f"[green]✓[/green] {zh} {en} [dim]{seconds:.1f} s (CPU {cpu_seconds:.2f} s)[/dim]")


def say(text: str) -> None:
    """One line beside the result: to standard error, so that a pipeline's output stays clean."""
    _console.print(text)
