"""CPU of a zone of two firms: of its steps in a process that has run before, and of the command.

Such a run reads few rows: it costs what planning, imports and processes cost.
"""

import json
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.append(str(Path(__file__).parent.parent / "flows"))

import timed
from tiny_zone import TinyZone
from whole_job import STEPS, take

from flows.progress import cpu_seconds
from warehouse.machine.process import configure

TIDU = Path(".venv/bin/tidu")
RUNS = 6
AS_A_WORKER = {"POLARS_MAX_THREADS": "1", "TIDU_SETTLE_SECONDS": "0.05"}
"""One zone after another is run by a worker, which has a core of two (``flows/workers/local_cluster.py``)."""
YEARS = (2023, 2024, 2025)
NAMES = {1: "杭州甲科技有限公司", 2: "杭州乙科技有限公司"}


def measure_few(folder: Path) -> None:
    """Print CPU seconds of the steps, the first time and the least of the later ones, and of ``tidu run``."""
    zone = TinyZone(folder / "few")
    fill(zone)
    command = [TIDU, "run", "--inbox", zone.inbox, "--day", "2026-06-30", "--place", "CN-3301"]
    steps = timed.run([sys.executable, __file__], **AS_A_WORKER).reported
    whole = timed.run(command, TIDU_HOME=str(zone.home))
    print(f"\na zone of {len(NAMES)} firms, CPU seconds (aim of the steps 2)")
    print(f"  {'the steps, in a worker that has run before':<44}{min(steps['later']):>8.2f}")
    print(f"  {'the steps, in a new worker':<44}{steps['first']:>8.2f}")
    print(f"  {'tidu run, with Prefect':<44}{whole.cpu_seconds:>8.2f}")


def fill(zone: TinyZone) -> None:
    """Three years of two firms, of which one holds a title."""
    zone.registry(*[(number, name, "", f"{2010 + number}-03-02") for number, name in NAMES.items()])
    for year in YEARS:
        figures = {"total_assets": 50_000, "rd_hnte": 900, "technology_spending": 1_000, "payroll": 4_000}
        firms = [{"uscc": number, "name": name, "revenue": 40_000 * (year - 2021)} for number, name in NAMES.items()]
        zone.yearly(year, *({**firm, **figures} for firm in firms))
    zone.recognition("高新技术企业", "20241206", "认定", [NAMES[1]])


def _steps(folder: Path) -> float:
    zone = TinyZone(folder)
    fill(zone)
    began, plan = cpu_seconds(), zone.plan()
    take(plan, STEPS)
    shutil.rmtree(folder)
    return cpu_seconds() - began


def _main() -> None:
    configure()
    with TemporaryDirectory(prefix="tidu-bench-") as folder:
        first, *later = (_steps(Path(folder) / str(number)) for number in range(RUNS))
    print(json.dumps({"first": first, "later": later}), file=sys.stderr)


if __name__ == "__main__":
    _main()
