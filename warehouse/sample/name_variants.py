"""Variants of firm names in lists: other brackets or blanks, and occasional errors."""

_FORMS = ("股份有限公司", "有限公司")
_LIKE = {"技": "枝", "科": "料", "材": "村", "药": "葯", "电": "申", "能": "熊", "器": "嚣", "人": "入"}


def as_listed(name: str, index: int) -> tuple[str, str]:
    """The name as written, and its variant: ``right``, ``form`` (legal form), ``typo`` or ``group`` (集团)."""
    variant, written = "right", name
    if index % 89 == 11:
        variant, written = "form", _other_form(name)
    elif index % 97 == 13:
        variant, written = "typo", _with_typo(name)
    elif index % 101 == 17:
        variant, written = "group", _other_group(name)
    variant = "right" if written == name else variant
    if index % 3 == 0:
        written = written.replace("（", "(").replace("）", ")")
    return written + ("\u3000" if index % 7 == 0 else ""), variant


def _other_form(name: str) -> str:
    long, short = _FORMS
    return name.removesuffix(long) + short if name.endswith(long) else name.removesuffix(short) + long


def _other_group(name: str) -> str:
    return name.replace("（集团）", "") if "（集团）" in name else name.replace("有限公司", "集团有限公司")


def _with_typo(name: str) -> str:
    """The name with a character of the industry replaced by a similar one."""
    for sign, like in _LIKE.items():
        if sign in name:
            return name.replace(sign, like, 1)
    return name
