"""Exact calculators of the sums that the guides describe; each result names the dated terms it rests on."""

from pathlib import Path
from typing import Final

from tiers.schema.terms import Terms, read_terms

TERMS: Final[Terms] = read_terms(Path(__file__).parent / "terms.yml")
"""Every share, number of days and limit used here, by date."""
