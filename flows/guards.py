"""What a run refuses before it reads a file: an unknown place, a day without data, an inbox without a delivery."""

import re
from datetime import date
from pathlib import Path

from flows.plan import Plan, today
from service.queries.rules.places import place_of
from tiers.places import is_within, places
from warehouse.errors import BadInput, NoRelease
from warehouse.home import Home
from warehouse.intake import landing
from warehouse.intake.arrivals import with_feeds
from warehouse.intake.feed import Feed, load_feeds
from warehouse.intake.inbox import shown, unlisted
from warehouse.release import releases

LISTED = 10
"""File names that a refusal lists at most."""


def place_of_run(home: Home, text: str | None) -> str:
    """The code of the place named, else that of the current release; raises ``BadInput`` where neither is known."""
    if text is None:
        current = place_of_current(home)
        if current is None:
            raise BadInput(
                "请用 --place 写明属地（行政区划代码或全称，或高新区名称）：以哪里的认定办法为先",
                "say with --place whose editions come first: the code or name of a division or zone",
            )
        return current
    return place_of(text)


def place_of_current(home: Home) -> str | None:
    """The place of the current release; None before the first."""
    try:
        return releases.place_of(releases.current(home)) or None
    except NoRelease:
        return None


def check(plan: Plan) -> None:
    """Raise ``BadInput`` for a plan that is likely a mistake; ``--even-so`` on the command line skips this."""
    _check_place(plan)
    _check_day(plan)


def check_inbox(plan: Plan) -> None:
    """Raise ``BadInput`` where a home without any delivery is given an inbox without one: nothing is published."""
    if landing.deliveries(plan.home) or any(feed for _, feed in with_feeds(plan.inbox, load_feeds())):
        return
    if errors := unlisted(plan.inbox):
        raise errors[0]
    names = [shown(path.name) for path, _ in with_feeds(plan.inbox, load_feeds())]
    zh = f"有 {len(names)} 个文件，但都不属于任何来源：{'、'.join(names[:LISTED])}" if names else "没有文件"
    en = f"no file of a feed ({', '.join(names[:LISTED])})" if names else "no file"
    raise BadInput(
        f"{plan.inbox} 中{zh}；未发布任何内容。tidu feeds 列出可识别的来源与文件名",
        f"{plan.inbox} holds {en}; nothing is published. tidu feeds lists the feeds and the names of their files",
    )


def _check_place(plan: Plan) -> None:
    before = place_of_current(plan.home)
    if before is None or is_within(plan.place, before) or is_within(before, plan.place):
        return
    name = places().name
    raise BadInput(
        f"数据目录 {plan.root} 的上一期属地是 {before} {name(before)}，不是 {plan.place} {name(plan.place)}；"
        "请核对 --home 与 --place，确要更换请加 --even-so",
        f"the last release of {plan.root} is of {before}, not of {plan.place}: look at --home and --place, or add"
        " --even-so to change the place",
    )


def _check_day(plan: Plan) -> None:
    if plan.day > today():
        raise BadInput(
            f"评价日 {plan.day} 在今天（{today()}）之后；确要按将来一天评价请加 --even-so",
            f"the day {plan.day} is after today ({today()}); add --even-so to evaluate a day to come",
        )
    first = _first_day(plan.home, plan.inbox)
    if first is not None and plan.day < first:
        raise BadInput(
            f"评价日 {plan.day} 早于最早的数据（{first}）；确要如此请加 --even-so",
            f"the day {plan.day} is before the first data ({first}); add --even-so to evaluate it nevertheless",
        )


def _first_day(home: Home, inbox: Path) -> date | None:
    """The first day of the earliest period that a file name states; None where no name states one."""
    feeds = load_feeds()
    delivered = [(feeds[item.feed], item.file_name) for item in landing.deliveries(home) if item.feed in feeds]
    arriving = [(feed, path.name) for path, feed in with_feeds(inbox, feeds) if feed]
    begins = [begin for feed, name in delivered + arriving if (begin := _begin(feed, name))]
    return min(begins, default=None)


def _begin(feed: Feed, file_name: str) -> date | None:
    if feed.period.stated is None:
        return None
    stated = feed.stated_values({"file_name": Path(file_name).stem}).get(feed.period.stated, "")
    parts = re.fullmatch(r"(\d{4})\D*(\d{1,2})?\D*(\d{1,2})?\D*", stated)
    try:
        return date(int(parts[1]), int(parts[2] or 1), int(parts[3] or 1)) if parts else None
    except ValueError:
        return None
