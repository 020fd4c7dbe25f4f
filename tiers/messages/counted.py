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
    one, many = UNITS.get(unit, ("", ""))
    return one if number == "1" else many


def counted(number: int, one: str, many: str) -> str:
    """A number with its English word: 1 firm, 1,200 firms."""
    return f"{number:,} {one if number == 1 else many}"


class Counted(int):
    """A whole number that a text may show, and by which it chooses a word.

    ``"{n} {n:firm is|firms are} late"`` shows ``1 firm is late`` and ``1,200 firms are late``.
    """

    def __format__(self, spec: str) -> str:
        one, either, many = spec.partition("|")
        if either:
            return one if self == 1 else many
        return format(int(self), spec or ",")
