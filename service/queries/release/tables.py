"""Whether a release has the tables that a question needs: those made before a table was introduced lack it."""

from warehouse.errors import BadInput
from warehouse.release.desk.desk import views
from warehouse.release.releases import Reader


def has_view(release: Reader, name: str) -> bool:
    """Whether the release has the table that a view of a desk shows."""
    return bool(release.rows("select 1 from desk_tables where name = $1", [name]))


def is_stored(release: Reader, name: str) -> bool:
    """Whether the release stores the rows that a view of a desk shows, so that they have places."""
    return bool(release.rows("select 1 from desk_tables where name = $1 and is_stored", [name]))


def require(release: Reader, *names: str) -> None:
    """Raise ``BadInput`` where the release was made before the tables of these views; the next run makes them."""
    missing = [views()[name].table for name in names if not has_view(release, name)]
    if missing:
        listed = ", ".join(missing)
        raise BadInput(
            f"当前这一期发布较早，还没有 {listed}；请再运行一次 tidu run",
            f"this release is older and has no {listed}: run tidu run once more",
        )
