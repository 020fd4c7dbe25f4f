"""Runs Great Expectations on a frame, offline and without a project folder; returns which checks failed.

The result format is boolean: complete results over many failing rows take minutes.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse.errors import DefinitionError
from warehouse.machine.deferred import deferred
from warehouse.quality.checks import Check

if TYPE_CHECKING:
    import pandas as pd

UNUSED = ("scipy.stats", "altair", "jsonschema")
"""Imported by Great Expectations for distributions, charts and JSON, used by no check."""
CLASSES = {"datasource/fluent": "*_datasource.py", "expectations/core": "expect_*.py"}
"""Its modules of one source of data or one expectation each, whose classes are half of its import."""
_FRAMES = {"pandas_datasource", "invalid_datasource"}


def failed(checks: list[tuple[Check, dict[str, Any]]], frame: "pd.DataFrame") -> list[int]:
    """The positions of the checks that do not hold on ``frame``; each with its options, thresholds by value."""
    if not checks or frame.empty:
        return []
    gx = _great_expectations()
    expectations = [_expectation(check, options, position) for position, (check, options) in enumerate(checks)]
    suite = gx.ExpectationSuite(name="suite", expectations=expectations)
    with _configured_once(gx.expectations.Expectation):
        outcome = _batch(frame).validate(suite, result_format={"result_format": "BOOLEAN_ONLY"})
    positions = []
    for result in outcome.results:
        position = result.expectation_config.meta["position"]
        if result.exception_info and result.exception_info.get("raised_exception"):
            raise DefinitionError(f"{checks[position][0].rule}: {result.exception_info}")
        if not result.success:
            positions.append(position)
    return sorted(positions)


@contextmanager
def _configured_once(base: Any) -> Iterator[None]:
    """Validate with configurations that are kept: each is worked out eighty times, half of the time of a suite."""
    written = base.configuration
    kept: dict[int, tuple[Any, Any]] = {}  # with the expectation, so that no other one gets its id

    def configuration(expectation: Any) -> Any:
        if id(expectation) not in kept:
            kept[id(expectation)] = expectation, written.fget(expectation)
        return kept[id(expectation)][1]

    base.configuration = property(configuration)
    try:
        yield
    finally:
        base.configuration = written


def _expectation(check: Check, options: dict[str, Any], position: int) -> Any:
    name = "Expect" + "".join(part.capitalize() for part in check.expect.split("_"))
    kind = getattr(_great_expectations().expectations, name, None)
    if kind is None:
        raise DefinitionError(f"{check.rule}: Great Expectations has no expect_{check.expect}")
    return kind(**_columns(check), **options, meta={"position": position})


def _columns(check: Check) -> dict[str, Any]:
    if check.expect.startswith("column_pair"):
        column_a, column_b = check.columns
        return {"column_A": column_a, "column_B": column_b, "ignore_row_if": "either_value_is_missing"}
    return {"column": check.columns[0]}


def preload() -> None:
    """Import the library before the first check, as in a process from which others are forked."""
    _great_expectations()


@lru_cache
def _great_expectations() -> Any:
    """The library, imported when the first suite runs: its import costs more CPU than a small zone."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    with deferred(*UNUSED, *_expectation_modules()):
        import great_expectations
        import great_expectations.expectations

    return great_expectations


def _expectation_modules() -> list[str]:
    """The modules of ``CLASSES`` but those of frames: an expectation is imported by the first check that states it."""
    spec = find_spec("great_expectations")
    folder = Path(spec.origin).parent if spec and spec.origin else Path()
    return [
        f"great_expectations.{part.replace('/', '.')}.{path.stem}"
        for part, pattern in CLASSES.items()
        for path in (folder / part).glob(pattern)
        if path.stem not in _FRAMES
    ]


@lru_cache
def _asset() -> Any:
    """An asset for frames in memory; the context ends with the process."""
    logger = logging.getLogger("great_expectations")
    logger.propagate = False  # failures are recorded in quarantine, not printed
    logger.addHandler(logging.NullHandler())
    context = _great_expectations().get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    return context.data_sources.add_pandas("tables").add_dataframe_asset("frame")


def _batch(frame: "pd.DataFrame") -> Any:
    asset = _asset()
    names = {definition.name for definition in asset.batch_definitions}
    definition = (
        asset.get_batch_definition("all_rows")
        if "all_rows" in names
        else asset.add_batch_definition_whole_dataframe("all_rows")
    )
    return definition.get_batch(batch_parameters={"dataframe": frame})
