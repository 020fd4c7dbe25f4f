"""The list of movers under load: many users at once over a large release, served by two workers as in use.

Each user goes through the list as people do, by filters, pages and rows of titles, so that what was drawn before is
only part of the answers; in the middle a release is published. Times of a busy machine say little: CPU an answer does.
"""

import http.client
import json
import random
import shutil
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event
from urllib.parse import urlencode, urlsplit

from pages import CALLBACK, served

from service.queries.movers.mover_filters import Filters
from service.queries.movers.mover_list import MoverList
from warehouse.database.build import Build
from warehouse.home import Home
from warehouse.release import releases

USERS, ASKED, WORKERS = 10, 40, 2
AIM = 0.15
NEXT = "20990101-000000-0000"
FACETS = ("change", "signal", "held", "met", "sector", "incubator", "due_within", "designation")


def measure_load(folder: Path) -> None:
    """Print p50 and p95 of the list for ten users, CPU an answer, and how many failed while a release was published."""
    home = Home(folder)
    states = _states(home)
    command = [Path(sys.executable).with_name("tidu"), "serve", "--port", "{port}", "--workers", str(WORKERS)]
    with served(command, {"TIDU_HOME": str(home.root)}) as site:
        _ask_all(site.origin, states[: 2 * USERS])  # each worker has started, and has opened the release
        workers = _children(site.pid)
        before, own, began = [*map(_spent, workers)], time.process_time(), time.perf_counter()
        quiet = _ask_all(site.origin, states)
        wall, own = time.perf_counter() - began, time.process_time() - own
        spent = [_spent(worker) - earlier for worker, earlier in zip(workers, before, strict=True)]
        swapped = _ask_all(site.origin, states, publish=home)
    seconds = [taken for _, taken in quiet]
    p50, p95 = statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]
    failed = sum(status != http.HTTPStatus.OK for status, _ in [*quiet, *swapped])
    print(f"\nlist of movers, {USERS} users, {WORKERS} workers, {len(states)} answers, {len(set(states))} different")
    print(f"  {'p50, p95 in seconds (aim of p95)':<44}{p50:>8.3f}{p95:>8.3f} ({AIM}){'  over' if p95 > AIM else ''}")
    print(
        f"  {'answers a second; CPU ms an answer':<44}{len(states) / wall:>8.1f}{1000 * sum(spent) / len(states):>8.1f}"
    )
    shares = "".join(f"{seconds / wall:>8.2f}" for seconds in (*spent, own))
    print(f"  {'cores taken: each worker, the users':<44}{shares}")
    worst = max(taken for _, taken in swapped)
    print(f"  {'while a release is published: failed, longest':<46}{failed:>6}{worst:>8.3f}")


def _states(home: Home) -> list[str]:
    """Addresses in the order in which they are asked; the same in each run."""
    chance = random.Random(7)
    facets = MoverList(releases.Published(home), "firms").facets(Filters())
    values = [(field, choice.value) for field in FACETS for choice in facets[field] if choice.rows]
    drawn = [dict(chance.sample(values, chance.choice((0, 1, 1, 2)))) for _ in range(USERS * ASKED)]
    return [
        urlencode(filters | ({"page": str(chance.randint(2, 4))} if chance.random() < 1 / 3 else {}))
        for filters in drawn
    ]


def _ask_all(origin: str, states: list[str], publish: Home | None = None) -> list[tuple[int, float]]:
    """Status and seconds of each answer; a release is published once a quarter of them has come."""
    is_quarter, done = Event(), list[tuple[int, float]]()

    def user(number: int) -> list[tuple[int, float]]:
        with closing(http.client.HTTPConnection(urlsplit(origin).netloc)) as connection:
            for state in states[number::USERS]:
                done.append(_ask(connection, state))
                if len(done) >= len(states) // 4:
                    is_quarter.set()
        return done

    with ThreadPoolExecutor(USERS) as users:
        asking = [users.submit(user, number) for number in range(USERS)]
        if publish is not None:
            is_quarter.wait()
            _publish(publish)
        for answer in asking:
            answer.result()
    return done


def _ask(connection: http.client.HTTPConnection, state: str) -> tuple[int, float]:
    slots = [{"id": "url", "property": "pathname", "value": "/movers"}]
    slots.append({"id": "url", "property": "search", "value": f"?{state}"})
    body = {
        "output": "..page.children...drawn.data..",
        "outputs": [{"id": "page", "property": "children"}, {"id": "drawn", "property": "data"}],
        "inputs": slots,
        "state": [{"id": "drawn", "property": "data", "value": None}],
        "changedPropIds": ["url.search"],
    }
    began = time.perf_counter()
    headers = {"Content-Type": "application/json", "Accept-Encoding": "gzip"}
    connection.request("POST", CALLBACK, json.dumps(body), headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status, time.perf_counter() - began


def _publish(home: Home) -> None:
    path = home.builds / f"{NEXT}.duckdb"
    shutil.copy(releases.current(home), path)
    with Build.open(path) as build:
        build.execute("update run set run_id = $1", [NEXT])
        build.execute("update mart_run__summary set run_id = $1", [NEXT])
    releases.publish(home, path, NEXT)


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _spent(pid: int) -> float:
    """Seconds of CPU of a process."""
    return sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13])) / 100


if __name__ == "__main__":
    measure_load(Path(sys.argv[1]))
