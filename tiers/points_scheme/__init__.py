"""创新积分 innovation points: a scheme is one YAML file; its phases, indicators, weights and curves are data."""

from tiers.points_scheme.comparison import Comparison, Score, compare_scores
from tiers.points_scheme.loader import SCHEMES, load_schemes, read_scheme
from tiers.points_scheme.scheme import Scheme
from tiers.points_scheme.scoring import Scores, score

__all__ = [
    "SCHEMES",
    "Comparison",
    "Scheme",
    "Score",
    "Scores",
    "compare_scores",
    "load_schemes",
    "read_scheme",
    "score",
]
