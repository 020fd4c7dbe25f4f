"""Runs Great Expectations on one frame: offline, without a project folder, and back comes which checks failed.

Results are asked for as yes or no: complete results over many failing rows take minutes.
"""

import logging
import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from warehouse.errors import DefinitionError
from warehouse.quality.checks import Check
from warehouse.quality.deferred import deferred

if TYPE_CHECKING:
    import pandas as pd

UNUSED = ("scipy.stats", "altair")
"""What Great Expectations imports for distributions and charts, which no check asks: two fifths of its import."""


def failed(checks: list[tuple[Check, dict[str, Any]]], frame: "pd.DataFrame") -> list[int]:
    """The positions of the checks that do not hold on ``frame``; each comes with its options, thresholds filled in."""
    if not checks or frame.empty:
        return []
    gx = _great_expectations()
    expectations = [_expectation(check, options, at) for at, (check, options) in enumerate(checks)]
    suite = gx.ExpectationSuite(name="suite", expectations=expectations)
    outcome = _batch(frame).validate(suite, result_format={"result_format": "BOOLEAN_ONLY"})
    positions = []
    for result in outcome.results:
        at = result.expectation_config.meta["position"]
        if result.exception_info and result.exception_info.get("raised_exception"):
            raise DefinitionError(f"{checks[at][0].rule}: {result.exception_info}")
        if not result.success:
            positions.append(at)
    return sorted(positions)


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


@lru_cache
def _great_expectations() -> Any:
    """The library, imported when the first suite runs: its import costs more CPU than a small zone."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    with deferred(*UNUSED):
        import great_expectations
        import great_expectations.expectations

    return great_expectations


@lru_cache
def _asset() -> Any:
    """An asset for frames in memory; the context is forgotten with the process."""
    logger = logging.getLogger("great_expectations")
    logger.propagate = False  # what a check has to say goes to quarantine, not to the terminal
    logger.addHandler(logging.NullHandler())
    context = _great_expectations().get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    return context.data_sources.add_pandas("tables").add_dataframe_asset("frame")


def _batch(frame: "pd.DataFrame") -> Any:
    asset = _asset()
    names = {definition.name for definition in asset.batch_definitions}
    definition = (
        asset.get_batch_definition("whole") if "whole" in names else asset.add_batch_definition_whole_dataframe("whole")
    )
    return definition.get_batch(batch_parameters={"dataframe": frame})
