"""A zone with a file that came after its release, and checkpoints of a run over it, from which killed runs start."""

import shutil
from pathlib import Path

import forked
from child_runs import write_checkpoints
from tiny_zone import TinyZone
from whole_job import run_steps


def make_zones(folder: Path) -> None:
    """A zone with one release and a file that came later; the release and the checkpoints of a clean run over both."""
    zone = TinyZone(folder)
    zone.registry((1, "杭州甲乙科技有限公司"), (2, "杭州丙丁科技有限公司"))
    zone.yearly(2025, {"uscc": 1, "revenue": 2000, "total_income": 3000}, {"uscc": 2, "revenue": -5})
    run_steps(zone.home, zone.inbox)
    zone.yearly(2024, {"uscc": 1, "revenue": 1500, "total_income": 3000})
    ended = forked.run(
        write_checkpoints, shutil.copytree(zone.home, folder / "clean"), zone.inbox, folder / "checkpoints"
    )
    assert ended.returncode == 0, ended.stderr
