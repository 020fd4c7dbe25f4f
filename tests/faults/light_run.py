"""A run that touches a home as every run does, but takes a prepared build over instead of working it out."""

import shutil
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest
from typer.main import get_command

from flows import cli, steps
from flows.plan import Plan, new_plan
from warehouse.database import writing
from warehouse.home import Home

DAY = date(2026, 6, 30)
_command_tree = cache(get_command)
"""Worked out once for all commands of a process: a quarter of what a question costs."""


@dataclass
class LightRun:
    """A home with its inbox; commands are run on it through the whole command line."""

    root: Path
    inbox: Path
    build: Path
    published: list[str] = field(default_factory=list)

    @property
    def home(self) -> Home:
        """The home as it is now."""
        return Home(self.root)

    def plan(self) -> Plan:
        """The next run."""
        return new_plan(self.root, self.inbox, DAY, "CN-3301", datetime.now(UTC))

    def prepare(self, plan: Plan) -> None:
        """Every step but the last; where rows would be read into the build, the prepared build is copied."""
        steps.land_files(plan)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(steps.load, "load", lambda build, *_: shutil.copy(self.build, build))
            patch.setattr(steps.findings, "describe_reader_findings", lambda _: None)
            patch.setattr(steps.delta, "bring", lambda *_: True)
            steps.load_rows(plan)
        with writing(plan.build) as con:
            con.execute("update run set run_id = $1", [plan.run_id])

    def publish(self) -> str:
        """One run; its number."""
        plan = self.plan()
        self.prepare(plan)
        steps.publish_release(plan)
        return plan.run_id

    def flow(self, *_: object) -> str:
        """What stands in for the flow."""
        return self.publish()

    def tidu(self, *words: object) -> int:
        """The exit code of a command of the whole program."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("typer.main.get_command", _command_tree)
            patch.setattr("sys.argv", ["tidu", *map(str, words), "--home", str(self.root)])
            with pytest.raises(SystemExit) as stopped:
                cli.main()
        return int(stopped.value.code or 0)

    def run(self) -> int:
        """``tidu run``."""
        return self.tidu("run", "--inbox", self.inbox, "--day", DAY, "--place", "CN-3301")
