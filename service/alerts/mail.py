"""The alerts of a day as a mail file (RFC 5322): Chinese first, English whole after it. Nothing is sent from here."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256

from service.alerts.current import Alert
from service.wording.shown_moments import CHINA

HEADS = {
    "zh": ("梯度提醒", "处理", "另有 {n} 项，全部见 {page}", "共 {n} 项"),
    "en": ("Tidu alerts", "To do", "and {n} more: all are at {page}", "{n} in all"),
}
MORNING = time(7, tzinfo=CHINA)
"""The hour of the day that the mail states: that of the day's mails, so that a file depends on no clock."""
SENDER = Address("Tidu 梯度", "tidu", "localhost")


def mail_bytes(account: str, day: date, alerts: Sequence[Alert]) -> bytes:
    """The mail to an account: the same bytes for the same alerts and day."""
    message = EmailMessage(policy=SMTP)
    total = sum(len(alert.fresh) for alert in alerts)
    message["Subject"] = f"{HEADS['zh'][0]} {HEADS['en'][0]} {day} · {len(alerts)} · {total}"
    message["From"] = SENDER
    message["To"] = Address(_plain(account), sha256(account.encode()).hexdigest()[:12], "localhost")
    message["Date"] = format_datetime(datetime.combine(day, MORNING))
    message["Message-ID"] = f"<{day}.{_digest(account, alerts)}@localhost>"
    text = f"{_text(day, alerts, 'zh')}\n\n――――――――\n\n{_text(day, alerts, 'en')}\n"
    message.set_content(text, charset="utf-8", cte="base64")
    return message.as_bytes()


def _plain(text: str) -> str:
    return " ".join(text.split())


def _digest(account: str, alerts: Iterable[Alert]) -> str:
    keys = [account, *(item.key for alert in alerts for item in alert.fresh)]
    return sha256("\n".join(keys).encode()).hexdigest()[:24]


def _text(day: date, alerts: Iterable[Alert], lang: str) -> str:
    title, do, more, count = HEADS[lang]
    lines = [f"{title} {day}"]
    for alert in alerts:
        definition, fresh = alert.definition, alert.fresh
        lines += ["", f"■ {getattr(definition, lang)}（{count.format(n=len(fresh))}）"]
        lines += [f"  {do}：{getattr(definition.action, lang)}"]
        for item in fresh[: definition.at_most]:
            name = f"{item.name} · " if item.name else ""
            lines.append(f"  · {name}{getattr(item, lang)}")
        rest = len(fresh) - definition.at_most
        lines += [f"  … {more.format(n=rest, page=definition.page)}"] if rest > 0 else []
    return "\n".join(lines)
