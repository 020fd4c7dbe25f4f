"""A list as the bytes of a file: CSV without a limit, or a workbook whose first sheet states what it is."""

import hashlib
import io
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

from dash_app.downloads.listed import ListFile, columns_of, described, text
from dash_app.downloads.origin import Origin
from dash_app.session import Session
from dash_app.wording.loader import Lang
from service.errors import BadInput
from service.outputs import ENCODING, Sheet, cell, workbook_bytes, write_csv
from service.wording.rendering import Counted

MOST_ROWS = 50_000
"""Rows of a workbook: writing so many takes six seconds, and more than a person reads."""
IN_MEMORY = 8 * 1024 * 1024
"""Bytes of a file that is kept in memory until it is sent; a longer one waits on the disk."""


@dataclass(frozen=True)
class Written:
    """A file that is ready to be sent, from its beginning."""

    file: IO[bytes]
    rows: int
    sha256: str


def as_csv(listed: ListFile, name: str, asked: Any, session: Session, _: Origin) -> Written:
    """The list as UTF-8 with a byte order mark; nothing in it runs as a formula, and codes stay whole."""
    columns = columns_of(name, listed.page, session.lang)
    rows = (
        {column.name: cell(column.kind, row[column.name]) for column in columns} for row in listed.rows(asked, session)
    )
    with ExitStack() as undone:
        file = undone.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY))
        lines = io.TextIOWrapper(file, ENCODING, newline="")
        count = write_csv(lines, {column.name: column.heading for column in columns}, rows)
        lines.detach()  # else it is closed with its text, before it has been sent
        undone.pop_all()
    file.seek(0)
    sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return Written(cast(IO[bytes], file), count, sha256)


def as_xlsx(listed: ListFile, name: str, asked: Any, session: Session, origin: Origin) -> Written:
    """The list as a workbook; raises ``BadInput`` where it has more rows than one takes."""
    lang = session.lang
    columns = columns_of(name, listed.page, lang)
    rows = list(islice(listed.rows(asked, session), MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        most = Counted(MOST_ROWS)
        raise BadInput(text("too_long", "zh").format(most=most), text("too_long", "en").format(most=most))
    title = getattr(described(listed.page)[name].title, lang)
    head = [(title,), *origin.head(session), *_filters(listed, asked, session), (text("rows", lang), len(rows))]
    lines = [*head, (), *_dictionary(listed, name, origin, lang), (), *origin.foot(lang)]
    about = Sheet(text("about", lang), lines=lines)
    content = workbook_bytes([about, Sheet(text("list", lang), columns, rows)], origin.created, title)
    return Written(io.BytesIO(content), len(rows), hashlib.sha256(content).hexdigest())


def _filters(listed: ListFile, asked: Any, session: Session) -> list[tuple[str, str]]:
    worded = "；".join(f"{what} = {value}" for what, value in listed.filters(asked, session))
    return [(text("filters", session.lang), worded or text("none", session.lang))]


def _dictionary(listed: ListFile, name: str, origin: Origin, lang: Lang) -> list[tuple[str, str]]:
    """Each column with what it means, by its own words or by those of the dictionary of columns."""
    headings = described(listed.page)[name].columns
    names = {key: key.format(lang=lang) for key in headings}
    known = origin.meanings(list(names.values()))
    return [(text("column", lang), text("meaning", lang))] + [
        (getattr(heading, lang), getattr(heading.means, lang) if heading.means else known[names[key]][lang])
        for key, heading in headings.items()
    ]
