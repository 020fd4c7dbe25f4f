"""Drafts of editions: files below ``drafts`` of a home, which decide nothing, each beside its cases.

``drafts/<designation>/<place>/<edition>.yml``, and its cases as ``drafts/cases/<designation>/<place>/<edition>.yml``.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from polars.exceptions import PolarsError

from service.queries.rules.edition_cases import cases_from
from tiers import Edition
from tiers.errors import DefinitionError, TierError
from tiers.rulebook import Rulebook
from tiers.schema.ladder import ladder
from tiers.schema.loader import read_edition
from warehouse.home import Home
from warehouse.rows import Row

MARK = "draft/"
"""Begins the id of a draft, which may bear the name of an edition of the rule book."""
SPOILT = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError, PolarsError)
"""A draft and its cases may be any file: whatever one lacks, it is named and the others are shown."""


@dataclass(frozen=True)
class Draft:
    """A draft as it was read; ``mark`` is another one where its text is."""

    edition: Edition
    path: Path
    mark: str

    @property
    def draft_id(self) -> str:
        """By which a page names it."""
        return MARK + self.edition.id

    def row(self) -> Row:
        """As ``ref_editions`` has an edition."""
        (row,) = self._tables()["ref_editions"].to_dicts()
        return {**row, "edition_id": self.draft_id}

    def conditions(self) -> list[Row]:
        """As ``ref_conditions`` has those of an edition."""
        rows: list[Row] = self._tables()["ref_conditions"].to_dicts()
        return rows

    def cases(self) -> Row:
        """See ``cases_from``; raises ``TierError`` for a spoilt file."""
        folder = self.path.parents[2]
        path = folder / "cases" / self.path.relative_to(folder)
        try:
            return cases_from(path, self.edition)
        except SPOILT as error:
            raise DefinitionError(path, 1, f"{type(error).__name__}: {error}") from error

    def _tables(self) -> dict[str, Any]:
        return Rulebook({self.edition.id: self.edition}).tables()


def drafts(home: Home) -> tuple[list[Draft], list[Row]]:
    """The drafts of a home by name, and the files that are none, as ``file`` and ``why``."""
    read, refused = [], []
    folder = home.root / "drafts"
    for path in sorted(folder.glob("*/*/*.yml")):
        try:
            read.append(_read(path))
        except (TierError, *SPOILT) as error:
            name = path.relative_to(folder).as_posix()
            refused.append({"file": name, "why": str(error).replace(str(folder), "drafts")})
    return read, refused


def _read(path: Path) -> Draft:
    edition = read_edition(path)
    if edition.designation not in ladder():
        raise ValueError(f"没有称号 {edition.designation} there is no designation {edition.designation}")
    return Draft(edition, path, hashlib.sha256(path.read_bytes()).hexdigest())
