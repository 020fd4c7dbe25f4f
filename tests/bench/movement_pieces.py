"""A whole run on top of a release, a month later: CPU seconds and peak memory of its parts, as JSON to standard error.

python movement_pieces.py HOME INBOX DAY PLACE
"""

import functools
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from unittest import mock

from flows import steps
from flows.plan import new_plan
from warehouse import recipe
from warehouse.ledger import ledger
from warehouse.models import building, graph
from warehouse.odds.storage import PAST, WHOLE
from warehouse.rule_exchange import classification

PARTS = {
    "classify": (recipe, "classify_firms"),
    "earlier years": (classification, "_write_past_verdicts"),
    "missing figures": (classification, "missing_facts"),
    "signals": (recipe, "build_movement"),
    "odds": (recipe, "estimate_odds"),
    "ledger": (ledger, "write"),
}
"""By name of the part: the function that does it. Earlier years and missing figures are within classify."""
LEDGER = {"position_change", "position_total"}


class Costs:
    """What each part took: CPU seconds with all threads, and the largest resident memory while it ran."""

    def __init__(self) -> None:
        self.cpu_seconds: dict[str, float] = defaultdict(float)
        self.megabytes: dict[str, float] = defaultdict(float)

    @contextmanager
    def of(self, part: str) -> Iterator[None]:
        """Count what runs inside under this name; the peak of a part is that of the parts within it too."""
        before = _peak()
        Path("/proc/self/clear_refs").write_text("5")
        began = time.process_time()
        try:
            yield
        finally:
            self.cpu_seconds[part] += time.process_time() - began
            self.megabytes[part] = max(self.megabytes[part], _peak())
            self.megabytes["whole"] = max(self.megabytes["whole"], before, _peak())

    def counting(self, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, counted."""

        @functools.wraps(function)
        def counted(*args: Any, **kwargs: Any) -> Any:
            with self.of(part):
                return function(*args, **kwargs)

        return counted


def _peak() -> float:
    """The largest resident memory of this process since it was last reset, in MB."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def measure(home: Path, inbox: Path, day: date, place: str) -> Costs:
    """Run the steps up to the complete build, which is not published, with nothing taken over from the release."""
    costs, plan = Costs(), new_plan(home, inbox, day, place, datetime.now(UTC))
    of_movement = set(graph.tables("movement")) | LEDGER | {PAST} | WHOLE
    marts = {table for table in graph.tables("marts") if of_movement & graph.depends_on(table)}

    create: Callable[..., None] = building._create

    def created(build: Any, table: str, *known: Any) -> None:
        if table not in marts:
            create(build, table, *known)
            return
        with costs.of("marts"):
            create(build, table, *known)

    with mock.patch.object(steps.delta, "basis_of", return_value=None), mock.patch.object(building, "_create", created):
        for part, (owner, name) in PARTS.items():
            setattr(owner, name, costs.counting(part, getattr(owner, name)))
        began = time.process_time()
        for step in steps.BUILD_STEPS:
            step(plan)
    costs.cpu_seconds["whole"] = time.process_time() - began
    plan.build.unlink()
    return costs


if __name__ == "__main__":
    measured = measure(Path(sys.argv[1]), Path(sys.argv[2]), date.fromisoformat(sys.argv[3]), sys.argv[4])
    sys.stderr.write(f"\n{json.dumps(vars(measured))}\n")
