"""Words for what is wrong where: a column by the heading of its supplier's files, a quality rule by its sentence."""

from warehouse.intake.feed import Feed, load_feeds
from warehouse.quality import rules as catalogue

WHOLE_FILE = {"money_unit": "金额单位"}
"""What a finding may be about besides a column: what a file states once."""


def field_word(feed: str, field: str | None) -> str:
    """The heading under which the files of a feed deliver a column; the name itself where there is no such heading."""
    known = load_feeds().get(feed)
    column = known.columns.get(field or "") if known else None
    return column.headings[0] if column else WHOLE_FILE.get(field or "", str(field or ""))


def field_of(feed: Feed, words: str) -> str | None:
    """The column of a feed that is meant: by its name, or by a heading of its files; None where it has no such."""
    asked = words.strip()
    if asked in feed.columns:
        return asked
    return next((name for name, column in feed.columns.items() if asked in column.headings), None)


def rule_words(rule_id: str, lang: str) -> str:
    """The message of a quality rule without its way out; the id of a rule that was removed."""
    known = catalogue.rules().get(rule_id)
    return rule_id if known is None else str(getattr(known, lang))


def is_of_no_data(rule_id: str) -> bool:
    """Whether the rows of a rule are no data; the value of its findings is what kind of text stands there."""
    return rule_id in catalogue.ids_of("not_data")
