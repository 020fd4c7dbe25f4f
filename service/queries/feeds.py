"""What a person who prepares a file must know of a feed."""

from typing import Any

from warehouse.intake.feed import Feed


def describe(feed: Feed) -> dict[str, Any]:
    """What a person who prepares a file must know: patterns, use, and each column with its headings."""
    return {
        "name": feed.name,
        "title_zh": feed.title.zh,
        "title_en": feed.title.en,
        "use": feed.use,
        "patterns": feed.files,
        "columns": [
            {
                "name": name,
                "type": column.type,
                "unit": column.unit or (feed.money_unit if column.type == "money" else None),
                "headings": [column.code, *column.headings] if column.code else column.headings,
                "required": column.required,
            }
            for name, column in feed.columns.items()
        ],
    }
