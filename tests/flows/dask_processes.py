"""A Dask cluster as somebody else operates it: a scheduler and workers as processes of their own, with TLS."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from distributed.security import Security
from waits import stopped, until

PRELOAD = ["--preload", "flows.zones.worker_process"]


def tls(folder: Path) -> dict[str, str]:
    """Environment of Dask for a certificate of its own, for every role."""
    folder.mkdir()
    made = Security.temporary()
    parts = {"cert": made.tls_client_cert, "key": made.tls_client_key}
    for name, text in parts.items():
        (folder / f"{name}.pem").write_text(text, "utf-8")
    prefix = "DASK_DISTRIBUTED__COMM__TLS__"
    roles = {
        f"{prefix}{role}__{name.upper()}": str(folder / f"{name}.pem")
        for role in ("CLIENT", "WORKER", "SCHEDULER")
        for name in parts
    }
    ca_file = str(folder / "cert.pem")  # signed by itself
    return {f"{prefix}CA_FILE": ca_file, "DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION": "True", **roles}


def configured(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment as names of Dask's configuration, for this process, which has read its own before."""
    return {name.removeprefix("DASK_").lower().replace("__", "."): value for name, value in environment.items()}


@contextmanager
def process(folder: Path, command: list[str], environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process with a working directory and HOME of its own, ended with the block; its log is beside them."""
    folder.mkdir()
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT", "TIDU", "DASK"))}
    with (
        folder.with_suffix(".log").open("wb") as log,
        subprocess.Popen(
            command, cwd=folder, env={**clean, **environment, "HOME": str(folder)}, stdout=log, stderr=log
        ) as started,
    ):
        try:
            yield started
        finally:
            stopped(started)


@contextmanager
def scheduler(folder: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """``dask scheduler``; its address."""
    words = ["--protocol", "tls", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-jupyter"]
    log = folder.with_suffix(".log")
    with process(folder, [sys.executable, "-m", "dask", "scheduler", *words], environment) as started:
        lines = until(lambda: _with_address(log), f"an address in {log}", lambda: started.poll() is None)
        yield lines[0].split()[-1]


def _with_address(log: Path) -> list[str]:
    lines = log.read_text("utf-8").splitlines(keepends=True)
    return [line for line in lines if "Scheduler at:" in line and line.endswith("\n")]


def worker(address: str) -> list[str]:
    """``dask worker``, of one thread."""
    words = [address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--memory-limit", "0", *PRELOAD]
    return [sys.executable, "-m", "dask", "worker", *words]
