"""What a person who prepares a file must know of the feeds."""

from typing import Any

from warehouse.intake.feed import Feed, load_feeds


def feeds() -> list[dict[str, Any]]:
    """Every feed that can be loaded."""
    return [describe(feed) for feed in load_feeds().values()]


def describe(feed: Feed) -> dict[str, Any]:
    """Patterns of file names, use, and each column with its headings, type and unit."""
    return {
        "name": feed.name,
        "title_zh": feed.title.zh,
        "title_en": feed.title.en,
        "use": feed.use,
        "cadence": feed.cadence.model_dump(),
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
