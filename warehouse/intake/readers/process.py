"""Reads files in a process of its own, with limits: an abort, endless work or any error there refuses one file.

The process is started when the first file is to be read, serves all files of a run, and is started again after one
that ended it. It dies with the run and holds none of its pipes.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import IO, Any, Self

import warehouse
from warehouse.errors import BadInput, ReaderFailed
from warehouse.intake.feed import Feed
from warehouse.intake.readers import limits

_LONGEST_ANSWER = 1 << 16
_GRACE = 2.0
"""Seconds in which a process that closed its output must have ended."""
_ATTEMPTS = 2
"""A process may also be ended by the system for what others do; a file has not failed before it fails twice."""


class Reader:
    """A context: leaving it ends the process, if one was needed. Not shared between threads."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._is_late = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._process:
            self._process.kill()
            self._ended()

    def read(self, path: Path, name: str, feed: Feed, folder: Path) -> None:
        """Keep the tables of a file in ``folder``; raises ``BadInput`` naming the file, or ``OSError`` of the disk."""
        request = {"path": str(path), "name": name, "feed": feed.model_dump_json(), "folder": str(folder)}
        line = json.dumps(request).encode() + b"\n"
        code = 0
        for _ in range(_ATTEMPTS):
            answer = self._ask(line)
            if answer is not None:
                return _judge(answer, name)
            code = self._ended()
            if self._is_late or code == -signal.SIGXCPU:
                raise _endless(name)
        raise _aborted(name, signal.Signals(-code).name if code < 0 else f"exit {code}")

    def _ask(self, request: bytes) -> dict[str, Any] | None:
        """The answer; None where the process ended without one, or gave what is none."""
        process = self._process = self._process or _start()
        self._is_late = False
        timer = Timer(limits.READER_SECONDS * limits.READER_PATIENCE, self._stop, [process])
        timer.daemon = True
        timer.start()
        try:
            _pipe(process.stdin).write(request)
            _pipe(process.stdin).flush()
            answer = _parsed(_pipe(process.stdout).readline(_LONGEST_ANSWER))
        except BrokenPipeError:
            answer = None
        finally:
            timer.cancel()
        if answer is not None and "fault" in answer:
            self._ended()
        return answer

    def _stop(self, process: "subprocess.Popen[bytes]") -> None:
        self._is_late = True
        process.kill()

    def _ended(self) -> int:
        """See that the process has ended, and how: a negative number is the signal that ended it."""
        process, self._process = self._process, None
        if process is None:
            return 0
        try:
            process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
        code = process.wait()
        for pipe in (process.stdin, process.stdout):
            with suppress(BrokenPipeError):
                _pipe(pipe).close()
        return code


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise ValueError("the process was started without this pipe")
    return pipe


def _start() -> "subprocess.Popen[bytes]":
    """A process that imports the readers and nothing else, ready for requests."""
    root = str(Path(warehouse.__file__).resolve().parent.parent)
    own = {"PYTHONPATH": root, "MALLOC_ARENA_MAX": "2"}
    usual = {"POLARS_MAX_THREADS": str(min(4, os.cpu_count() or 1))}
    process = subprocess.Popen(  # noqa: S603 - our own module, run by our own interpreter
        [sys.executable, "-P", "-m", "warehouse.intake.readers.worker", str(os.getpid())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**usual, **os.environ, **own},
    )
    ready = _parsed(_pipe(process.stdout).readline(_LONGEST_ANSWER))
    if ready != {"ready": process.pid}:
        process.kill()
        raise ReaderFailed(
            f"读取文件的进程不能启动（退出码 {process.wait()}），未发布；请检查 TIDU_READER_MEMORY_MB 与可用内存\n"
            f"the process that reads files does not start (exit code {process.wait()}), nothing was published; look at"
            " TIDU_READER_MEMORY_MB and the free memory"
        )
    return process


def _parsed(line: bytes) -> dict[str, Any] | None:
    if not line.endswith(b"\n"):
        return None
    try:
        answer = json.loads(line)
    except ValueError:
        return None
    return answer if isinstance(answer, dict) else None


def _judge(answer: Mapping[str, Any], name: str) -> None:
    if "zh" in answer:
        raise BadInput(str(answer["zh"]), str(answer.get("en", "")))
    if "error" in answer:
        raise OSError(answer.get("errno"), str(answer["error"]))
    if answer.get("fault") == "MemoryError":
        raise _too_large(name)
    if "fault" in answer:
        raise _aborted(name, str(answer["fault"])[:80])


def _aborted(name: str, how: str) -> BadInput:
    most = limits.READER_MEMORY_MB
    return BadInput(
        f"{name}: 读取时异常中止（{how}）：内容已损坏，或所需内存超过 {most:,} MB；请用表格软件打开后另存再交",
        f"{name}: reading it broke off ({how}): it is damaged, or needs more than {most:,} MB of memory; open it in a"
        " spreadsheet, save it anew and deliver that",
    )


def _too_large(name: str) -> BadInput:
    most = limits.READER_MEMORY_MB
    return BadInput(
        f"{name}: 读取所需内存超过 {most:,} MB；请分拆文件，或调整 TIDU_READER_MEMORY_MB",
        f"{name}: reading it needs more than {most:,} MB of memory; split it, or set TIDU_READER_MEMORY_MB",
    )


def _endless(name: str) -> BadInput:
    most = limits.READER_SECONDS
    return BadInput(
        f"{name}: 读取超过 {most} 秒仍未完成，已停止；请用表格软件另存或分拆，也可调整 TIDU_READER_SECONDS",
        f"{name}: reading it took more than {most} seconds and was stopped; save it anew from a spreadsheet, split it,"
        " or set TIDU_READER_SECONDS",
    )
