"""Values of columns that are codes, in words; a value that is not listed is shown as it is."""

from flows.terminal.language import Words, of_both

VALUES: dict[str, dict[str, Words]] = {
    "confidence": {
        "verified": ("已核原文", "verified"),
        "secondary": ("转引", "secondary"),
        "memory": ("凭记忆，待核", "from memory"),
    },
    "severity": {
        "critical": ("停止发布", "critical"),
        "reject": ("拒收", "reject"),
        "quarantine": ("隔离", "quarantine"),
        "warn": ("警告", "warn"),
        "inform": ("提示", "inform"),
    },
    "verdict": {
        "factor": ("整份单位有误", "another unit"),
        "look": ("可能单位有误", "perhaps another unit"),
        "doubtful": ("存疑", "doubtful"),
        "cell": ("单项有误", "one amount"),
        "staff": ("人数有误", "head-count"),
    },
    "state": {
        "proposed": ("待确认", "proposed"),
        "confirmed": ("已确认", "confirmed"),
        "refused": ("已驳回", "refused"),
        "withdrawn": ("已撤回", "withdrawn"),
        "used": ("使用中", "used"),
        "set_aside": ("已移出", "set aside"),
        "damaged": ("已损坏", "damaged"),
    },
}


def value_spoken(column: str, value: str) -> str:
    """The words of a coded value of a column in the language that is spoken."""
    words = VALUES.get(column, {}).get(value)
    return value if words is None else of_both(*words)
