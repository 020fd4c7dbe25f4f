"""The commands that give a figure again: of the current run, of a frozen month, and as it was known in a run."""

import shlex

from service.queries.movers.mover_filters import Filters
from warehouse.home import Home
from warehouse.release.vintages import vintages

LISTED = ("change", "signal")
"""Filters of the list of movers with several values, each an option of its own."""


def movers_command(filters: Filters) -> str:
    """``tidu movers`` with these filters; those that the command has no option for must be empty."""
    given = {name: value for name, value in vars(filters).items() if value}
    options = [
        f"--{name} {shlex.quote(value)}"
        for name, values in given.items()
        for value in (values.split(",") if name in LISTED else [values])
    ]
    return " ".join(["tidu movers", *options])


def bar_command(measure: str, year: int, bar: str) -> str:
    """``tidu targets`` for the firms of a bar."""
    return f"tidu targets --firms {bar} --measure {measure} --year {year}"


def monitoring_command(measure: str, year: int) -> str:
    """``tidu targets`` for the firms behind a number of the monitoring."""
    return f"tidu targets --monitoring --measure {measure} --year {year}"


def rebuilding_command(run_id: str) -> str:
    """``tidu run`` for the warehouse as it was known in a run, whatever was delivered since."""
    return f"tidu run --as-known-on {run_id} --out then.duckdb"


def frozen_months(home: Home, run_id: str) -> list[str]:
    """The months whose vintage a run is; the commands above answer from one with ``--frozen MONTH``."""
    return sorted(vintage.month for vintage in vintages(home) if vintage.run_id == run_id)
