"""The quality rules as one page: every rule with its severity, where it is held, or why not; Markdown."""

from service.queries.files.quality import Rule, families, limits, places, stages

INTRO = """# 质量规则 The quality rules

由 `tidu quality page > docs/quality.md` 从 `warehouse/quality` 生成，不手改。
Made from `warehouse/quality` by `tidu quality page > docs/quality.md`; not written by hand.

reject 拒收、quarantine 隔离的行不进入任何数；warn 提示、inform 告知的行保留。
Rows that are rejected or quarantined are in no figure; warnings and information keep them.
"""


def page() -> str:
    """The order of work, every family of rules, every threshold."""
    steps = " → ".join(f"{stage.zh} {stage.en}" for stage in stages())
    parts = [INTRO, f"先后 order: {steps}\n"]
    for title, rules in families():
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
        f"| `{name}` | {limit.value:f} {limit.unit} | {limit.zh} {limit.en} | {limit.source}"
        f" | {'✓' if limit.zone else ''} |"
        for name, limit in limits().items()
    ]
    return "\n".join(parts) + "\n"


def _line(rule: Rule) -> str:
    held = "<br>".join(places(rule))
    if rule.reason:
        held = f"未执行 not held: {rule.reason.zh}<br>{rule.reason.en}"
    why = f"<br>{rule.differs.zh}<br>{rule.differs.en}" if rule.differs else ""
    return f"| {rule.id} | {rule.zh}<br>{rule.en} | {rule.severity}{why} | {held} |"
