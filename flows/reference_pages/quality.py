"""The quality rules as one page: every rule with its severity, where it is held, or why not; Markdown."""

from service.queries.quality import places
from warehouse.quality.rules import Rule, families, order
from warehouse.quality.thresholds import thresholds

INTRO = """# 质量规则 The quality rules

由 `tidu quality page > docs/quality.md` 从 `warehouse/quality` 生成，不手改。
Made from `warehouse/quality` by `tidu quality page > docs/quality.md`; not written by hand.

reject 拒收、quarantine 隔离的行不进入任何数；warn 提示、inform 告知的行保留。
Rows that are rejected or quarantined are in no figure; warnings and information keep them.
"""
RULE_HEAD = "| | 规则 rule | 处理 severity | 在哪里 held in |\n|---|---|---|---|"
THRESHOLD_HEAD = "| | 值 value | 含义 meaning | 依据 source | 本区可估 zone |\n|---|---|---|---|---|"


def page() -> str:
    """The order of work, every family of rules, every threshold."""
    steps = " → ".join(f"{words.zh} {words.en}" for words in order().stages.values())
    parts = [INTRO, f"先后 order: {steps}\n"]
    for title, rules in families().values():
        parts += [
            f"## {title.zh} {title.en}\n",
            "| | 规则 rule | 处理 severity | 在哪里 held in |",
            "|---|---|---|---|",
        ]
        parts += [_line(rule) for rule in rules]
        parts.append("")
    parts += [
        "## 阈值 Thresholds\n",
        "| | 值 value | 含义 meaning | 依据 source | 本区可估 zone |",
        "|---|---|---|---|---|",
    ]
    parts += [
        f"| `{name}` | {one.value:f} {one.unit} | {one.zh} {one.en} | {one.source} | {'✓' if one.zone else ''} |"
        for name, one in thresholds().limits.items()
    ]
    return "\n".join(parts) + "\n"


def _line(rule: Rule) -> str:
    held = "<br>".join(places(rule))
    if rule.reason:
        held = f"未执行 not held: {rule.reason.zh}<br>{rule.reason.en}"
    why = f"<br>{rule.differs.zh}<br>{rule.differs.en}" if rule.differs else ""
    return f"| {rule.id} | {rule.zh}<br>{rule.en} | {rule.severity}{why} | {held} |"
