"""Proofs attached to a claim: of a known type by their bytes, not too large, kept by their hash."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from service.case_rules import ProofType, case_rules
from warehouse.casebook import proofs as kept
from warehouse.errors import BadInput
from warehouse.home import Home

BYTES_A_MB = 1 << 20


def keep(home: Home, paths: Sequence[Path]) -> list[dict[str, Any]]:
    """Keep files: name, sha256, size and type of each, all of them or none.

    Raises ``BadInput`` for no file, too many, one that is too large, empty, or of no known type by its bytes.
    """
    rules = case_rules().proofs
    if not 1 <= len(paths) <= rules.most:
        raise BadInput(
            f"请附 1 至 {rules.most} 份证明材料（--proof）；更多请并为一份 PDF",
            f"attach 1 to {rules.most} proofs (--proof); put more into one PDF file",
        )
    contents = [(path, _read(path)) for path in paths]
    types = [type_of(path.name, content) for path, content in contents]
    return [
        {"name": path.name, "sha256": kept.keep(home, content), "size": len(content), "type": kind}
        for (path, content), kind in zip(contents, types, strict=True)
    ]


def type_of(name: str, content: bytes) -> str:
    """The type of a file by its bytes, whatever its name ends in; raises ``BadInput`` for none that is known."""
    types = case_rules().proofs.types
    for kind, proof_type in types.items():
        if _is_of(proof_type, content):
            return kind
    listed_zh, listed_en = ("、".join(getattr(kind, lang) for kind in types.values()) for lang in ("zh", "en"))
    raise BadInput(
        f"{name}: 内容不是可收的类型（看内容，不看扩展名）；可收 {listed_zh}",
        f"{name}: its bytes are of no type that is taken, whatever its name says; taken are {listed_en}",
    )


def _is_of(proof_type: ProofType, content: bytes) -> bool:
    if not content.startswith(bytes.fromhex(proof_type.begins)):
        return False
    if proof_type.holds is None:
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return proof_type.holds in archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError):
        return False


def _read(path: Path) -> bytes:
    largest = case_rules().proofs.largest_mb
    if not path.is_file():
        raise BadInput(f"{path}: 没有这个文件", f"{path}: there is no such file")
    size = path.stat().st_size
    if not 0 < size <= largest * BYTES_A_MB:
        raise BadInput(
            f"{path.name}: {size:,} 字节；应不为空，且不超过 {largest} MB",
            f"{path.name}: {size:,} bytes; it must not be empty, and have at most {largest} MB",
        )
    return path.read_bytes()
