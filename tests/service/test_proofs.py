"""Proofs: their type is that of their bytes, they have a size, and are kept once under their hash."""

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.case_rules import case_rules
from service.decisions import proofs
from warehouse.casebook import proofs as kept
from warehouse.errors import BadInput, HomeFailed
from warehouse.home import FROZEN, Home

pytestmark = pytest.mark.rule("data-is-text")

PDF = b"%PDF-1.7\n%%EOF\n"


def archive(name: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        made.writestr(name, "x")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"),
        (b"\x89PNG\r\n\x1a\n....", "png"),
        (b"\xff\xd8\xff\xe0....", "jpeg"),
        (archive("OFD.xml"), "ofd"),
        (archive("xl/workbook.xml"), "xlsx"),
    ],
)
def test_the_type_is_that_of_the_bytes_whatever_the_name(content: bytes, kind: str) -> None:
    assert proofs.type_of("a.exe", content) == kind


@pytest.mark.parametrize(
    "content", [b"MZ\x90", b"#!/bin/sh", b"<html>", b"%PD", archive("word/document.xml"), b"PK\x03\x04 cut short"]
)
def test_other_bytes_are_refused_though_the_name_says_pdf(content: bytes) -> None:
    with pytest.raises(BadInput, match=r"a\.pdf"):
        proofs.type_of("a.pdf", content)


@given(st.binary(max_size=64))
def test_any_bytes_have_a_known_type_or_are_refused(content: bytes) -> None:
    try:
        kind = proofs.type_of("a", content)
    except BadInput:
        return
    assert content.startswith(bytes.fromhex(case_rules().proofs.types[kind].begins))


def test_a_file_is_kept_once_under_its_hash(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    first, second = tmp_path / "a.pdf", tmp_path / "b.pdf"
    first.write_bytes(PDF)
    second.write_bytes(PDF)

    rows = proofs.keep(home, [first, second])

    sha256 = hashlib.sha256(PDF).hexdigest()
    assert rows == [{"name": name, "sha256": sha256, "size": len(PDF), "type": "pdf"} for name in ("a.pdf", "b.pdf")]
    assert [path.name for path in home.proofs.iterdir()] == [sha256]
    assert kept.is_intact(home, sha256)
    kept.path_of(home, sha256).write_bytes(b"changed")
    assert not kept.is_intact(home, sha256)


def test_an_empty_a_missing_and_a_large_file_none_and_too_many_are_refused(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    good, empty, large = tmp_path / "good.pdf", tmp_path / "empty.pdf", tmp_path / "large.pdf"
    good.write_bytes(PDF)
    empty.touch()
    with large.open("wb") as file:
        file.write(PDF)
        file.truncate(case_rules().proofs.largest_mb * (1 << 20) + 1)
    most = case_rules().proofs.most

    for paths in ([], [empty], [large], [tmp_path / "none.pdf"], [good] * (most + 1), [good, empty]):
        with pytest.raises(BadInput):
            proofs.keep(home, paths)
    assert list(home.proofs.iterdir()) == []  # all of them or none


def test_a_frozen_month_keeps_no_new_proof(tmp_path: Path) -> None:
    (tmp_path / FROZEN).write_text("{}", "utf-8")

    with pytest.raises(HomeFailed):
        kept.keep(Home(tmp_path), PDF)
