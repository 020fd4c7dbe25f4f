"""Zones on a cluster that somebody else operates: the rows of a run of their own; what does not fit is refused."""

import json
import shlex
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from unittest import mock

import dask
import forked
import pytest
from child_runs import command
from compared import differing
from dask_processes import configured, process, scheduler, tls, worker
from test_zones import installation
from tiny_zone import TinyZone
from waits import LIMIT, run
from whole_job import DAY

from flows.zones import cluster
from flows.zones.cluster import NoCluster, require_usable
from warehouse.home import Home
from warehouse.release import releases
from warehouse.zones import marts, registry

pytestmark = [pytest.mark.job, pytest.mark.prefect, pytest.mark.rule("whole-equals-part")]


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The certificate of the cluster, with which this process speaks too."""
    made = tls(tmp_path / "tls")
    with dask.config.set(configured(made)):
        yield made


def refusal(address: str, home: Home, patience: float = 60) -> str:
    with mock.patch.object(cluster, "PATIENCE", patience), pytest.raises(NoCluster) as refused:
        require_usable(address, home)
    return str(refused.value)


def hidden(folder: Path, words: list[str]) -> list[str]:
    """A command that sees an empty folder where others see ``folder``, as where a share is not mounted."""
    unshared = ["unshare", "--mount", "sh", "-c"]
    mount = f"mount -t tmpfs tmpfs {shlex.quote(str(folder))} && "
    if run([*unshared, f"{mount}true"]).returncode != 0:
        pytest.skip("a folder cannot be hidden from a process here")
    return [*unshared, f"{mount}exec {shlex.join(words)}"]


def test_a_cluster_is_asked_before_any_work_and_computes_the_same_rows(
    tiny: TinyZone, tmp_path: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, unseen = installation(tmp_path, tiny.inbox, "a", "b", "missing"), Home(tmp_path / "unseen")
    shutil.copytree(tiny.home, registry.home_of(home, "b").root)  # its worker has only the marts to write
    unseen.root.mkdir()
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    assert "no Dask scheduler can be reached" in refusal("tls://127.0.0.1:9", home, patience=1)

    with ExitStack() as processes, monkeypatch.context() as patched:
        address = processes.enter_context(scheduler(tmp_path / "scheduler", environment))
        with dask.config.set(configured(tls(tmp_path / "other"))):
            assert "of its CA" in refusal(address, home, patience=3)
        assert "start one: dask worker" in refusal(address, home)

        processes.enter_context(process(tmp_path / "w1", hidden(unseen.root, worker(address)), environment))
        processes.enter_context(process(tmp_path / "w2", worker(address), environment))
        wait_for(address, 2)
        assert f"does not see this home at {unseen.root}" in refusal(address, unseen)
        assert "set PREFECT_API_URL" in refusal(address, home)
        patched.setattr(cluster, "versions", lambda: {"tidu": "99.0"})
        assert "≠ 99.0" in refusal(address, home)
        assert list(home.runs.iterdir()) == list(unseen.runs.iterdir()) == []

        words = ["run", "--zones", "a,b", "--scheduler", address, "--day", str(DAY), "--json", "--home", str(home.root)]
        done = forked.run(command, *words, environment=environment)
        logs = [(tmp_path / name).with_suffix(".log").read_text() for name in ("scheduler", "w1", "w2")]

    assert done.returncode == 0, [done.stderr, *logs]
    assert {run["zone"]: run["state"] for run in json.loads(done.stdout)} == {"a": "published", "b": "unchanged"}
    own = releases.current(Home(tiny.home))
    assert differing(own, releases.current(registry.home_of(home, "a"))) == []
    assert marts.current(home, "b").run_id == own.stem  # type: ignore[union-attr]


def wait_for(address: str, workers: int) -> None:
    from distributed import Client

    with Client(address, timeout=LIMIT, set_as_default=False) as client:
        client.wait_for_workers(workers, timeout=LIMIT)
