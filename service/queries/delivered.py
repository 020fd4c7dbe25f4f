"""The rows of a firm in a mart, for what a release may not have yet."""

from typing import Any

from warehouse.release.releases import Reader

Row = dict[str, Any]


def rows_of(published: Reader, mart: str, firm_id: str, order: str) -> list[Row]:
    """The rows of a firm in order; none where the release was made before the mart existed."""
    if not published.rows("select 1 from information_schema.tables where table_name = $1", [mart]):
        return []
    return published.rows(
        f"select * from {mart} where firm_key = firm_key($1) and firm_id = $1 order by {order}",  # noqa: S608 - our names
        [firm_id],
    )
