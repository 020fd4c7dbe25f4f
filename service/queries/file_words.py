"""Words for what is wrong where: a column by the heading of its supplier's files, a quality rule by its sentence."""

from warehouse.intake.feed import load_feeds
from warehouse.quality import rules as catalogue


def field_word(feed: str, field: str | None) -> str:
    """The heading under which the files of a feed deliver a column; the name itself where there is no such heading."""
    known = load_feeds().get(feed)
    column = known.columns.get(field or "") if known else None
    return column.headings[0] if column else str(field or "")


def rule_words(rule_id: str, lang: str) -> str:
    """What a quality rule found, without its way out; the id of one that there is no longer."""
    known = catalogue.rules().get(rule_id)
    return rule_id if known is None else str(getattr(known, lang))
