"""An amount that was read: exact, a range, undisclosed, or not read with the reason."""

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction


class Reason(Enum):
    """Why a text gives no amount, in both languages."""

    NUMBER = ("数字的写法有两种读法或不成数", "the figure can be read in two ways, or is none")
    SEVERAL = ("写了不止一笔金额", "more than one amount is written")
    UNIT = ("没有写明单位或币种", "neither a unit nor a currency is written")
    CONTRADICTION = ("单位、币种或折合数互相矛盾", "units, currencies or equivalents contradict each other")
    WORDS = ("有不认识的字", "there are words that are not known")


class Unread(Exception):
    """The text is not wholly understood."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(" ".join(reason.value))


@dataclass(frozen=True)
class Span:
    """From ``low`` to ``high`` units of a currency, None where open; the currency None where none is written."""

    low: Fraction | None
    high: Fraction | None
    currency: str | None

    @property
    def is_exact(self) -> bool:
        """Whether both ends are the same figure."""
        return self.low is not None and self.low == self.high


@dataclass(frozen=True)
class Amount:
    """``kind``: exact, range, undisclosed or unread; the last with its reason."""

    kind: str
    low: Fraction | None = None
    high: Fraction | None = None
    currency: str | None = None
    reason: Reason | None = None
