"""CPU seconds of commands that query a release, start included."""

import json
import subprocess
from pathlib import Path

import timed
from job import TIDU

HEADER = "统一社会信用代码,企业名称,成立日期,登记状态"
ROWS = ("91330106MA01000169,甲有限公司,2015-03-02,存续",) * 3
REPEATS = 3


def measure_queries(folder: Path, home: Path) -> None:
    """Print a line per command, on a release; of three runs each, the cheapest."""
    sample = folder / "登记信息_20260601.csv"
    sample.write_text("\n".join([HEADER, *ROWS]), "utf-8-sig")
    firm = _a_firm(home)
    commands = (
        ["--help"],
        ["releases"],
        ["movers", "--change", "up", "--format", "csv"],
        ["explain", firm],
        ["duties", firm],
        ["due", "--format", "csv"],
        ["step", firm, "gazelle"],
        ["what-if", firm, "revenue_y0=5200万元"],
        ["match"],
        ["units"],
        ["quality"],
        ["quarantine", "--format", "csv"],
        ["feeds", "check", str(sample)],
    )
    print(f"\nqueries of the release of {home.name}")
    for words in commands:
        runs = [timed.run([TIDU, *words], TIDU_HOME=str(home)) for _ in range(REPEATS)]
        shown = " ".join(Path(word).name for word in words)
        print(f"  {shown:<44}{min(run.cpu_seconds for run in runs):>8.2f} CPU s")


def _a_firm(home: Path) -> str:
    movers = subprocess.run(
        [TIDU, "movers", "--format", "json", "--home", home], capture_output=True, text=True, check=True
    )
    return str(json.loads(movers.stdout)[0]["firm_id"])
