"""The scheduler: Prefect's server for this machine, what is scheduled, and the worker that runs it."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.options import HomeOption, home_of
from flows.ports import require_free
from flows.progress import say
from flows.settings import LOOPBACK, PORT, keep_inside, point_to
from flows.terminal.help_text import both
from flows.terminal.language import of_both
from warehouse.errors import WarehouseError
from warehouse.home import Home

PortOption = Annotated[int, typer.Option(min=1, max=65535, help=both("服务端口", "The server's port"))]

app = typer.Typer(no_args_is_help=True)


class DeployFailed(WarehouseError):
    """The jobs of ``prefect.yaml`` could not be registered."""


class NoScheduler(WarehouseError):
    """The scheduler's port does not answer, or belongs to another home."""


@app.callback()
def scheduler() -> None:
    """Runs by schedule: start the server, deploy the jobs, start a worker.

    中文：按时运行：服务、任务、执行者。
    """


def _connect(home: Home, port: int) -> None:
    """Let Prefect's clients talk to this home's scheduler, and report runs that were killed; raises ``NoScheduler``."""
    import httpx

    from flows.api.secret import credentials

    keep_inside(home)
    api_url, password = f"http://{LOOPBACK}:{port}/api", credentials(home)
    auth = httpx.BasicAuth(*password.split(":", 1))
    try:
        status = httpx.get(f"{api_url}/version", auth=auth, timeout=30).status_code
    except httpx.TransportError as error:
        raise NoScheduler(
            f"{api_url} 无应答，请先运行 tidu scheduler start",
            f"nobody answers at {api_url}: start it with tidu scheduler start",
        ) from error
    if status != httpx.codes.OK:
        raise NoScheduler(
            f"{api_url} 属于另一数据目录或另一程序（{status}），请核对 TIDU_HOME 与 --port",
            f"{api_url} is of another home or another program ({status}): look at TIDU_HOME and --port",
        )
    point_to(api_url, password)
    from flows.run_records import report_crashed

    report_crashed(home)


@app.command()
def start(port: PortOption = PORT, home: HomeOption = None) -> None:
    """Start the server: this machine only, with the home's password.

    中文：启动调度服务（仅限本机，凭口令）。

    $ tidu scheduler start --port 4200
    """
    from flows.api.server import serve

    require_free(port)
    say(f"http://{LOOPBACK}:{port}")
    serve(home_of(home, may_be_new=True), port)


@app.command()
def deploy(port: PortOption = PORT, home: HomeOption = None) -> None:
    """Register the jobs of ./prefect.yaml with the server.

    With zones.yml in the home nightly-zones takes the place of nightly.

    中文：登记 ./prefect.yaml 中的任务。

    多区的数据目录登记 nightly-zones 而非 nightly。

    $ tidu scheduler deploy
    """
    opened = home_of(home, is_read_here=False)
    _connect(opened, port)
    from flows.schedule.jobs import jobs_of
    from flows.schedule.pool import ensure_pool

    ensure_pool()
    names = [word for name in jobs_of(opened, Path("prefect.yaml")) for word in ("--name", name)]
    deployed = subprocess.run(_prefect("--no-prompt", "deploy", *names), capture_output=True, text=True)  # noqa: S603
    if deployed.returncode:
        raise DeployFailed(
            "prefect.yaml 未能登记", "prefect.yaml could not be deployed", f"{deployed.stdout}{deployed.stderr}"
        )
    say(f"{of_both('已登记', 'deployed')}: ./prefect.yaml → tidu scheduler prefect deployment ls")


@app.command()
def worker(
    port: PortOption = PORT,
    home: HomeOption = None,
    once: Annotated[bool, typer.Option("--once", help=both("只做到期的", "Only what is due, then stop"))] = False,
) -> None:
    """Run what is due; start it where the paths in prefect.yaml lead from.

    中文：执行到期的任务；在安装目录下启动。

    $ tidu scheduler worker
    """
    _connect(home_of(home, is_read_here=False), port)
    from flows.schedule.worker import work

    work(once=once)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def prefect(context: typer.Context, port: PortOption = PORT, home: HomeOption = None) -> None:
    """Any command of prefect, on this server.

    中文：对本服务运行任一 prefect 命令。

    $ tidu scheduler prefect flow-run ls
    """
    _connect(home_of(home, is_read_here=False), port)
    os.execv(sys.executable, _prefect(*context.args))  # noqa: S606


def _prefect(*words: str) -> list[str]:
    """Prefect's own command line; the password is in the environment, where no list of processes shows it."""
    return [sys.executable, "-m", "prefect", *words]
