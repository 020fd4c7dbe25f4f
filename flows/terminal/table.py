"""Tables in the terminal, with headings in both languages."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from flows.terminal.markup import Terminal, plain

console = Terminal()

HEADINGS = {
    "name": "企业 firm",
    "rule": "规则 rule",
    "row": "行 row",
    "candidates": "候选 candidates",
    "held": "持有 held",
    "met": "达到 met",
    "titles_zh": "持有 held",
    "met_zh": "达到 met",
    "change_zh": "变化 change",
    "reasons_zh": "信号与原因 signals",
    "next_zh": "下一步 next",
    "due_zh": "先到期 ends first",
    "due_on": "到期 due",
    "valid_to": "有效期至 valid to",
    "is_held": "持有 held",
    "application": "申报 application",
    "start_by": "开工 start by",
    "designation_zh": "称号 title",
    "kind_zh": "事项 duty",
    "state_zh": "状态 state",
    "owner_role_zh": "责任 owner",
    "zh": "",
    "rank": "级",
    "held_count": "持有 hold",
    "met_count": "达到 meet",
    "judgement_count": "待评审 judge",
    "unknown_count": "不能判定 unknown",
    "not_met_count": "未达 not met",
    "feed": "来源 feed",
    "rows_read": "读入 read",
    "rows_loaded": "装入 loaded",
    "rows_quarantined": "隔离 quarantined",
    "deliveries": "文件 files",
    "edition_id": "版本 edition",
    "title_zh": "名称 title",
    "in_force_from": "起 from",
    "in_force_to": "止 to",
    "number": "文号 number",
    "confidence": "可信度 confidence",
    "run_id": "期 run",
    "day": "评价日 day",
    "place": "属地 place",
    "published_at": "发布 published",
    "is_current": "现行 current",
    "frozen": "冻结 frozen",
    "month": "月份 month",
    "path": "文件 file",
    "clause": "条款 clause",
    "effect": "后果 effect",
    "outcome": "结论",
    "value": "实际 value",
    "required": "要求 required",
    "gap": "差距 gap",
    "source": "来源 source",
    "before": "原来 before",
    "after": "之后 after",
    "change": "变化 change",
    "firms": "企业 firms",
    "condition": "条件 condition",
    "address": "地址 address",
    "file_name": "文件 file",
    "rule_id": "规则 rule",
    "field": "字段 field",
    "message_zh": "说明 message",
    "decided_before": "此前决定 decided before",
    "decision": "决定 decision",
    "statement_id": "号 no.",
    "subject": "对象 subject",
    "said_by": "谁 by",
    "said_at": "何时 when",
    "why": "为何 why",
    "rows_waiting": "待办 waiting",
    "rows_decided": "已决定 decided",
    "scheme_id": "方案 scheme",
    "phase": "阶段 phase",
    "points": "得分 points",
    "weight": "权重 weight",
    "has_weights": "有权重 weights",
    "is_example": "示例 example",
    "state": "状态 state",
    "expected_by": "应报 expected",
    "days_late": "逾期天数 days late",
    "firms_undecided": "不能判定 undecided",
    "designation": "称号 title",
    "odds_pct": "可能性 odds",
    "range_pct": "区间 range",
    "like_firms": "同类 n",
    "basis_zh": "依据 basis",
    "year": "年度 year",
    "events": "发生 events",
    "brier": "Brier",
    "brier_plain": "均值 plain",
    "brier_rate": "同类 rate",
    "brier_model": "模型 model",
    "bin_from": "从 from",
    "bin_to": "到 to",
    "odds_mean": "预测 forecast",
    "observed": "实际 observed",
    "observed_low": "低 low",
    "observed_high": "高 high",
    "bar": "项 bar",
    "bar_zh": "项 bar",
    "low": "低 low",
    "expected": "预期 expected",
    "high": "高 high",
    "target": "目标 target",
    "gap_zh": "差距 gap",
    "measure": "指标 measure",
    "stage_zh": "阶段 stage",
    "unit": "单位",
    "target_share_pct": "完成% of target",
    "part": "分子 part",
    "whole": "分母 whole",
    "role": "角色 role",
    "purpose": "用途 for",
    "scope": "范围 scope",
    "signed_in_at": "最近登录 signed in",
    "token_id": "编号 no.",
    "valid_until": "有效至 until",
    "used_on": "最近使用 used",
    "seq": "号 no.",
    "at": "何时 when",
    "who": "谁 who",
    "what": "做了什么 what",
}


def table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], title: str | None = None) -> None:
    """Print rows as a table with headings in both languages."""
    view = Table(title=None if title is None else Text(plain(title)), title_justify="left", box=None, pad_edge=False)
    for column in columns:
        numeric = any(isinstance(row.get(column), int) and not isinstance(row.get(column), bool) for row in rows)
        view.add_column(HEADINGS.get(column, column), justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        view.add_row(*(Text(_text(row.get(column))) for column in columns))
    console.print(view)


def _text(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "是" if value else ""
    return f"{value:,}" if isinstance(value, int) else plain(value)
