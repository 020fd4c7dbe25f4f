"""Parses the numbers of high-tech certificates and of technology-SME entries."""

import re
from dataclasses import dataclass

CERTIFICATE = re.compile(r"G[RSF](?P<year>20\d{2})(?P<region>\d{2})(?P<serial>\d{6})")
ENTRY = re.compile(r"(?P<year>20\d{2})(?P<division>\d{6})(?P<marker>[0AB])(?P<serial>\d{7})")


@dataclass(frozen=True)
class Number:
    """Year of issue, region, serial, and the marker of a changed certificate."""

    year: int
    region: str
    serial: str
    marker: str = ""


def read_certificate(text: str) -> Number | None:
    """A high-tech certificate, ``GR`` + year + province + serial; None where it is not one (the pattern of notices)."""
    match = CERTIFICATE.fullmatch(text.strip())
    return match and Number(int(match["year"]), match["region"], match["serial"])


def read_entry(text: str) -> Number | None:
    """A technology-SME entry number: year, division, marker, serial.

    The split is from memory, the marker verified: 国科发火〔2018〕11号. ``serial`` begins with the marker.
    """
    match = ENTRY.fullmatch(text.strip().upper())
    return match and Number(int(match["year"]), match["division"], match["marker"] + match["serial"], match["marker"])
