"""The originals kept in landing: whether each is what was delivered, and putting one in its place."""

import hashlib
from pathlib import Path

from warehouse.errors import DamagedOriginal
from warehouse.home import Home
from warehouse.intake.delivery import Delivery


def require_whole(home: Home, delivery: Delivery, is_read: bool) -> None:
    """Raise ``DamagedOriginal`` unless the original is there as it came: by its size, and by its hash when it is read.

    An original that is there without a delivery's side file is not looked at: it never came.
    """
    if fits(home.landing / delivery.original, delivery, is_read):
        return
    name, original, aside = delivery.file_name, f"landing/{delivery.original}", set_aside_command(delivery.delivery_id)
    raise DamagedOriginal(
        f"{name}: 收存的原件缺失或已损坏（{original}），未发布；请把原文件再次放入来件目录，或从备份恢复；"
        f"都没有时 {aside}\n"
        f"{name}: the original that was kept is missing or damaged ({original}), nothing was published; put the file"
        f" into the inbox again, or restore it from a backup; where there is neither, {aside}"
    )


def set_aside_command(delivery_id: str) -> str:
    """How a person takes a delivery out of all further runs."""
    return f"tidu landing set-aside {delivery_id} --by … --why …"


def fits(original: Path, delivery: Delivery, is_read: bool = True) -> bool:
    """Whether an original has the size that was delivered and, where it is read, the hash."""
    try:
        is_there = original.is_file() and delivery.size in (-1, original.stat().st_size)
        if not (is_there and is_read):
            return is_there
        with original.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == delivery.sha256
    except OSError:
        return False
