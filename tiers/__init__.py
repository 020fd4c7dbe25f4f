"""The rules of the ladder as dated, cited data, evaluated as columns: Polars in, Polars out."""

from tiers.evaluation.one_pass import Evaluation, evaluate
from tiers.reading.edition import Edition
from tiers.rulebook import Rulebook, load_rulebook

__all__ = ["Edition", "Evaluation", "Rulebook", "evaluate", "load_rulebook"]
