"""``tidu alerts``: the alerts of each account, and the mail files of a day."""

from typing import Annotated, Any

import typer

from flows.commands import Command
from flows.commands.options import Format, FormatOption, HomeOption, people_of, today
from flows.commands.output import print_rows
from flows.terminal.help_text import both

COLUMNS = ("account", "alert_zh", "items", "fresh", "is_due", "action_zh")


def alerts(
    account: Annotated[
        str | None, typer.Option("--account", help=both("只看这个账户的", "Of this account alone"))
    ] = None,
    write: Annotated[
        bool,
        typer.Option(
            "--write", help=both("写出当天的邮件文件到 outbox/", "Write the mail files of the day into outbox/")
        ),
    ] = False,
    items: Annotated[bool, typer.Option("--items", help=both("逐项列出", "Every item by itself"))] = False,
    form: FormatOption = Format.TABLE,
    home: HomeOption = None,
) -> None:
    """The alerts of each account, and what to do about them.

    中文：提醒：谁该知道什么、做什么；不重复，不超过各自的频次。

    $ tidu alerts --items
    """
    from service.alerts import current

    people = people_of(home)
    if write:
        from flows.job import daily_alerts

        for written in daily_alerts(people.home):
            typer.echo(f"{written.path}: {sum(written.counts.values())}")
        return
    chosen = [current.recipient(people, account)] if account else current.recipients(people)
    rows = [
        row
        for entry in chosen
        for alert in current.of_account(people.home, entry, today())
        for row in (_items(entry.scope.who, alert) if items else [_summary(entry.scope.who, alert)])
    ]
    columns = ("account", "alert_zh", "name", "zh") if items else COLUMNS
    print_rows(rows, form, columns)


def _summary(account: str, alert: Any) -> dict[str, Any]:
    definition = alert.definition
    return {
        "account": account,
        "alert": alert.name,
        "alert_zh": definition.zh,
        "alert_en": definition.en,
        "items": len(alert.items),
        "fresh": len(alert.fresh),
        "is_due": alert.is_due,
        "rhythm": definition.rhythm,
        "action_zh": definition.action.zh,
        "action_en": definition.action.en,
        "page": definition.page,
    }


def _items(account: str, alert: Any) -> list[dict[str, Any]]:
    return [
        {
            "account": account,
            "alert": alert.name,
            "alert_zh": alert.definition.zh,
            "alert_en": alert.definition.en,
            **vars(item),
        }
        for item in alert.items
    ]


COMMANDS = (Command(alerts),)
