"""How many examples Hypothesis tries: all of those written with a test, or a share of them where time is short."""

import os
from typing import Any

from hypothesis import settings

SHARE = int(os.environ.get("TIDU_EXAMPLES", "100"))
"""Percent of the examples written with each test; ``make test-quick`` tries a fifth."""


def examples(number: int, **options: Any) -> settings:
    """Settings of so many examples, by ``SHARE``, at least one; ``options`` as of ``hypothesis.settings``."""
    return settings(max_examples=max(1, number * SHARE // 100), **options)
