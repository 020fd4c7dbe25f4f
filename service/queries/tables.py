"""Whether a release has the tables that a question needs: those made before a table was introduced lack it."""

from warehouse.errors import BadInput
from warehouse.release.releases import Reader


def has_table(release: Reader, name: str) -> bool:
    """Whether the release has a table or view of that name."""
    return bool(release.rows("select 1 from information_schema.tables where table_name = $1", [name]))


def require(release: Reader, *tables: str) -> None:
    """Raise ``BadInput`` where the release was made before these tables were; they are made by the next run."""
    missing = [name for name in tables if not has_table(release, name)]
    if missing:
        listed = ", ".join(missing)
        raise BadInput(
            f"当前这一期发布较早，还没有 {listed}；请再运行一次 tidu run",
            f"this release is older and has no {listed}: run tidu run once more",
        )
