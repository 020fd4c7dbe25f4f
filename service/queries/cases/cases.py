"""The work on firms, from the rows that the casebook derives of its events."""

from collections.abc import Collection

from service.queries.release.records import Listed, Slice
from warehouse.casebook.book import Book
from warehouse.casebook.folds import Fold, folds
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release.releases import Reader
from warehouse.rows import Row

_ENVELOPE = ("stream", "version", "seq", "firm_id")
_IN_SCOPE = "select firm_id from desk_firm where list_contains($1::varchar[], firm_id)"


def kinds() -> dict[str, Fold]:
    """The derived tables whose rows are about a firm, by the kind of their streams."""
    return {fold.PREFIX.rstrip(":"): fold for fold in folds() if "firm_id" in fold.TABLE.c}


def newest_event(home: Home) -> int:
    """The number of the newest event of the casebook; 0 where there is none."""
    book = Book(home)
    return book.head().seq if book.store.exists() else 0


def cases(home: Home, release: Reader, kind: str, firm_id: str, part: Slice) -> Listed:
    """Rows of one kind or of all, of one firm or of all in the scope, by firm, kind and stream.

    Each has ``kind``, ``stream``, ``version``, ``seq``, ``firm_id`` and its other fields as ``content``. Raises
    ``BadInput`` for an unknown kind.
    """
    known = kinds()
    if kind and kind not in known:
        listed = "、".join(known)
        raise BadInput(f"没有这一类事项：{kind}；有 {listed}", f"there is no kind {kind}: {listed}")
    rows = _rows(home, {kind: known[kind]} if kind else known, firm_id)
    shown = _in_scope(release, {row["firm_id"] for row in rows})
    chosen = [row for row in rows if row["firm_id"] in shown]
    chosen.sort(key=lambda row: (row["firm_id"], row["kind"], row["stream"]))
    return Listed(chosen[part.offset : part.offset + part.limit], len(chosen))


def _rows(home: Home, chosen: dict[str, Fold], firm_id: str) -> list[Row]:
    book = Book(home)
    if not book.store.exists():
        return []
    return [
        _case(kind, row)
        for kind, fold in chosen.items()
        for row in book.rows(fold.TABLE, *([fold.TABLE.c.firm_id == firm_id] if firm_id else []))
    ]


def _case(kind: str, row: Row) -> Row:
    content = {name: value for name, value in row.items() if name not in _ENVELOPE}
    return {"kind": kind, **{name: row[name] for name in _ENVELOPE}, "content": content}


def _in_scope(release: Reader, firms: Collection[str]) -> set[str]:
    return {row["firm_id"] for row in release.rows(_IN_SCOPE, [sorted(firms)])}
