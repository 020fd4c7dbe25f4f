"""The named quantities that editions ask for: each one small pure function from the facts to an exact quantity."""

from tiers.metrics import age, conduct, effort, growth, ranks
from tiers.metrics.registry import Metric, metric_of

__all__ = ["Metric", "age", "conduct", "effort", "growth", "metric_of", "ranks"]
