"""The rules of the ladder as dated, cited data, evaluated as columns: Polars in, Polars out.

The engine is imported when a name of it is first used: what only reads words, terms or the ladder does without Polars.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tiers.evaluation.one_pass import Evaluation, evaluate
    from tiers.reading.edition import Edition
    from tiers.rulebook import Rulebook, load_rulebook

__all__ = ["Edition", "Evaluation", "Rulebook", "evaluate", "load_rulebook"]

_MODULES = {
    "Edition": "tiers.reading.edition",
    "Evaluation": "tiers.evaluation.one_pass",
    "Rulebook": "tiers.rulebook",
    "evaluate": "tiers.evaluation.one_pass",
    "load_rulebook": "tiers.rulebook",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(name)
    return getattr(import_module(_MODULES[name]), name)
