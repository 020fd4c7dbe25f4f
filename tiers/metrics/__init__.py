"""The named quantities that editions ask for: each one small pure function from the facts to an exact quantity."""

from tiers.metrics import conduct, effort, growing, standing, time
from tiers.metrics.registry import Metric, known, metric_of

__all__ = ["Metric", "conduct", "effort", "growing", "known", "metric_of", "standing", "time"]
