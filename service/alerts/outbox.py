"""The mail files of a day: one for each account that has something new."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from service.alerts.current import of_account, recipients
from service.alerts.mail import mail_bytes
from service.alerts.sent import keep
from service.people.installation import People
from warehouse.home import Home
from warehouse.outputs.file_names import file_stem
from warehouse.release import pointer


@dataclass(frozen=True)
class Written:
    """The mail file of an account, and how many items of each alert it has."""

    account: str
    path: Path
    counts: dict[str, int]


def write(home: Home, people: People, today: date, now: datetime) -> list[Written]:
    """Write the mail files of a day into the outbox, and keep what they state; who has nothing new gets none.

    A file is written whole or not at all; where the machine stops before that is kept, the next call of the day
    writes the same file again.
    """
    written, sent = [], {}
    for recipient in recipients(people):
        who = recipient.scope.who
        due = [alert for alert in of_account(home, recipient, today) if alert.is_due]
        if due:
            path = home.outbox / today.isoformat() / f"{file_stem(who)}.eml"
            _write(_free(path), mail_bytes(who, today, due))
            written.append(Written(who, path, {alert.name: len(alert.fresh) for alert in due}))
            sent[who] = {alert.name: [item.key for item in alert.fresh] for alert in due}
    keep(home, sent, today, now)
    return written


def _free(path: Path) -> Path:
    """The path, or the next with a number where the day has a mail for this account already."""
    number = 1
    free = path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)
    pointer.flush(path)
