"""The reader process: reads files under memory and CPU limits, so that a crash refuses only the file at fault.

The process is started for the first file, serves all files of a run, and is restarted after a crash. It ends with the
run and does not inherit its pipes.
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

_LONGEST_RESPONSE = 1 << 16
_GRACE = 2.0
"""Seconds a process has to exit after closing its output, before it is killed."""
_TRIES = 2
"""The system may kill the process for reasons outside the file, so a file is refused only after two crashes."""


class Reader:
    """A context manager; leaving it ends the process, if one was started. Not thread-safe."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._is_late = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._process:
            self._process.kill()
            self._close()

    def read(self, path: Path, name: str, feed: Feed, folder: Path) -> None:
        """Write the tables of a file to ``folder``; raises ``BadInput`` naming the file, or ``OSError`` of the disk."""
        request = {"path": str(path), "name": name, "feed": feed.model_dump_json(), "folder": str(folder)}
        line = json.dumps(request).encode() + b"\n"
        code = 0
        for _ in range(_TRIES):
            response = self._send(line)
            if response is not None:
                return _raise_error(response, name)
            code = self._close()
            if self._is_late or code == -signal.SIGXCPU:
                raise _endless(name)
        raise _aborted(name, signal.Signals(-code).name if code < 0 else f"exit {code}")

    def _send(self, request: bytes) -> dict[str, Any] | None:
        """The response; None where the process ended without one, or wrote something else."""
        process = self._process = self._process or _start()
        self._is_late = False
        timer = Timer(limits.READER_SECONDS * limits.READER_PATIENCE, self._stop, [process])
        timer.daemon = True
        timer.start()
        try:
            _pipe(process.stdin).write(request)
            _pipe(process.stdin).flush()
            response = _parsed(_pipe(process.stdout).readline(_LONGEST_RESPONSE))
        except BrokenPipeError:
            response = None
        finally:
            timer.cancel()
        if response is not None and "fault" in response:
            self._close()
        return response

    def _stop(self, process: "subprocess.Popen[bytes]") -> None:
        self._is_late = True
        process.kill()

    def _close(self) -> int:
        """Wait for the process to exit, or kill it; the exit code, negative for a signal."""
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
    """Start a process that imports only the readers, and wait until it is ready."""
    root = str(Path(warehouse.__file__).resolve().parent.parent)
    own = {"PYTHONPATH": root, "MALLOC_ARENA_MAX": "2"}
    usual = {
        "POLARS_MAX_THREADS": "1"
    }  # most of the time is spent in calamine, which has one; others cost a tenth more
    process = subprocess.Popen(  # noqa: S603 - our own module in our own interpreter
        [sys.executable, "-P", "-m", "warehouse.intake.readers", str(os.getpid())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**usual, **os.environ, **own},
    )
    ready = _parsed(_pipe(process.stdout).readline(_LONGEST_RESPONSE))
    if ready != {"ready": process.pid}:
        process.kill()
        raise ReaderFailed(
            f"读取文件的进程不能启动（退出码 {process.wait()}），未发布；请检查 TIDU_READER_MEMORY_MB 与可用内存",
            f"the process that reads files does not start (exit code {process.wait()}), nothing was published; look at"
            " TIDU_READER_MEMORY_MB and the free memory",
        )
    return process


def _parsed(line: bytes) -> dict[str, Any] | None:
    if not line.endswith(b"\n"):
        return None
    try:
        response = json.loads(line)
    except ValueError:
        return None
    return response if isinstance(response, dict) else None


def _raise_error(response: Mapping[str, Any], name: str) -> None:
    """Raise the error that a response reports, if it reports one."""
    if "zh" in response:
        error = BadInput(str(response["zh"]), str(response.get("en", "")))
        raise error.for_operator(*map(str, response["operator"])) if response.get("operator") else error
    if "error" in response:
        raise OSError(response.get("errno"), str(response["error"]))
    if response.get("fault") == "MemoryError":
        raise _too_large(name)
    if "fault" in response:
        raise _aborted(name, str(response["fault"])[:80])


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
