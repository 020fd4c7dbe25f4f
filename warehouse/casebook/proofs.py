"""Files that prove a claim, kept below the home under the hash of their bytes; never edited, never removed by Tidu."""

import hashlib
import os
from pathlib import Path

from warehouse.errors import HomeFailed
from warehouse.home import Home


def keep(home: Home, content: bytes) -> str:
    """Keep a file and return its sha256; the same file is kept once. Raises ``HomeFailed`` for a frozen month."""
    if home.is_frozen:
        raise HomeFailed.frozen(home.root)
    sha256 = hashlib.sha256(content).hexdigest()
    path = path_of(home, sha256)
    if not path.exists():
        part = path.with_name(f".{sha256}.{os.getpid()}.part")
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    return sha256


def path_of(home: Home, sha256: str) -> Path:
    """Where a kept file lies."""
    return home.proofs / sha256


def is_intact(home: Home, sha256: str) -> bool:
    """Whether the file is there with the bytes it was kept with."""
    path = path_of(home, sha256)
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256
