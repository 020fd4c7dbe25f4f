"""Who may talk to Prefect's API, over which a command could be run: both servers, as their users start them."""

import shutil
import socket
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from copied_homes import copy_home
from prefect_servers import CLIENT, TIDU, Server, environment, start_run, start_scheduler
from waits import LIMIT, ended, stopped, until
from waits import run as run_command
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from flows.api.guard import MAX_BODY
from flows.api.secret import secret_file
from warehouse.home import Home

pytestmark = [pytest.mark.prefect, pytest.mark.rule("default-deny")]
REPOSITORY = Path(__file__).resolve().parent.parent.parent
QUESTIONS = ("/flow_runs/filter", "/deployments/", "/deployments/filter", "/flows/", "/work_pools/filter")
FOREIGN = [
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:1"},
    {"Host": "evil.example"},
    {"Host": "evil.example:4200"},
    {"Host": "127.0.0.1.evil.example"},
    {"Host": "[::]:4200"},
]


@pytest.fixture(scope="module")
def home(released: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """One home for both servers, so that its database is made once."""
    return copy_home(released, tmp_path_factory.mktemp("site") / "data")


@pytest.fixture(scope="module")
def scheduler(home: Home) -> Iterator[Server]:
    server = start_scheduler(home)
    yield server
    stopped(server.process)


@pytest.fixture(scope="module")
def run(home: Home, scheduler: Server) -> Iterator[Server]:
    server = start_run(home)
    yield server
    ended(server.process)
    with pytest.raises(httpx.ConnectError):
        CLIENT.get(server.url)


@pytest.fixture(params=["scheduler", "run"])
def server(request: pytest.FixtureRequest) -> Server:
    started: Server = request.getfixturevalue(request.param)
    return started


@pytest.mark.parametrize("path", QUESTIONS)
def test_nothing_is_answered_without_the_password(server: Server, path: str) -> None:
    for auth in (None, ("tidu", "wrong"), ("", ""), ("prefect", server.auth[1])):
        answer = CLIENT.post(server.url + path, json={}, auth=auth)
        assert answer.status_code == 401
        assert CLIENT.get(server.url + "/admin/settings", auth=auth).status_code == 401

    assert CLIENT.post(server.url + path, json={}, auth=server.auth).status_code in (200, 422)


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_foreign_page_or_name_is_refused_even_with_the_password(server: Server, headers: dict[str, str]) -> None:
    for path in QUESTIONS:
        for auth in (None, server.auth):
            assert CLIENT.post(server.url + path, json={}, auth=auth, headers=headers).status_code == 403
    assert CLIENT.get(server.url + "/health", headers=headers).status_code == 403

    request = {**headers, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    preflight = CLIENT.options(server.url + "/deployments/", headers=request)
    assert preflight.status_code == 403
    assert "access-control-allow-origin" not in preflight.headers


@pytest.mark.parametrize("path", ["/docs", "/openapi.json", "/", "/ui-settings", "/api", "/API/health", "//api/health"])
def test_there_is_nothing_beside_the_api(server: Server, path: str) -> None:
    assert CLIENT.get(server.url.removesuffix("/api") + path, auth=server.auth).status_code == 404


def test_a_web_socket_of_a_foreign_page_is_refused(server: Server) -> None:
    url = server.url.replace("http", "ws") + "/events/in"
    with pytest.raises(InvalidStatus, match="403"):
        connect(url, origin="http://evil.example", subprotocols=["prefect"])  # type: ignore[arg-type,list-item]

    with connect(url, subprotocols=["prefect"]) as events:  # type: ignore[list-item]
        events.send('{"type": "auth", "token": "tidu:wrong"}')
        with pytest.raises(ConnectionClosed):
            events.recv(LIMIT)


def test_a_body_is_bounded_whether_its_length_is_stated_or_not(server: Server) -> None:
    body = b" " * (MAX_BODY + 1)
    url = server.url + "/flow_runs/filter"

    assert CLIENT.post(url, content=body, auth=server.auth).status_code == 413
    assert CLIENT.post(url, content=iter([body[:1000], body[1000:]]), auth=server.auth).status_code == 413
    assert CLIENT.post(url, content=iter([b"{", b"}"]), auth=server.auth).status_code == 200


def test_only_this_machine_reaches_it(server: Server) -> None:
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", server.port))


def test_the_password_is_for_its_owner_and_in_no_list_of_processes(server: Server) -> None:
    file = secret_file(server.home)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert server.auth[1].encode() not in Path(f"/proc/{server.process.pid}/cmdline").read_bytes()
    log = file.parent / "prefect.log"
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert server.auth[1] not in log.read_text("utf-8")


def test_the_server_of_a_run_that_is_killed_is_gone_and_its_callers_pipe_closed(scheduler: Server, home: Home) -> None:
    server = start_run(home)
    server.process.kill()
    ended(server.process)  # once nobody holds the pipe

    with pytest.raises(httpx.ConnectError):
        CLIENT.get(server.url)


def tidu(server: Server, *words: str, cwd: Path = REPOSITORY) -> subprocess.CompletedProcess[str]:
    command = [*TIDU, "scheduler", *words, "--port", str(server.port)]
    return run_command(command, cwd=cwd, env=environment(server.home))


@pytest.fixture(scope="module")
def deployed(scheduler: Server, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """The jobs of ``prefect.yaml``, from a folder that is no checkout."""
    folder = tmp_path_factory.mktemp("folder")
    shutil.copy(REPOSITORY / "prefect.yaml", folder)
    done = tidu(scheduler, "deploy", cwd=folder)
    assert done.returncode == 0, done.stderr
    return scheduler


def test_the_jobs_of_the_repository_are_scheduled(deployed: Server) -> None:
    scheduled = {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}, "limit": 5}
    assert until(lambda: deployed.post("/flow_runs/filter", scheduled), "runs: the scheduler looks every few seconds")


def work_pool(server: Server, template: object) -> None:
    answer = CLIENT.patch(f"{server.url}/work_pools/tidu", json={"base_job_template": template}, auth=server.auth)
    assert answer.is_success, answer.text


def test_no_job_variable_is_taken(deployed: Server) -> None:
    flow = deployed.post("/flows/", {"name": "hand-over-extracts"})
    for variables in ({"command": "touch x"}, {"env": {"PATH": "."}}, {"working_dir": "."}):
        wanted = {"name": "own", "flow_id": flow["id"], "work_pool_name": "tidu", "job_variables": variables}
        deployed.post("/deployments/", wanted, status=422)


def test_the_worker_runs_our_flow_whatever_a_deployment_and_the_pool_say(deployed: Server, tmp_path: Path) -> None:
    """A pool that lets a command through, a deployment with one, pull steps and an entrypoint of its own."""
    mark, out = tmp_path / "ran", tmp_path / "out"
    (tmp_path / "own.py").write_text(f"from pathlib import Path\nPath({str(mark)!r}).touch()\n")
    properties = {"command": {"type": "string"}, "env": {"type": "object"}}
    template = {name: f"{{{{ {name} }}}}" for name in properties}
    work_pool(deployed, {"job_configuration": template, "variables": {"type": "object", "properties": properties}})
    runs, parameters_of_tidu = {}, {"home": str(deployed.home.root), "out": str(out)}
    for name, parameters in {"hand-over-extracts": parameters_of_tidu, "own": {}}.items():
        deployment = {
            "name": "own",
            "flow_id": deployed.post("/flows/", {"name": name})["id"],
            "work_pool_name": "tidu",
            "job_variables": {"command": f"touch {mark}", "env": {"BASH_ENV": str(mark)}},
            "path": str(tmp_path),
            "entrypoint": "own.py:flow",
            "pull_steps": [{"prefect.deployments.steps.run_shell_script": {"script": f"touch {mark}"}}],
            "parameters": parameters,
            "enforce_parameter_schema": False,
        }
        made = deployed.post("/deployments/", deployment)["id"]
        runs[name] = deployed.post(f"/deployments/{made}/create_flow_run", {"state": {"type": "SCHEDULED"}})["id"]

    done = tidu(deployed, "worker", "--once")

    ended = {
        name: CLIENT.get(f"{deployed.url}/flow_runs/{number}", auth=deployed.auth).json()
        for name, number in runs.items()
    }
    assert not mark.exists()
    assert ended["hand-over-extracts"]["state_type"] == "COMPLETED", done.stderr
    assert list(out.rglob("*.csv"))
    assert ended["own"]["state_type"] == "CRASHED"
    assert "own is no flow of Tidu" in (deployed.home.prefect / "prefect.log").read_text("utf-8")
