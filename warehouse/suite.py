"""Runs Great Expectations on one frame: offline, without a project folder, and back comes which rows failed."""

import logging
import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Literal

import pandas as pd
import polars as pl
from pydantic import Field

from warehouse.definition import Strict
from warehouse.errors import DefinitionError

Severity = Literal["critical", "reject", "quarantine", "warn", "inform"]


class Rule(Strict):
    """One expectation: Great Expectations' own name without ``expect_``, its columns and further arguments."""

    id: str
    severity: Severity
    expect: str
    columns: list[str] = Field(min_length=1)
    options: dict[str, Any] = Field(default_factory=dict)
    field: str = ""
    zh: str
    en: str


def run_suite(rules: Iterable[Rule], frame: pd.DataFrame, place: list[str]) -> Iterator[tuple[Rule, pl.DataFrame]]:
    """Each rule that failed, with the rows that failed it: the columns of ``place`` and ``value``.

    With no ``place`` the frame has one row for each failure counted.
    """
    rules = list(rules)
    if not rules or frame.empty:
        return
    import great_expectations as gx

    suite = gx.ExpectationSuite(
        name="suite", expectations=[_expectation(rule, number) for number, rule in enumerate(rules)]
    )
    options: dict[str, Any] = {"result_format": "COMPLETE", "exclude_unexpected_value": False}
    if place:
        options["unexpected_index_column_names"] = place
    outcome = _batch(frame).validate(suite, result_format=options)
    for result in outcome.results:
        rule = rules[result.expectation_config.meta["position"]]
        if result.exception_info and result.exception_info.get("raised_exception"):
            raise DefinitionError(f"{rule.id}: {result.exception_info}")
        if not result.success:
            yield rule, _failing(result.result, place)


def _failing(result: dict[str, Any], place: list[str]) -> pl.DataFrame:
    if not place:
        count = result.get("unexpected_count") or 1
        return pl.DataFrame({"value": [None] * count}, schema={"value": pl.String})
    rows = result.get("unexpected_index_list") or []
    columns = [name for name in (rows[0] if rows else {}) if name not in place]
    return pl.DataFrame(
        [{**{p: row[p] for p in place}, "value": " / ".join(str(row[c]) for c in columns)} for row in rows]
    )


def _expectation(rule: Rule, position: int) -> Any:
    import great_expectations.expectations as gxe

    name = "Expect" + "".join(part.capitalize() for part in rule.expect.split("_"))
    kind = getattr(gxe, name, None)
    if kind is None:
        raise DefinitionError(f"{rule.id}: Great Expectations has no expect_{rule.expect}")
    return kind(**_columns(rule), **rule.options, meta={"position": position})


def _columns(rule: Rule) -> dict[str, Any]:
    if rule.expect.startswith("column_pair"):
        return {"column_A": rule.columns[0], "column_B": rule.columns[1]}
    if rule.expect.startswith(("multicolumn", "compound", "select_column")):
        return {"column_list": rule.columns}
    return {"column": rule.columns[0]}


@lru_cache
def _asset() -> Any:
    """An asset for frames in memory; the context is forgotten with the process."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    import great_expectations as gx

    ours = logging.getLogger("great_expectations")
    ours.propagate = False  # what a check has to say goes to quarantine, not to the terminal
    ours.addHandler(logging.NullHandler())
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    return context.data_sources.add_pandas("tables").add_dataframe_asset("frame")


def _batch(frame: pd.DataFrame) -> Any:
    asset = _asset()
    names = {definition.name for definition in asset.batch_definitions}
    definition = (
        asset.get_batch_definition("whole") if "whole" in names else asset.add_batch_definition_whole_dataframe("whole")
    )
    return definition.get_batch(batch_parameters={"dataframe": frame})
