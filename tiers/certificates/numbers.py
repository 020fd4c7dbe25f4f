"""Numbers of certificates and entries, and what they say."""

import re
from dataclasses import dataclass

HNTE = re.compile(r"G[RSF](?P<year>20\d{2})(?P<region>\d{2})(?P<serial>\d{6})")
SME = re.compile(r"(?P<year>20\d{2})(?P<division>\d{6})(?P<marker>[0AB])(?P<serial>\d{7})")


@dataclass(frozen=True)
class Number:
    """The parts of a number."""

    year: int
    region: str
    serial: str
    marker: str = ""


def read_certificate(text: str) -> Number | None:
    """A high-tech certificate, ``GR`` + year + province + serial; None where it is not one (the pattern of notices)."""
    found = HNTE.fullmatch(text.strip())
    return found and Number(int(found["year"]), found["region"], found["serial"])


def read_entry(text: str) -> Number | None:
    """A technology-SME entry number: year, division, marker, serial.

    The split is from memory, the marker verified: 国科发火〔2018〕11号. Its serial is told with the marker before it.
    """
    found = SME.fullmatch(text.strip())
    return found and Number(int(found["year"]), found["division"], found["marker"] + found["serial"], found["marker"])
