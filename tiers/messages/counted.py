"""Numbers within a text: English has another word for a single thing, which the text names beside the plural."""

UNITS = {
    "person": ("person", "people"),
    "item": ("item", "items"),
    "point": ("point", "points"),
    "year": ("year", "years"),
    "day": ("day", "days"),
}
"""The English words of units of which there may be one."""


def unit_en(unit: str, number: str) -> str:
    """The English word of a unit after a shown number; empty where it has none."""
    singular, plural = UNITS.get(unit, ("", ""))
    return singular if number == "1" else plural


def counted(number: int, singular: str, plural: str) -> str:
    """A number with its English word: 1 firm, 1,200 firms."""
    return f"{number:,} {singular if number == 1 else plural}"


class Counted(int):
    """A whole number that a text may show, and by which it chooses a word.

    ``"{n} {n:firm is|firms are} late"`` shows ``1 firm is late`` and ``1,200 firms are late``.
    """

    def __format__(self, spec: str) -> str:
        singular, either, plural = spec.partition("|")
        if either:
            return singular if self == 1 else plural
        return format(int(self), spec or ",")
