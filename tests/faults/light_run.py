"""A run that writes to a home as every run does, but publishes a prepared build instead of computing it."""

import shutil
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest
from typer.main import get_command

from flows import cli, steps
from flows.plan import Plan, new_plan
from warehouse import recipe
from warehouse.database.build import Build
from warehouse.home import Home

DAY = date(2026, 6, 30)
_command_tree = cache(get_command)
"""Worked out once for all commands of a process: a quarter of what a question costs."""


@dataclass
class LightRun:
    """A home with its inbox, and commands of the command line on it."""

    root: Path
    inbox: Path
    build: Path
    published: list[str] = field(default_factory=list)

    @property
    def home(self) -> Home:
        """The home."""
        return Home(self.root)

    def plan(self) -> Plan:
        """The plan of the next run."""
        return new_plan(self.root, self.inbox, DAY, "CN-3301", datetime.now(UTC))

    def prepare(self, plan: Plan) -> None:
        """Every step but the last; where rows would be read into the build, the prepared build is copied."""
        steps.land_files(plan)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(recipe, "load_rows", lambda *_: None)
            patch.setattr(recipe, "write_inputs", lambda *_: None)
            patch.setattr(steps.delta, "add_affected", lambda *_: True)
            patch.setattr(Build, "_prepare", lambda _: None)  # macros, which nothing that is left here calls
            steps.load_rows(plan)
            shutil.copy(self.build, plan.build)
            with Build.open(plan.build) as con:
                con.execute("update run set run_id = $1", [plan.run_id])

    def publish(self) -> str:
        """Run to the end; the run id."""
        plan = self.plan()
        self.prepare(plan)
        steps.publish_release(plan)
        return plan.run_id

    def flow(self, *_: object) -> str:
        """The replacement of the flow."""
        return self.publish()

    def tidu(self, *words: object) -> int:
        """The exit code of a command."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("typer.main.get_command", _command_tree)
            patch.setattr("sys.argv", ["tidu", *map(str, words), "--home", str(self.root)])
            with pytest.raises(SystemExit) as stopped:
                cli.main()
        return int(stopped.value.code or 0)

    def run(self) -> int:
        """``tidu run``."""
        return self.tidu("run", "--inbox", self.inbox, "--day", DAY, "--place", "CN-3301")
