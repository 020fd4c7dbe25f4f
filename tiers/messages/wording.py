"""The words of outcomes, confidences, positions and changes of answers, in both languages: their only place.

Pages, downloads, terminal, HTTP and paper take them from here by their codes. Those of changes of position, by their
codes too, are in ``movement/signals.yml``, beside what each means.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Wording:
    """The short form, a label, with its sign; the long form begins a sentence, where it differs from the label."""

    zh: str
    en: str
    sign: str = ""
    sentence_zh: str = ""
    sentence_en: str = ""

    def label(self, lang: str) -> str:
        """``zh``, or English for any other language."""
        return self.zh if lang == "zh" else self.en

    def sentence(self, lang: str) -> str:
        """How a sentence begins in one language."""
        return (self.sentence_zh if lang == "zh" else self.sentence_en) or self.label(lang)

    @property
    def bilingual(self) -> str:
        """Chinese and English after one another."""
        return f"{self.zh} {self.en}"


OUTCOMES = {
    "met": Wording("达到", "met", "✓"),
    "not_met": Wording("未达", "not met", "✗", sentence_zh="未达到"),
    "unknown": Wording("不能判定", "unknown", "?", sentence_en="cannot be decided"),
    "judgement": Wording(
        "待评审",
        "for people",
        "◇",
        sentence_zh="可计算条件均已达到，待评审",
        sentence_en="all that can be counted is met; people decide the rest",
    ),
}
NO_LONGER = Wording("不再可能", "no longer possible", "⊘")
"""Of a condition that can never be met again, and of a verdict of which every way contains one."""
ANSWERS = {**OUTCOMES, "closed": NO_LONGER}
"""The outcomes, and what is shown in their place where there is no way left."""


COMPUTED = {**OUTCOMES, "people": Wording("全凭评审", "people decide")}
"""The outcomes, and that nothing about a title can be counted."""


def answer_of(row: Mapping[str, Any]) -> str:
    """The key into ``ANSWERS`` of a verdict or finding."""
    return "closed" if row.get("is_closed") else str(row["outcome"])


CONFIDENCES = {
    "verified": Wording("已核原文", "verified"),
    "secondary": Wording("转引", "secondary"),
    "memory": Wording("凭记忆，待核", "from memory"),
}
POSITIONS = {
    "held": Wording("持有", "held"),
    "not_held": Wording("未持有", "not held"),
    "holds": Wording("持有", "holds"),
    "meets": Wording("达到", "meets"),
}
"""Of a title whether it is held; of a firm what it holds and what it meets."""
TRIALS = {
    "gained": Wording("新达到", "gained", "▲"),
    "lost": Wording("不再达到", "lost", "▼"),
    "undecidable": Wording("变为不能判定", "no longer decidable", "?"),
    "otherwise": Wording("其他变化", "changed otherwise", "≠"),
    "unchanged": Wording("不变", "unchanged", "＝"),
}
"""What another edition, or other figures, make of an answer."""
WORDS = {**ANSWERS, **COMPUTED, **CONFIDENCES, **POSITIONS, **TRIALS}
"""All of them by their codes."""
