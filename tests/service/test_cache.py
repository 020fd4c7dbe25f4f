"""Answers are kept within a bound, worked out once however many ask, and not kept where working them out failed."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from waits import LIMIT

from service.queries.release.cache import Cache
from service.releases.cache import LEAST, MOST, AnswerCache

pytestmark = pytest.mark.rule("at-once")


def test_the_answer_asked_for_longest_ago_is_forgotten_first() -> None:
    made, kept = list[str](), Cache[str](3, len)

    def ask(key: str) -> str:
        return kept.get(key, lambda: made.append(key) or key)

    for key in ("a", "b", "a", "cc", "a", "b", "long one", "long one", "a"):
        assert ask(key) == key

    assert made == ["a", "b", "cc", "b", "long one", "a"], "weights of 1, 1, 2; one above the bound is kept alone"


def test_many_who_ask_at_once_wait_for_one_answer() -> None:
    made, kept, together = list[int](), Cache[int](9), Barrier(4)

    def ask(_: int) -> int:
        together.wait(LIMIT)
        return kept.get("key", lambda: made.append(1) or len(made))

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, range(4))) == [1, 1, 1, 1]


def test_a_failure_is_raised_and_not_kept() -> None:
    kept = Cache[int](9)
    with pytest.raises(ZeroDivisionError):
        kept.get("key", lambda: 1 // 0)

    assert kept.get("key", lambda: 2) == 2


def test_indexes_without_rows_are_forgotten_too() -> None:
    made, kept = list[int](), AnswerCache().indexes
    for key in (*range(MOST // LEAST + 1), MOST // LEAST, 0):
        kept.get(key, lambda key=key: made.append(key))  # type: ignore[misc]

    assert made == [*range(MOST // LEAST + 1), 0], "the first was asked for longest ago"
