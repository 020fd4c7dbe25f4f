"""A Dask cluster as somebody else operates it: a scheduler and workers as processes of their own, with TLS."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PRELOAD = ["--preload", "flows.zones.worker_process"]


def tls(folder: Path) -> dict[str, str]:
    """Environment of Dask for a self-signed certificate of its own, valid for an hour, for every role."""
    folder.mkdir()
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a cluster of a test")])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = {"cert": folder / "cert.pem", "key": folder / "key.pem"}
    files["cert"].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    files["key"].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    prefix = "DASK_DISTRIBUTED__COMM__TLS__"
    roles = {
        f"{prefix}{role}__{part.upper()}": str(path)
        for role in ("CLIENT", "WORKER", "SCHEDULER")
        for part, path in files.items()
    }
    return {f"{prefix}CA_FILE": str(files["cert"]), "DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION": "True", **roles}


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
            started.terminate()


@contextmanager
def scheduler(folder: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """``dask scheduler``; its address."""
    words = ["--protocol", "tls", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-jupyter"]
    log = folder.with_suffix(".log")
    with process(folder, [sys.executable, "-m", "dask", "scheduler", *words], environment) as started:
        until = time.monotonic() + 60
        while started.poll() is None and time.monotonic() < until:
            for line in log.read_text("utf-8").splitlines():
                if "Scheduler at:" in line:
                    yield line.split()[-1]
                    return
            time.sleep(0.1)
        raise AssertionError(log.read_text("utf-8"))


def worker(address: str) -> list[str]:
    """``dask worker``, of one thread."""
    words = [address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--memory-limit", "0", *PRELOAD]
    return [sys.executable, "-m", "dask", "worker", *words]
