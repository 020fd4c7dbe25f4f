"""Values of columns that are codes, in words; a value that is not listed is shown as it is."""

from flows.terminal.language import Words, of_both
from tiers.messages.wording import CONFIDENCES

VALUES: dict[str, dict[str, Words]] = {
    "confidence": {name: (wording.zh, wording.en) for name, wording in CONFIDENCES.items()},
    "severity": {
        "critical": ("停止发布", "critical"),
        "reject": ("拒收", "reject"),
        "quarantine": ("隔离", "quarantine"),
        "hold": ("存疑隔离", "hold"),
        "warn": ("警告", "warn"),
        "inform": ("提示", "inform"),
    },
    "type": {
        "text": ("文字", "text"),
        "code": ("代码", "code"),
        "money": ("金额", "money"),
        "amount": ("带单位金额", "amount"),
        "number": ("数", "number"),
        "rate": ("比率", "rate"),
        "count": ("整数", "count"),
        "date": ("日期", "date"),
        "month": ("月份", "month"),
        "year": ("年份", "year"),
        "bool": ("是否", "yes or no"),
    },
    "verdict": {
        "factor": ("整份单位有误", "another unit"),
        "possible_factor": ("可能单位有误", "perhaps another unit"),
        "doubtful": ("存疑", "doubtful"),
        "cell": ("单项有误", "one amount"),
        "staff": ("人数有误", "head-count"),
    },
    "decision": {
        "accepted": ("照用", "accepted"),
        "corrected": ("更正", "corrected"),
        "rejected": ("不用", "rejected"),
    },
    "change_kind": {
        "figure": ("年度数值", "yearly figure"),
        "title": ("称号", "title"),
        "firm": ("企业", "firm"),
        "fact": ("评价事实", "fact of the day"),
        "verdict": ("结论", "verdict"),
    },
    "state": {
        "proposed": ("待确认", "proposed"),
        "confirmed": ("已确认", "confirmed"),
        "refused": ("已驳回", "refused"),
        "withdrawn": ("已撤回", "withdrawn"),
        "used": ("使用中", "used"),
        "set_aside": ("已移出", "set aside"),
        "damaged": ("已损坏", "damaged"),
        "pending": ("待下次运行", "waits for the next run"),
        "counted": ("已计入", "in force"),
        "gone": ("行已不存在", "its row is gone"),
    },
}


def value_spoken(column: str, value: str) -> str:
    """The words of a coded value of a column in the language that is spoken."""
    words = VALUES.get(column, {}).get(value)
    return value if words is None else of_both(*words)
