"""Originals in landing: checks that each is still the file that was delivered."""

import hashlib
from pathlib import Path

from warehouse.errors import DamagedOriginal
from warehouse.home import Home
from warehouse.intake.delivery import Delivery


def require_intact(home: Home, delivery: Delivery, is_read: bool) -> None:
    """Raise ``DamagedOriginal`` unless the original has the size, and when it is read the hash, of the delivery."""
    if is_intact(home.landing / delivery.original, delivery, is_read):
        return
    name, original, aside = delivery.file_name, f"landing/{delivery.original}", set_aside_command(delivery.delivery_id)
    raise DamagedOriginal(
        f"{name}: 收存的原件缺失或已损坏（{original}），未发布；请把原文件再次放入来件目录，或从备份恢复；"
        f"都没有时 {aside}",
        f"{name}: the original that was kept is missing or damaged ({original}), nothing was published; put the file"
        f" into the inbox again, or restore it from a backup; where there is neither, {aside}",
    )


def set_aside_command(delivery_id: str) -> str:
    """The command that excludes a delivery from all further runs."""
    return f"tidu landing set-aside {delivery_id} --by … --why …"


def is_intact(original: Path, delivery: Delivery, is_read: bool = True) -> bool:
    """Whether an original has the size of its delivery and, with ``is_read``, its hash."""
    try:
        has_size = original.is_file() and delivery.size in (-1, original.stat().st_size)
        if not (has_size and is_read):
            return has_size
        with original.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == delivery.sha256
    except OSError:
        return False
