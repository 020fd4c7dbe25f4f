"""What checking costs beside reading: the yearly form as CSV, clean, and with half of its rows failing."""

import csv
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import timed

HEADS = (
    "id00=企业统一社会信用代码或组织机构代码 id01=企业名称 id02=数据年份 qc05_0=营业收入 qc55=主营业务收入"
    " zx01=收入总额 zx02=高新技术产品收入 qc24=资产总计 qc31=负债 qc51=薪酬 qd01=从业人员 qj09=研发人员"
)


def measure_checking(rows: int) -> None:
    """Print the seconds of reading and of checking, and the share of checking in both."""
    print(f"\nchecking of {rows:,} rows of the yearly form")
    print(f"  {'rows that fail':<44}{'read s':>10}{'stage s':>10}{'check s':>10}{'share':>8}{'peak MB':>9}")
    for part in (0.0, 0.5):
        run = timed.run([sys.executable, Path(__file__), str(rows), str(part)])
        figures = run.reported
        share = figures["check"] / sum(figures[name] for name in ("read", "stage", "check"))
        label = f"{part:.0%} ({figures['findings']:,} findings)"
        seconds = "".join(f"{figures[name]:>10.2f}" for name in ("read", "stage", "check"))
        print(f"  {label:<44}{seconds}{share:>8.0%}{run.megabytes:>9.0f}")


def _write(folder: Path, rows: int, part: float) -> None:
    from warehouse.sample.words import credit_code

    draw = random.Random(7)
    with (folder / "企业年度报表_2025.csv").open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        codes, names = zip(*(head.split("=") for head in HEADS.split()), strict=True)
        out.writerows([names, codes, ["", "", "", *["千元"] * 7, "人", "人"]])
        for number in range(rows):
            staff = draw.randrange(20, 400)
            revenue = staff * draw.randrange(300, 3000)
            bad = draw.random() < part
            main = revenue * (2 if bad else 1)
            out.writerow([
                credit_code(number, "330106"), f"杭州{number}科技有限公司", 2025, revenue, main, revenue,
                revenue // 2, revenue * 2, revenue, staff * 150, staff, staff // 5,
            ])  # fmt: skip


def _measure(rows: int, part: float) -> dict[str, float]:
    from flows import steps
    from flows.plan import new_plan
    from warehouse.database.build import Build, Snapshot
    from warehouse.models import building
    from warehouse.quality import check

    with tempfile.TemporaryDirectory(prefix="tidu-checking-") as name:
        folder = Path(name)
        (folder / "inbox").mkdir()
        _write(folder / "inbox", rows, part)
        plan = new_plan(folder / "home", folder / "inbox", date(2026, 6, 30), "CN-3301", datetime.now(UTC))

        def on_build(part: Callable[[Build], object]) -> None:
            with Build.open(plan.build) as build:
                part(build)

        moments = [time.perf_counter()]
        for step in (
            lambda: (steps.land_files(plan), steps.load_rows(plan)),
            lambda: on_build(lambda build: building.build_layer(build, "staging")),
            lambda: on_build(lambda build: check.check_layer(build, "staging")),
        ):
            step()
            moments.append(time.perf_counter())
        with Snapshot.open(plan.build) as con:
            (findings,) = con.execute("select count(*) from quarantine").fetchone() or (0,)
    read, stage, checked = (after - before for before, after in pairwise(moments))
    return {"read": read, "stage": stage, "check": checked, "findings": findings}


if __name__ == "__main__":
    sys.stderr.write("\n" + json.dumps(_measure(int(sys.argv[1]), float(sys.argv[2]))))
