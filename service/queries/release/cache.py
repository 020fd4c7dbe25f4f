"""A cache of answers, bounded by weight, which drops the least recently used; each is computed once for all threads."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Cache(Generic[Answer]):
    """Answers by a key of all they depend on: release, scope and question.

    ``most`` bounds the sum of their weights, 1 each unless ``weight`` states otherwise; the newest is kept in any case.
    """

    def __init__(self, most: int, weight: Callable[[Answer], int] = lambda _: 1) -> None:
        self._most, self._weight, self._lock = most, weight, Lock()
        self._answers, self._making = OrderedDict[Hashable, Answer](), dict[Hashable, Lock]()

    def get(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """The answer of a key, computed by ``make`` where it is absent; other threads that ask for it wait."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
            making = self._making.setdefault(key, Lock())
        with making:
            with self._lock:
                if key in self._answers:
                    return self._answers[key]
            try:
                answer = make()
            except BaseException:
                self._forget(key)
                raise
            with self._lock:
                self._answers[key] = answer
                self._making.pop(key, None)
                self._drop()
            return answer

    def _forget(self, key: Hashable) -> None:
        with self._lock:
            self._making.pop(key, None)

    def _drop(self) -> None:
        """Drop the least recently used, until the rest is within the bound."""
        weights = sum(map(self._weight, self._answers.values()))
        while weights > self._most and len(self._answers) > 1:
            weights -= self._weight(self._answers.popitem(last=False)[1])
