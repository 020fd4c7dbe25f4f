"""Numbers that an operator sets by environment variables; a value that is none is refused, never passed over."""

import os

from warehouse.errors import BadInput


def whole_number(name: str, default: int) -> int:
    """The value of the variable ``name``, at least 1; raises ``BadInput`` naming variable, value and way out."""
    text = os.environ.get(name, str(default))
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise BadInput(
            f"环境变量 {name}：「{text}」不是大于零的整数；请改正，或取消设置（默认 {default}）",
            f"environment variable {name}: “{text}” is no whole number above zero; correct it, or unset it"
            f" (default {default})",
        )
    return int(text)


def seconds(name: str, default: float) -> float:
    """The value of the variable ``name``, at least 0; raises ``BadInput`` naming variable, value and way out."""
    text = os.environ.get(name, str(default))
    if not (text.isascii() and text.replace(".", "", 1).isdigit()):
        raise BadInput(
            f"环境变量 {name}：「{text}」不是秒数；请写如 2 或 0.5，或取消设置（默认 {default}）",
            f"environment variable {name}: “{text}” is no number of seconds; write 2 or 0.5, or unset it"
            f" (default {default})",
        )
    return float(text)
