"""Messages: why a feed is late, or is not, and what cannot be decided for want of it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from tiers.messages.counted import Counted
from tiers.messages.texts import texts

_WITHOUT = ("late", "never")
"""The states in which something is missing."""


def late_feed_reason(feed: Mapping[str, Any], lang: str) -> str:
    """The reason of a row of ``mart_run__late_feeds`` in a language."""
    words = texts("late_feed")
    return words["between"][lang].join(words[name][lang].format(**values) for name, values in _parts(feed, lang))


def with_reasons(feeds: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows of ``mart_run__late_feeds`` with ``reason_zh`` and ``reason_en``."""
    return [{**feed, **{f"reason_{lang}": late_feed_reason(feed, lang) for lang in ("zh", "en")}} for feed in feeds]


def _parts(feed: Mapping[str, Any], lang: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The names of the texts that make the reason, each with its values."""
    yield _state(feed)
    if feed["state"] in _WITHOUT:
        if feed["designations"]:
            yield "needed", {"designations": feed[f"designations_{lang}"]}
        if feed["firms_undecided"]:
            yield "undecided", {"firms": Counted(feed["firms_undecided"])}


def _state(feed: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    expected_by, covered_until, days = feed["expected_by"], feed["covered_until"], feed["days_late"]
    known = {"expected_by": expected_by, "covered_until": covered_until}
    if days is not None:
        grace = Counted((feed["late_after"] - expected_by).days)
        return "past", {**known, "day": expected_by + timedelta(days=days), "days": Counted(days), "grace": grace}
    if feed["state"] == "on_event" and covered_until is None:
        return "no_event", {}
    return feed["state"], known
