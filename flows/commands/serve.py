"""The command that opens the dashboard: ``serve``."""

from typing import Annotated

import typer

from flows.commands import Command
from flows.commands.options import HomeOption, home_of


def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="端口 Port")] = 8050,
    home: HomeOption = None,
) -> None:
    """在本机打开看板（仅限本机访问）。Open the dashboard, on this machine only.

    例 Example: tidu serve --port 8050
    """
    from dash_app.app import create_app
    from dash_app.server.gunicorn import serve as serve_dashboard
    from flows.ports import require_free
    from flows.settings import LOOPBACK
    from service.reader import Service

    opened = home_of(home)
    require_free(port)
    typer.echo(f"http://{LOOPBACK}:{port}")
    serve_dashboard(create_app(Service(opened)).server, port=port)


COMMANDS = (Command(serve),)
