"""Certificates, entry numbers and titles: when they count, by day and by tax year, and what their holders owe."""

from pathlib import Path
from typing import Final

from tiers.schema.terms import Terms, read_terms

TERMS: Final[Terms] = read_terms(Path(__file__).parent / "terms.yml")
"""Every validity, deadline and consequence used here, by date."""
