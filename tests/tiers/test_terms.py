"""Dated terms: values by day, and invalid files refused with their line."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from tiers import calculators, certificates
from tiers.errors import DefinitionError, UnknownNameError
from tiers.schema.terms import read_terms

pytestmark = pytest.mark.rule("strict-definitions")

GOOD = """cap:
  - {from: 2016-01-01, to: 2019-12-31, value: 20%, document: A, confidence: memory}
  - {from: 2020-01-01, value: 2/3, document: B, clause: 一, confidence: verified}
due:
  - {from: 2016-01-01, by: 05-31, document: A, confidence: verified}
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "terms.yml"
    path.write_text(text, "utf-8")
    return path


def test_a_term_changes_on_its_day(tmp_path: Path) -> None:
    terms = read_terms(written(tmp_path, GOOD))

    assert terms.on("cap", date(2015, 12, 31)) is None
    assert terms.require("cap", date(2019, 12, 31)).number == Fraction(1, 5)
    assert terms.require("cap", date(2020, 1, 1)).number == Fraction(2, 3)
    assert terms.require("due", date(2020, 1, 1)).last_day(2021) == date(2021, 5, 31)
    with pytest.raises(UnknownNameError, match="cap"):
        terms.on("cup", date(2020, 1, 1))


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("to: 2019-12-31", "to: 2020-01-01", 3),
        ("to: 2019-12-31", "to: 2015-12-31", 2),
        ("value: 20%", "value: a lot", 2),
        ("value: 20%", "worth: 20%", 2),
        ("value: 2/3, ", "", 3),
        ("by: 05-31", "by: 31 May", 5),
    ],
)
def test_an_invalid_term_is_refused_with_its_line(tmp_path: Path, before: str, after: str, line: int) -> None:
    with pytest.raises(DefinitionError, match=rf"terms\.yml:{line}:"):
        read_terms(written(tmp_path, GOOD.replace(before, after, 1)))


def test_every_term_names_its_document() -> None:
    for terms in (calculators.TERMS, certificates.TERMS):
        assert all(version.document and version.confidence for all_ in terms.versions.values() for version in all_)
