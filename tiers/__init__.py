"""The rules of the ladder as dated, cited data, evaluated as columns: Polars in, Polars out."""

from tiers.evaluation.one_pass import Evaluation, evaluate
from tiers.rulebook import Rulebook, load_rulebook
from tiers.schema.edition import Edition

__all__ = ["Edition", "Evaluation", "Rulebook", "evaluate", "load_rulebook"]
