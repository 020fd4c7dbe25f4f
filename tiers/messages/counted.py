"""Numbers within a text: English has another word for a single thing, which the text names beside the plural."""


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
