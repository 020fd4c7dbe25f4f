"""Amounts of money in words: one grammar for files and for the command line."""

from tiers.amounts.amount import Amount, Reason
from tiers.amounts.grammar import Unit
from tiers.amounts.reading import read_amount, read_unit

__all__ = ["Amount", "Reason", "Unit", "read_amount", "read_unit"]
