"""``tidu token``: tokens by which pipelines ask the HTTP routes."""

from typing import Annotated

import typer

from flows.commands.options import By, HomeOption, JsonOption, Why, people_of
from flows.commands.output import print_json
from flows.terminal.help_text import both
from flows.terminal.language import of_both
from flows.terminal.markup import echo
from flows.terminal.table import table

app = typer.Typer(no_args_is_help=True)

COLUMNS = ("token_id", "purpose", "scope", "state", "valid_until", "used_on")


@app.callback()
def token() -> None:
    """Tokens by which other systems read /api/v1, within a scope.

    中文：程序令牌：供其他系统按范围读取 /api/v1。
    """


@app.command(no_args_is_help=True)
def create(
    name: Annotated[str, typer.Argument(help=both("用途", "What it is for"))],
    by: By,
    why: Why,
    scope: Annotated[
        str | None,
        typer.Option(
            help=both("zone · park:代码 · incubator:名称 · zones:区", "zone · park:CODE · incubator:NAME · zones:ZONE"),
            show_default=both("全区", "zone"),
        ),
    ] = None,
    account: Annotated[
        str | None, typer.Option("--as", help=both("以此账户的名义办理", "Acts in the name of this account"))
    ] = None,
    days: Annotated[int, typer.Option(help=both("有效天数", "Days until it ends"))] = 90,
    home: HomeOption = None,
) -> None:
    """A new token, shown this once.

    中文：新令牌，只显示这一次。

    $ tidu token create 数据中台 --by 王 --why 每日取数
    $ tidu token create 统计局 --days 30 --by 王 --why 核对
    $ tidu token create 走访小程序 --as 李娜 --by 王 --why 记录走访
    """
    if scope is not None and account is not None:
        raise typer.BadParameter(of_both("--scope 与 --as 只写一个", "give one of --scope, --as"))
    tokens = people_of(home).tokens
    if account is not None:
        secret, made = tokens.create_for(name, account, days, by=by, why=why)
    else:
        secret, made = tokens.create(name, scope or "zone", days, by=by, why=why)
    echo(secret)
    echo(
        of_both(
            f"编号 {made.token_id}，{made.valid_until[:10]} 前有效；请求头 Authorization: Bearer …",
            f"number {made.token_id}, until {made.valid_until[:10]}; send it as Authorization: Bearer …",
        ),
        err=True,
    )


@app.command("list")
def list_tokens(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """All tokens, revoked and expired ones included.

    中文：全部令牌，已撤销和过期的也在内。

    $ tidu token list
    """
    from service.people.scopes import written

    people = people_of(home)
    rows = [
        {
            "token_id": made.token_id,
            "name": made.name,
            "scope": written(made.scope_kind, made.scope_keys),
            "state": of_both("有效", "valid") if people.tokens.is_valid(made) else of_both("失效", "ended"),
            "valid_until": made.valid_until,
            "used_on": made.used_on or "",
            "created_by": made.created_by,
            "created_at": made.created_at,
            "revoked_at": made.revoked_at or "",
        }
        for made in people.tokens.every()
    ]
    if as_json:
        print_json(rows)
    elif rows:
        table([{**row, "purpose": row["name"], "valid_until": str(row["valid_until"])[:10]} for row in rows], COLUMNS)
    else:
        echo(of_both("还没有令牌", "there is no token"))


@app.command(no_args_is_help=True)
def revoke(
    token_id: Annotated[str, typer.Argument(help=both("编号", "Its number"))], by: By, why: Why, home: HomeOption = None
) -> None:
    """Revoke a token, at once.

    中文：撤销令牌，立即生效。

    $ tidu token revoke 1a2b3c4d --by 王 --why 系统下线
    """
    ended = people_of(home).tokens.revoke(token_id, by=by, why=why)
    echo(f"{ended.token_id} {ended.name}: {of_both('已撤销', 'revoked')}")
