"""The rules of the ladder as dated, cited data, evaluated as columns: Polars in, Polars out."""

from tiers.edition import Edition
from tiers.evaluation import Evaluation, evaluate
from tiers.rulebook import Rulebook, load_rulebook

__all__ = ["Edition", "Evaluation", "Rulebook", "evaluate", "load_rulebook"]
