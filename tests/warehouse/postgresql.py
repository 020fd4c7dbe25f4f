"""A PostgreSQL of the test session: Debian's programs, a folder and a port of its own, never run as root.

Workers share it: the first starts it, the last stops it. Where the programs are missing, tests are skipped with the
reason, and fail where ``CI=true``.
"""

import os
import pwd
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from filelock import FileLock
from free_ports import free_port
from waits import run

PASSWORD = "geheim-梯度"  # noqa: S105 - of a database that lives as long as the tests
UNSAFE_AND_FAST = {"fsync": "off", "full_page_writes": "off"}
"""For tests that kill no server; figures are taken without."""


@dataclass(frozen=True)
class Cluster:
    """A server: its folder and port."""

    folder: Path
    port: int

    def url(self, database: str = "postgres", password: str = PASSWORD) -> str:
        return f"postgresql://tidu:{password}@127.0.0.1:{self.port}/{database}"

    def create(self, database: str, template: str = "template1") -> str:
        """A new database, a copy of another one; its address."""
        with psycopg.connect(self.url(), autocommit=True) as con:
            con.execute(f"create database {database} template {template}")
        return self.url(database)


def programs() -> Path:
    """The folder of the programs; skips, or fails where ``CI=true``, if there is none."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or [Path(shutil.which("initdb") or "/nowhere")]
    reason = None if installed[-1].exists() else "Debian's package postgresql is not installed: make postgresql"
    if reason is None and os.getuid() == 0 and not _account():
        reason = "PostgreSQL does not run as root, and there is no account postgres"
    if reason:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    return installed[-1].parent


def make(folder: Path, settings: Mapping[str, str] = UNSAFE_AND_FAST) -> Cluster:
    """Make the files of a server below a folder, which the account of the server owns."""
    port = free_port()
    (words := folder / "password").write_text(PASSWORD, "utf-8")
    if account := _account():
        for path in (folder, words):
            os.chown(path, account.pw_uid, account.pw_gid)
    data = folder / "data"
    _run("initdb", "-D", data, "-U", "tidu", "-A", "scram-sha-256", "--pwfile", words, "-E", "UTF8", "--locale=C", "-N")
    lines = {**settings, "port": port, "listen_addresses": "'127.0.0.1'", "unix_socket_directories": "''"}
    with (data / "postgresql.conf").open("a") as file:
        file.writelines(f"{name} = {value}\n" for name, value in lines.items())
    return Cluster(folder, port)


def start(cluster: Cluster) -> None:
    """Start the server and wait until it answers."""
    _run("pg_ctl", "-D", cluster.folder / "data", "-l", cluster.folder / "log", "-w", "-s", "start")


def stop(cluster: Cluster, mode: str = "immediate") -> None:
    """Stop the server."""
    _run("pg_ctl", "-D", cluster.folder / "data", "-m", mode, "-w", "-s", "stop")


@contextmanager
def shared(folder: Path) -> Iterator[Cluster]:
    """The server of all processes that share a folder; the last to leave stops it and removes its files."""
    users, place = folder / "postgresql.users", folder / "postgresql.place"
    with FileLock(folder / "postgresql.lock"):
        count = int(users.read_text()) if users.exists() else 0
        if count == 0:
            programs()
            cluster = make(Path(tempfile.mkdtemp(prefix="tidu-postgresql-")))
            start(cluster)
            place.write_text(f"{cluster.port} {cluster.folder}")
        users.write_text(str(count + 1))
    port, path = place.read_text().split(maxsplit=1)
    try:
        yield Cluster(Path(path), int(port))
    finally:
        with FileLock(folder / "postgresql.lock"):
            count = int(users.read_text()) - 1
            users.write_text(str(count))
            if count == 0:
                stop(Cluster(Path(path), int(port)))
                shutil.rmtree(path)


def _account() -> pwd.struct_passwd | None:
    """The account that the server runs as, where this user may not be it."""
    if os.getuid() != 0:
        return None
    return next((entry for entry in pwd.getpwall() if entry.pw_name == "postgres"), None)


def _run(program: str, *words: object) -> None:
    account = _account()
    as_account: dict[str, Any] = (
        {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    )
    command = [str(programs() / program), *map(str, words)]
    with tempfile.TemporaryFile("w+") as out:  # a pipe would stay open as long as the server runs
        environment = {"PATH": "/bin", "LC_ALL": "C"}
        ended = run(command, capture_output=False, stdout=out, stderr=out, cwd="/", env=environment, **as_account)
        out.seek(0)
        assert ended.returncode == 0, out.read()
