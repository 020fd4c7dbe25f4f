"""Amounts of money in words: one grammar for files and for the command line."""

from tiers.amounts.amount import Amount, Reason
from tiers.amounts.quantity import Unit
from tiers.amounts.reader import exact_amount, read_amount, read_unit

__all__ = ["Amount", "Reason", "Unit", "exact_amount", "read_amount", "read_unit"]
