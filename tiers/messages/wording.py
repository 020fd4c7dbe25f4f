"""The words of outcomes and of confidences, in both languages; the only place where they are written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Wording:
    """A label, its sign beside it, and the words that begin a sentence where they are longer than the label."""

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


def answer_of(row: Mapping[str, Any]) -> str:
    """The key into ``ANSWERS`` of a verdict or finding."""
    return "closed" if row.get("is_closed") else str(row["outcome"])


CONFIDENCES = {
    "verified": Wording("已核原文", "verified"),
    "secondary": Wording("转引", "secondary"),
    "memory": Wording("凭记忆，待核", "from memory"),
}
