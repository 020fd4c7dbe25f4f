"""What a list taken away as a file needs beside its rows: the editions that decided, and what each column means."""

from collections.abc import Sequence

from service.queries.release.tables import has_view
from warehouse.release.releases import Reader
from warehouse.rows import Row

_EDITIONS = (
    "select distinct edition.edition_id, edition.title_zh, edition.title_en from desk_ref_editions as edition"
    " inner join desk_ref_verdict_columns as used using (edition_id) inner join desk_ref_designations as title"
    " on edition.designation = title.designation where used.is_selected and title.track in ('ladder', 'side')"
    " order by 1"
)
_MEANINGS = "select name, unit, zh, en from desk_ref_columns where list_contains($1::varchar[], name)"


class ListFiles:
    """Questions of files to one release, within the scope of its reader."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def editions(self) -> list[Row]:
        """The editions that decide a designation on the day: ``edition_id``, ``title_zh``, ``title_en``."""
        needed = ("desk_ref_editions", "desk_ref_verdict_columns")
        return self._reader.rows(_EDITIONS) if all(has_view(self._reader, name) for name in needed) else []

    def meanings(self, names: Sequence[str]) -> dict[str, Row]:
        """Unit and sentence in both languages of those columns that the dictionary of columns has, by name."""
        return {row["name"]: row for row in self._reader.rows(_MEANINGS, [list(names)])}
