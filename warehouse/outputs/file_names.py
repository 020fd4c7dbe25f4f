"""Names of output files, derived from the exact identity of the recipient."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from warehouse.errors import BadInput

_LONGEST_READABLE = 120
"""Bytes of the readable part; file systems allow 255 for the name."""
_HASH_DIGITS = 12


def file_stem(identity: str) -> str:
    """A readable part and a hash of the exact identity, as in ``云栖孵化器-1f0c5e2ab9d4``; never empty or reserved."""
    readable = re.sub(r"[^\w\-（）()·]+", "_", unicodedata.normalize("NFC", identity)).strip("._-") or "_"
    readable = readable.encode("utf-8", "ignore")[:_LONGEST_READABLE].decode("utf-8", "ignore")
    digest = hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{readable}-{digest[:_HASH_DIGITS]}"


def paths_for(folder: Path, identities: Iterable[str], suffix: str) -> dict[str, Path]:
    """The file of each identity; raises ``BadInput`` for two with the same file, ignoring case."""
    paths: dict[str, Path] = {}
    owners: dict[str, str] = {}
    for identity in identities:
        path = folder / f"{file_stem(identity)}{suffix}"
        other = owners.setdefault(path.name.casefold(), identity)
        if other != identity:
            raise BadInput(
                f"“{other}”与“{identity}”的文件同名（{path.name}），未写出任何文件；请更正其中一个名称",
                f"the files of {other!r} and {identity!r} have one name ({path.name}), nothing was written; correct one"
                " of the names",
            )
        paths[identity] = path
    return paths
