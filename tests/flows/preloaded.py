"""Imported once by the server that child processes are forked from: everything a run imports and reads of itself.

Nothing here may start a thread that a child would miss: no query of Polars or DuckDB runs before the fork. What DuckDB
says of our SQL is asked in a process that ends.
"""

import gc
import importlib
import multiprocessing
import pkgutil
from functools import cache
from multiprocessing.connection import Connection

import alembic.command
import alembic.context
import holidays
import kept_releases
import pytz
import rich.cells
import typer._adapters
import typer.rich_utils
import xlsxwriter
from kept_commands import keep_commands
from waits import LIMIT
from whole_job import DAY, PLACE

import flows.cli
import flows.commands
import flows.steps
import flows.terminal
import service
import tiers
import warehouse
from flows.unchanged import definitions_hash
from service.case_rules import case_rules
from service.scope import roles
from tiers import load_rulebook
from tiers.benefits.reliefs import benefits
from tiers.calendar import years_after
from tiers.cultivation.pools import pool_of
from tiers.cultivation.services import catalogue
from tiers.evaluation.compiled import compiled
from tiers.movement.measures import measures
from tiers.movement.signals import movement
from tiers.movement.time_in_rung import time_limits
from tiers.places import division_names
from warehouse.database import build as database
from warehouse.database import settings
from warehouse.intake.feed import load_feeds
from warehouse.machine.process import configure
from warehouse.models import graph
from warehouse.quality import cross, suite
from warehouse.quality.checks import suite_of
from warehouse.release.desk.views import views
from warehouse.sample import write_sample

__all__ = ["alembic", "flows", "kept_releases", "typer", "write_sample", "xlsxwriter"]

RUN_AS_PROCESSES = ("__main__", "worker", "env", "versions")
"""Modules that begin work when they are imported."""


def import_below(package: object) -> None:
    """Every module of a room: commands import what they need when they need it."""
    path, name = package.__path__, package.__name__  # type: ignore[attr-defined]
    for module in pkgutil.walk_packages(path, f"{name}."):
        if not set(RUN_AS_PROCESSES).intersection(module.name.split(".")):
            importlib.import_module(module.name)


def read_models() -> None:
    """Which tables each model and each check across feeds reads."""
    for layer in graph.LAYERS:
        for table in graph.tables(layer):
            graph.reads(table)
    for path in cross.files():
        cross.is_zone_wide(path)


def send_syntax_trees(pipe: Connection) -> None:
    """The tree of every SELECT that ``read_models`` parses."""
    trees: dict[str, str] = {}
    graph.syntax_tree = lambda sql: trees.setdefault(sql, database.syntax_tree(sql))
    read_models()
    pipe.send(trees)


def read_models_with_trees_of_another_process() -> None:
    """Fill the caches of ``read_models`` without a connection in this process."""
    receives, sends = multiprocessing.Pipe(duplex=False)
    parser = multiprocessing.get_context("fork").Process(target=send_syntax_trees, args=(sends,))
    parser.start()
    sends.close()  # so that the end of a parser without an answer is an end, and not waited for
    assert receives.poll(LIMIT), "DuckDB parses no SQL"
    trees = receives.recv()
    parser.join(LIMIT)
    graph.syntax_tree = trees.__getitem__
    read_models()
    graph.syntax_tree = database.syntax_tree


configure()
settings.IN_MEMORY["threads"] = 1
for package in (warehouse, tiers, service, flows.commands, flows.terminal):
    import_below(package)
for day in (DAY, years_after(DAY, -1)):
    for edition in load_rulebook().in_force(day, PLACE):
        compiled(edition, day)
load_feeds()
definitions_hash()
keep_commands()
typer.main.get_command = cache(typer.main.get_command)
typer.main.get_command(flows.cli.app)
rich.cells.cell_len("梯")  # reads the widths of signs
list(division_names())
pool_of(PLACE, DAY)
load_rulebook(place=PLACE)
for read_definitions in (roles, case_rules, views, catalogue, movement, measures, benefits, time_limits):
    read_definitions()
len(pytz.all_timezones_set)  # looks for the file of each zone of time
suite.preload()
holidays.country_holidays(PLACE.partition("-")[0], years=DAY.year)
for layer in graph.LAYERS:
    for table in graph.tables(layer):
        suite_of(table)
read_models_with_trees_of_another_process()
gc.freeze()  # children look for garbage in what is theirs
