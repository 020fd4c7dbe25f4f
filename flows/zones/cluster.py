"""Whether a cluster that somebody operates can run the zones of a home, asked before any work.

Its connection is secured as Dask is configured (``DASK_DISTRIBUTED__COMM__TLS__…``).
"""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from warehouse.errors import WarehouseError
from warehouse.home import Home

if TYPE_CHECKING:
    from distributed import Client

PATIENCE = 10
"""Seconds in which a scheduler answers, and in which a worker reaches Prefect's server."""
PACKAGES = ("tidu", "dask", "distributed", "prefect", "prefect-dask", "duckdb", "polars", "cloudpickle")
"""Whose versions are the same on every worker: zones of one run are computed alike, and Dask sends pickled code."""


class NoCluster(WarehouseError):
    """The cluster does not answer, has no workers, or its workers cannot run the zones of a home."""


def require_usable(address: str, home: Home) -> None:
    """Raise ``NoCluster`` unless every worker has the versions of this run, sees its home and reaches Prefect."""
    with _connected(address) as client:
        with _probe(home) as (path, text):
            answers = client.run(_state, str(path), text, os.environ.get("PREFECT_API_URL", ""))
        if not answers:
            raise NoCluster(
                f"{address}: 集群没有工作进程；请启动：dask worker {address} --preload flows.zones.worker_process",
                f"{address}: the cluster has no workers; start one: dask worker {address} --preload"
                " flows.zones.worker_process",
            )
        for worker, state in answers.items():
            _require_versions(worker, state["versions"])
        for worker, state in answers.items():
            _require_home(worker, home, state["home"])
        for worker, state in answers.items():
            _require_prefect(worker, state["prefect"])


@contextmanager
def _connected(address: str) -> "Iterator[Client]":
    """A client of the scheduler; raises ``NoCluster`` where it does not answer, or not by this TLS."""
    from distributed import Client

    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, TypeError, ValueError, RuntimeError) as error:
        reason = f"{type(error).__name__}: {error}"
        raise NoCluster(
            f"{address}: 连不上 Dask 调度服务（{reason}）；请确认地址与端口、服务已启动，tls:// 还须"
            " DASK_DISTRIBUTED__COMM__TLS__CA_FILE 与 …__CLIENT__CERT、…__CLIENT__KEY 出自同一 CA",
            f"{address}: no Dask scheduler can be reached ({reason}): look at address and port and whether it runs;"
            " for tls:// DASK_DISTRIBUTED__COMM__TLS__CA_FILE and …__CLIENT__CERT, …__CLIENT__KEY are of its CA",
        ) from error
    try:
        yield client
    finally:
        client.close()  # type: ignore[no-untyped-call]


@contextmanager
def _probe(home: Home) -> Iterator[tuple[Path, str]]:
    """A file in the home, by which a worker proves that it sees this folder and no other of the same path."""
    path, text = home.runs / f".probe-{token_hex(4)}", token_hex(16)
    path.write_text(text, "utf-8")
    try:
        yield path, text
    finally:
        path.unlink(missing_ok=True)


def versions() -> dict[str, str]:
    """The versions of this process, by package."""
    return {package: version(package) for package in PACKAGES}


def _state(path: str, text: str, api_url: str) -> dict[str, Any]:
    """Asked on a worker: its versions, whether the home is there, and what keeps it from Prefect's server."""
    return {"versions": _versions_or_none(), "home": _sees(Path(path), text), "prefect": _unreachable(api_url)}


def _versions_or_none() -> dict[str, str]:
    try:
        return versions()
    except ImportError:  # also where a package is not installed
        return {}


def _sees(path: Path, text: str) -> bool:
    try:
        return path.read_text("utf-8") == text and os.access(path.parent, os.W_OK)
    except OSError:
        return False


def _unreachable(api_url: str) -> str:
    """Where and why a worker does not reach Prefect's server; empty where it does."""
    parts = urlsplit(api_url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        socket.create_connection((parts.hostname or "", port), PATIENCE).close()
    except OSError as error:
        return f"{parts.hostname}:{port} ({error.strerror or error})"
    return ""


def _require_versions(worker: str, theirs: dict[str, str]) -> None:
    ours = versions()
    if other := [f"{name} {theirs.get(name, '–')} ≠ {ours[name]}" for name in ours if theirs.get(name) != ours[name]]:
        listed = ", ".join(other)
        raise NoCluster(
            f"{worker}: 工作进程的版本与本次运行不同（{listed}）；请在各机安装同一版本后重启工作进程",
            f"{worker}: the worker has other versions than this run ({listed}): install the same on every machine and"
            " start its workers again",
        )


def _require_home(worker: str, home: Home, is_seen: bool) -> None:
    if not is_seen:
        raise NoCluster(
            f"{worker}: 工作进程在 {home.root} 看不到或不能写本次的数据目录；请在各机把同一共享存储挂到同一路径",
            f"{worker}: the worker does not see this home at {home.root} or cannot write it: mount the same shared"
            " storage under the same path on every machine",
        )


def _require_prefect(worker: str, reason: str) -> None:
    if reason:
        raise NoCluster(
            f"{worker}: 工作进程连不上 Prefect 服务 {reason}；请设 PREFECT_API_URL 为各机都能连上的服务",
            f"{worker}: the worker does not reach Prefect's server {reason}: set PREFECT_API_URL to a server that every"
            " machine reaches",
        )
