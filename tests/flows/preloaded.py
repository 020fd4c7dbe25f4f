"""Imported once by the server that child processes are forked from: everything a run imports and reads of itself.

Nothing here may start a thread that a child would miss: no query of Polars or DuckDB runs before the fork.
"""

import great_expectations.expectations
import xlsxwriter
from whole_job import DAY, PLACE

import flows.cli
import flows.steps
from flows.unchanged import definitions_hash
from tiers import load_rulebook
from tiers.calendar import years_after
from tiers.evaluation.compiled import compiled
from warehouse import database
from warehouse.intake.feed import load_feeds
from warehouse.models import graph
from warehouse.quality.checks import suite_of
from warehouse.sample import write_sample

__all__ = ["flows", "great_expectations", "write_sample", "xlsxwriter"]

database._IN_MEMORY["threads"] = 1
for day in (DAY, years_after(DAY, -1)):
    for edition in load_rulebook().in_force(day, PLACE):
        compiled(edition, day)
load_feeds()
definitions_hash()
for layer in graph.LAYERS:
    for table in graph.tables(layer):
        suite_of(table)
