"""The command that opens the dashboard: ``serve``."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands import Command
from flows.commands.options import HomeOption, home_of
from flows.terminal.help_text import both

if TYPE_CHECKING:
    from service.people.settings import SignIn
    from warehouse.home import Home


def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help=both("端口", "Port"))] = 8050,
    host: Annotated[
        str, typer.Option(help=both("监听的地址；有账户才可不是本机", "Address; another only with accounts"))
    ] = "127.0.0.1",
    workers: Annotated[
        int, typer.Option(min=1, max=16, help=both("进程数，各占一份内存", "Processes, each with memory of its own"))
    ] = 1,
    home: HomeOption = None,
) -> None:
    """Open the dashboard; sign-in where there are accounts.

    With zones.yml that of all zones, each below /z/CODE/.

    中文：打开看板：没有账户时单人试用、仅限本机，有账户时须登录。

    有 zones.yml 时是各高新区的看板，每个区在 /z/代码/ 下。

    $ tidu serve --port 8050
    $ tidu serve --workers 2
    """
    from dash_app.server.gunicorn import serve as serve_dashboard
    from flows.ports import require_free
    from service.people.settings import require_reach
    from service.zones import is_installation
    from warehouse.home import Home

    chosen = Home(home.absolute()) if home else Home.from_environment()
    opened = home_of(home, may_be_new=is_installation(chosen), is_read_here=False)
    sign_in = _sign_in(opened)
    require_reach(host, sign_in)
    require_free(port, host)
    typer.echo(sign_in.url if sign_in and sign_in.url else f"http://{host}:{port}")
    serve_dashboard(lambda: _application(opened), port=port, host=host, workers=workers)


def _application(home: "Home") -> Any:
    """What is served: of an installation its zones, else the home itself."""
    from dash_app.app import create_app
    from dash_app.installation import Installation
    from service.reader import Service
    from service.zones import ZonesService, is_installation

    if is_installation(home):
        return Installation(ZonesService(home), _sign_in(home))
    return create_app(Service(home), _sign_in(home)).server


def _sign_in(home: "Home") -> "SignIn | None":
    """Sign-in by the environment; None where there is no account."""
    from service.people.installation import People
    from service.people.secret import session_secret
    from service.people.settings import sign_in_of
    from service.people.zones import PeopleAbove
    from service.zones import is_installation

    def clock() -> datetime:
        return datetime.now(UTC)

    if not People(home, clock).accounts.is_any():
        return None
    # Not the same again: each worker answers in a process of its own, and no connection may cross a fork.
    people = PeopleAbove if is_installation(home) else People
    return sign_in_of(people(home, clock), session_secret(home))


COMMANDS = (Command(serve),)
