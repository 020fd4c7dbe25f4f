"""What is read of one amount, word by word."""

from dataclasses import dataclass, field
from fractions import Fraction

from tiers.amounts.amount import Reason, Unread
from tiers.amounts.numerals import Figure
from tiers.amounts.tokens import Token


@dataclass(frozen=True)
class Unit:
    """Unit of a column: multiplier and currency of its figures."""

    scale: int = 1
    currency: str | None = None


@dataclass
class Quantity:
    """What was read of one amount; ``scale`` is 0 and ``has_yuan`` false where the text names none."""

    value: Fraction = Fraction(0)
    scale: int = 0
    has_yuan: bool = False
    is_spoken: bool = False
    """Whether 十, 百 or 千 end the figure, which may be read with the unit of the column or without."""
    figure: Figure | None = None
    currencies: set[str] = field(default_factory=set)
    signs: set[str] = field(default_factory=set)
    marks: set[str] = field(default_factory=set)

    @property
    def currency(self) -> str | None:
        """The currency; 元 alone and a sign count where no word names one."""
        if len(self.currencies) > 1 or (not self.currencies and len(self.signs) > 1):
            raise Unread(Reason.CONTRADICTION)
        named = next(iter(self.currencies or self.signs), None)
        return named or ("CNY" if self.has_yuan else None)

    @property
    def is_complete(self) -> bool:
        """Whether the text itself gives the size of the figure."""
        return bool(self.scale) or self.has_yuan


def mark(token: Token, quantity: Quantity) -> None:
    """Note what a word says of a quantity: its currency, 元, or an end of it."""
    if token.kind == "currency":
        quantity.currencies.add(str(token.value))
    elif token.kind == "sign":
        quantity.signs.add(str(token.value))
    elif token.kind == "yuan":
        quantity.has_yuan = quantity.figure is not None or quantity.has_yuan
    else:
        quantity.marks.add(token.kind.removesuffix("_after"))


def scale(quantity: Quantity, size: int) -> None:
    """Multiply by a unit after the figure; a figure with a unit of its own takes none."""
    if quantity.scale and quantity.figure and not quantity.figure.is_bare:
        raise Unread(Reason.NUMBER)
    quantity.value, quantity.scale = quantity.value * size, max(quantity.scale, 1) * size


def agree(quantity: Quantity, size: int) -> None:
    """Take the unit in brackets, or compare it with the one there is."""
    if quantity.is_complete:
        if size > 1 and max(quantity.scale, 1) != size:
            raise Unread(Reason.CONTRADICTION)
    else:
        quantity.value, quantity.scale = quantity.value * size, size
