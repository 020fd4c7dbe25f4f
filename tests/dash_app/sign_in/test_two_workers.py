"""Two workers with sign-in: started as an operator does, asked at once by many, while a release is published."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from real_servers import Client, served, with_officer
from waits import until

from warehouse.database.build import Build
from warehouse.home import Home
from warehouse.release import releases

CALLS, AT_ONCE = 40, 8
NEXT = "20260731-000000-0000"


def publish_next(home: Home) -> None:
    """The same figures under another number, as the next run would publish them."""
    path = home.builds / f"{NEXT}.duckdb"
    shutil.copy(releases.current(home), path)
    with Build.open(path) as build:
        build.execute("update run set run_id = $1", [NEXT])
        build.execute("update mart_run__summary set run_id = $1", [NEXT])
    releases.publish(home, path, NEXT)


def spent(pid: int) -> int:
    """Ticks of CPU that a process has spent."""
    return sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]))


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_two_workers_answer_many_at_once_while_a_release_is_published(own_home: Home) -> None:
    home = with_officer(own_home)
    with served(home, 2) as (port, server):
        client = Client(port)
        assert client.sign_in("李娜") == 302
        until(lambda: len(children(server.pid)) == 2, "two workers")
        workers = children(server.pid)
        before = {worker: spent(worker) for worker in workers}
        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers = [pool.submit(client.callback) for _ in range(CALLS // 2)]
            publish_next(home)
            answers += [pool.submit(client.callback) for _ in range(CALLS // 2)]
        results = [answer.result() for answer in answers]
        until(
            lambda: client.callback() and all(spent(worker) > before[worker] for worker in workers),
            "an answer of each worker",
        )
        runs: Any = {json.loads(client.ask("/api/v1/release")[1])["run_id"] for _ in range(8)}
        after = {worker: spent(worker) for worker in children(server.pid)}

    assert [status for status, _ in results] == [200] * CALLS
    assert all('"page"' in text for _, text in results)
    assert runs == {NEXT}, "each worker has the new release"
    assert len(workers) == 2
    assert after.keys() == before.keys(), "none of them died"
