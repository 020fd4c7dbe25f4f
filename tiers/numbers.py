"""Numbers of certificates and entries: what they say, and on which days they count."""

import re
from dataclasses import dataclass
from datetime import date

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


def marker_of(founded_on: date, evaluated_on: date, entry_year: int) -> str:
    """The eleventh sign: B founded in the entry year, A evaluated from June on, 0 before; 国科发火〔2018〕11号 二."""
    if founded_on.year >= entry_year:
        return "B"
    return "0" if evaluated_on <= date(entry_year, 5, 31) else "A"


def entry_counts(announced_on: date, day: date) -> tuple[bool, bool]:
    """Whether an entry counts on a day: to 31 December (国科火字〔2019〕87号), and to 31 March by the other reading."""
    return (
        announced_on <= day <= date(announced_on.year, 12, 31),
        announced_on <= day <= date(announced_on.year + 1, 3, 31),
    )
