"""The entries of the inbox with the feeds they belong to, and why an entry belongs to none."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from warehouse.intake.feed import Feed
from warehouse.intake.file_patterns import kernel, matches, matching
from warehouse.intake.inbox import entries, set_apart, shown

_SHORTEST = 3
"""Signs of a pattern that a name must contain to be near it."""


@dataclass(frozen=True)
class PassedOver:
    """An entry of the inbox that is not landed, and why, in both languages; ``name`` is relative to the inbox."""

    name: str
    zh: str
    en: str


def with_feeds(inbox: Path, feeds: Mapping[str, Feed]) -> Iterator[tuple[Path, Feed | None]]:
    """The entries of the inbox with each feed they belong to; None for an entry without feed or that is no file."""
    for path in entries(inbox):
        matching: list[Feed | None] = []
        if not set_apart(path):
            matching += feeds_of(path, path.relative_to(inbox).parts[0], feeds)
        yield from ((path, feed) for feed in matching or [None])


def feeds_of(path: Path, folder: str, feeds: Mapping[str, Feed]) -> list[Feed]:
    """The feed named by the folder; else the only feed whose patterns match, or all that share a workbook by sheets."""
    if folder in feeds:
        return [feeds[folder]]
    fitting = [feed for feed in feeds.values() if feed.fits(path.name)]
    return fitting if len(fitting) == 1 or all(feed.sheets for feed in fitting) else []


def passed_over(inbox: Path, feeds: Mapping[str, Feed]) -> list[PassedOver]:
    """Every entry of the inbox that no run lands."""
    return [explained(path, inbox, feeds) for path, feed in with_feeds(inbox, feeds) if feed is None]


def explained(path: Path, inbox: Path, feeds: Mapping[str, Feed]) -> PassedOver:
    """An entry without feed, and why it has none."""
    fitting = "、".join(name for name, feed in feeds.items() if feed.fits(path.name))
    of_several = (
        f"文件名符合几个来源（{fitting}），未收存；请放入以来源命名的文件夹",
        f"the name fits several feeds ({fitting}) and was left alone; put it into a folder named after its feed",
    )
    why = set_apart(path) or (of_several if fitting else _of_none(path.name, feeds))
    return PassedOver("/".join(shown(part) for part in path.relative_to(inbox).parts), *why)


def _of_none(name: str, feeds: Mapping[str, Feed]) -> tuple[str, str]:
    """Why a name fits no feed: a word of another document, or a name that differs from that of the nearest feed."""
    excluded = [
        (word.strip("*"), feed.title)
        for feed in feeds.values()
        if matches(name, feed.files) and (word := matching(name, feed.except_files))
    ]
    for word, title in excluded[:1]:
        return (
            f"名称中有“{word}”，不作为{title.zh}，未收存；若确是该名单，请改名，或放入以来源命名的文件夹",
            f"has {word} in its name, so it is not taken as {title.en} and was left alone; where it is that list,"
            " rename it, or put it into a folder of its feed",
        )
    near = {kernel(pattern): feed for feed in feeds.values() for pattern in feed.files}
    words = max((word for word in near if len(word) >= _SHORTEST and word in name.casefold()), key=len, default="")
    zh, en = (
        (
            f"（含“{words}”，该来源的文件名以 {words}_ 开头）",
            f" (it has {words}; names of that feed begin with {words}_)",
        )
        if words
        else ("", "")
    )
    return (
        f"不属于任何来源，未收存{zh}；若是来件，请按 tidu feeds 所列命名，或放入以来源命名的文件夹",
        f"fits no feed and was left alone{en}; name a delivery as tidu feeds says, or put it into a folder of its feed",
    )
