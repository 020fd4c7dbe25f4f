"""The rules of the ladder as dated, cited data, evaluated as columns: Polars in, Polars out.

The names below are imported when they are first used, so that reading a YAML file does not import Polars.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tiers.evaluation.one_pass import Evaluation, evaluate
    from tiers.rulebook import Rulebook, load_rulebook
    from tiers.schema.edition import Edition

__all__ = ["Edition", "Evaluation", "Rulebook", "evaluate", "load_rulebook"]

_MODULES = {
    "Edition": "tiers.schema.edition",
    "Evaluation": "tiers.evaluation.one_pass",
    "Rulebook": "tiers.rulebook",
    "evaluate": "tiers.evaluation.one_pass",
    "load_rulebook": "tiers.rulebook",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_MODULES[name]), name)
