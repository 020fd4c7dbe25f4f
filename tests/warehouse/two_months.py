"""Two runs of a zone with planted changes of position; the publish gate holds the second."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

from drawn_movement import AFTER, BEFORE, Planted
from whole_job import run_steps

from service.decisions import releases as decisions
from warehouse.home import Home
from warehouse.sample import write_sample

FIRMS, YEARS, SEED = 420, (2023, 2025), 11


def make(folder: Path) -> None:
    """``sample`` with its truth, ``held`` with the second release held, and ``home``, where it was accepted."""
    write_sample(folder / "sample", FIRMS, YEARS, SEED)
    planted, inbox = Planted(FIRMS, YEARS, SEED), folder / "sample" / "inbox"
    planted.write_before(inbox)
    run_steps(folder / "home", inbox, date.fromisoformat(BEFORE))
    planted.write_later(inbox, folder / "sample" / "truth")
    later = run_steps(folder / "home", inbox, date.fromisoformat(AFTER))
    shutil.copytree(folder / "home", folder / "held")
    decisions.accept(Home(folder / "home"), later.run_id, by="王", why="核对无误", now=datetime.now(UTC))
