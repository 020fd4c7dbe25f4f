"""``tidu account``: who may sign in; passwords are set by their owners through a one-time link."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands.options import HomeOption, JsonOption, people_of
from flows.commands.output import print_json
from flows.terminal.help_text import both
from flows.terminal.language import language, of_both
from flows.terminal.markup import echo
from flows.terminal.table import table

if TYPE_CHECKING:
    from service.people.accounts import Account, Link

app = typer.Typer(no_args_is_help=True)

COLUMNS = ("who", "role", "scope", "state", "signed_in_at")
Name = Annotated[str, typer.Argument(help=both("姓名", "Name"))]
Role = Annotated[str | None, typer.Option(help="officer · statistician · director · incubator · admin · ministry")]
ScopeOption = Annotated[
    str | None,
    typer.Option(
        help=both(
            "zone · park:代码 · incubator:名称 · own · zones:区", "zone · park:CODE · incubator:NAME · own · zones:ZONE"
        )
    ),
]
By = Annotated[
    str | None,
    typer.Option("--by", help=both("谁决定", "Who decides"), show_default=both("系统用户", "the system's user")),
]
Why = Annotated[str, typer.Option("--why", help=both("为什么", "Why"))]
Port = Annotated[
    int, typer.Option(min=1, max=65535, help=both("本机看板的端口", "Port of the dashboard on this machine"))
]


@app.callback()
def account() -> None:
    """Accounts: create, list, disable, change, make one-time links.

    中文：账户：建立、列出、停用、改权限、发一次性链接。
    """


@app.command(no_args_is_help=True)
def create(
    name: Name,
    role: Annotated[str, typer.Option(help="officer · statistician · director · incubator · admin · ministry")],
    scope: Annotated[
        str,
        typer.Option(
            help=both(
                "zone · park:代码 · incubator:名称 · own · zones:区",
                "zone · park:CODE · incubator:NAME · own · zones:ZONE",
            )
        ),
    ] = "zone",
    by: By = None,
    why: Why = "",
    port: Port = 8050,
    home: HomeOption = None,
) -> None:
    """Create an account and print the one-time link that sets its password.

    中文：建立账户，给出设密码的一次性链接。

    $ tidu account create 王伟 --role admin
    $ tidu account create 李娜 --role officer --scope park:330108
    """
    accounts = people_of(home, may_be_new=True).accounts
    is_first = not accounts.is_any()
    _print_link(accounts.create(name, role, scope, by=_by(by), why=why or of_both("开户", "a new account")), port)
    if is_first:
        echo(
            of_both(
                "第一个账户：请重新启动 tidu serve，此后须登录",
                "the first account: start tidu serve again, which then asks people to sign in",
            )
        )


@app.command("list")
def list_accounts(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """All accounts, disabled ones included.

    中文：全部账户，停用的也在内。

    $ tidu account list
    """
    accounts = people_of(home).accounts.every()
    rows = [_row(entry) for entry in accounts]
    if as_json:
        print_json(rows)
    elif rows:
        table([_for_people(entry) for entry in accounts], COLUMNS)
    else:
        echo(of_both("还没有账户，看板为单人试用", "there is no account, the dashboard is for a single user"))


@app.command(no_args_is_help=True)
def change(
    name: Name, why: Why, role: Role = None, scope: ScopeOption = None, by: By = None, home: HomeOption = None
) -> None:
    """Another role or scope, from the next request on.

    中文：改角色或范围，下一次请求起生效。

    $ tidu account change 李娜 --role statistician --why 转岗
    $ tidu account change 李娜 --scope zone --why 代管
    """
    changed = _row(people_of(home).accounts.change(name, role=role, scope=scope, by=_by(by), why=why))
    echo(f"{changed['name']}: {changed['role']} {changed['scope']}")


@app.command(no_args_is_help=True)
def disable(name: Name, why: Why, by: By = None, home: HomeOption = None) -> None:
    """Disable an account; it is signed out everywhere at once.

    中文：停用账户，所有设备立即退出。

    $ tidu account disable 李娜 --why 离职
    """
    people_of(home).accounts.set_active(name, False, by=_by(by), why=why)
    echo(f"{name}: {of_both('已停用', 'disabled')}")


@app.command(no_args_is_help=True)
def enable(name: Name, why: Why, by: By = None, home: HomeOption = None) -> None:
    """Enable an account again.

    中文：重新启用账户。

    $ tidu account enable 李娜 --why 返岗
    """
    people_of(home).accounts.set_active(name, True, by=_by(by), why=why)
    echo(f"{name}: {of_both('已启用', 'enabled')}")


@app.command(no_args_is_help=True)
def link(name: Name, by: By = None, why: Why = "", port: Port = 8050, home: HomeOption = None) -> None:
    """A forgotten password: a new one-time link; the one before ends.

    中文：忘记密码：给出新的一次性链接，旧链接作废。

    $ tidu account link 李娜
    """
    _print_link(
        people_of(home).accounts.renew_link(name, by=_by(by), why=why or of_both("忘记密码", "password forgotten")),
        port,
    )


def _by(name: str | None) -> str:
    """Who decides: the person named, else the user of the system who runs the command."""
    from getpass import getuser

    return name or getuser()


def _print_link(made: "Link", port: int) -> None:
    from flows.settings import LOOPBACK
    from service.people.settings import URL, site_url
    from service.wording.shown_moments import minute

    site = site_url()
    echo(f"{made.name}: {site or f'http://{LOOPBACK}:{port}'}/reset/{made.secret}")
    if site is None:
        echo(
            of_both(
                f"看板不在端口 {port}（serve --port）时用 --port；对外的网址设 {URL}",
                f"where the dashboard is not on port {port} (serve --port) give --port; a site's address is {URL}",
            )
        )
    echo(
        of_both(
            f"只能用一次，{minute(made.until)} 前有效；请当面或密封转交",
            f"works once, until {minute(made.until)}; hand it over in person or sealed",
        )
    )


def _for_people(entry: "Account") -> dict[str, Any]:
    """The role and the scope in words."""
    from service.people.scope_words import scope_words
    from service.scope import roles

    role = getattr(roles()[entry.role], language())
    scope = scope_words(entry.scope_kind, entry.scope_keys, language())
    return {**_row(entry), "who": entry.name, "role": role, "scope": scope}


def _row(entry: "Account") -> dict[str, object]:
    from service.people.scopes import written

    states = {True: of_both("启用", "active"), False: of_both("停用", "disabled")}
    has_password = entry.password_hash is not None
    return {
        "name": entry.name,
        "role": entry.role,
        "scope": written(entry.scope_kind, entry.scope_keys),
        "state": states[entry.is_active]
        if has_password or not entry.is_active
        else of_both("待设密码", "no password yet"),
        "signed_in_at": entry.signed_in_at or "",
        "created_at": entry.created_at,
    }
