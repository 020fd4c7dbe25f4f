"""The rows of a firm in a view with the delivered rows behind them, for what a release may not have yet."""

from service.queries.release.provenance import with_sources
from service.queries.release.tables import has_view
from warehouse.release.releases import Reader
from warehouse.rows import Row


def rows_of(release: Reader, view: str, firm_id: str, order: str) -> list[Row]:
    """The rows of a firm in order, with ``sources``; none in a release of before the table of the view existed."""
    if not has_view(release, view):
        return []
    rows = release.rows(
        f"select * from {view} where firm_key = firm_key($1) and firm_id = $1 order by {order}",  # noqa: S608 - our names
        [firm_id],
    )
    return with_sources(release, rows)
