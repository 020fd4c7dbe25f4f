"""A list as the bytes of a file: CSV without a limit, or a workbook whose first sheet states what it is."""

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

from dash_app.downloads.listed import ListFile, columns_of, described, text
from dash_app.session import Session
from dash_app.wording.loader import Lang
from service.moments import second
from service.outputs import Column, Sheet, cell, neutral, workbook_bytes
from service.people.scope_words import scope_words
from service.reader import BadInput, ReleaseQueries
from service.rendering import Counted, place_name

MOST_ROWS = 50_000
"""Rows of a workbook: writing so many takes six seconds, and more than a person reads."""
IN_MEMORY = 8 * 1024 * 1024
"""Bytes of a file that is kept in memory until it is sent; a longer one waits on the disk."""
BYTE_ORDER_MARK = "\ufeff"
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Written:
    """A file that is ready to be sent, from its beginning."""

    file: IO[bytes]
    rows: int
    sha256: str


def as_csv(listed: ListFile, name: str, release: ReleaseQueries, session: Session) -> Written:
    """The list as UTF-8 with a byte order mark; nothing in it runs as a formula, and codes stay whole."""
    columns = columns_of(name, listed.page, session.lang)
    rows = _cells(columns, listed.rows(release, session))
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed when it has been sent
    hashed, count = hashlib.sha256(), -1
    for count, line in enumerate(_lines([column.heading for column in columns], rows)):
        content = (line if count else BYTE_ORDER_MARK + line).encode()
        hashed.update(content)
        file.write(content)
    file.seek(0)
    return Written(cast(IO[bytes], file), count, hashed.hexdigest())


def _cells(columns: Sequence[Column], rows: Iterable[Row]) -> Iterable[list[Any]]:
    for row in rows:
        yield [neutral(cell(column.kind, row[column.name])) for column in columns]


def _lines(head: list[str], rows: Iterable[list[Any]]) -> Iterable[str]:
    yield _line(head)
    for values in rows:
        yield _line(values)


def _line(values: list[Any]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerow(values)
    return text.getvalue()


def as_xlsx(listed: ListFile, name: str, release: ReleaseQueries, session: Session) -> Written:
    """The list as a workbook; raises ``BadInput`` where it has more rows than one takes."""
    lang = session.lang
    columns = columns_of(name, listed.page, lang)
    rows = list(islice(listed.rows(release, session), MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        most = Counted(MOST_ROWS)
        raise BadInput(text("too_long", "zh").format(most=most), text("too_long", "en").format(most=most))
    run = release.summary()
    title = getattr(described(listed.page)[name].title, lang)
    worded = [*_head(title, run, session, lang), *_filters(listed, release, session), (text("rows", lang), len(rows))]
    lines = [*worded, (), *_dictionary(listed, name, release, lang), (), *_editions(release, lang)]
    about = Sheet(text("about", lang), lines=lines)
    content = workbook_bytes([about, Sheet(text("list", lang), columns, rows)], run["published_at"], title)
    return Written(io.BytesIO(content), len(rows), hashlib.sha256(content).hexdigest())


def _head(title: str, run: Row, session: Session, lang: Lang) -> list[tuple[Any, ...]]:
    scope = session.scope
    return [
        (title,),
        (text("day", lang), run["day"].isoformat()),
        (text("previous_day", lang), run["previous_day"].isoformat() if run["previous_day"] else text("none", lang)),
        (text("place", lang), place_name(run["place"], lang)),
        (text("run", lang), run["run_id"]),
        (text("published", lang), second(run["published_at"])),
        (text("scope", lang), scope_words(scope.kind, scope.keys, lang)),
    ]


def _filters(listed: ListFile, release: ReleaseQueries, session: Session) -> list[tuple[str, str]]:
    worded = "；".join(f"{what} = {value}" for what, value in listed.filters(release, session))
    return [(text("filters", session.lang), worded or text("none", session.lang))]


def _editions(release: ReleaseQueries, lang: Lang) -> list[tuple[str, str]]:
    """The editions that decide, under one label."""
    titles = [row[f"title_{lang}"] for row in release.files().editions()]
    return [(text("editions", lang) if number == 0 else "", title) for number, title in enumerate(titles)]


def _dictionary(listed: ListFile, name: str, release: ReleaseQueries, lang: Lang) -> list[tuple[str, str]]:
    """Each column with what it means, by its own words or by those of the dictionary of columns."""
    headings = described(listed.page)[name].columns
    names = {key: key.format(lang=lang) for key in headings}
    known = release.files().meanings(list(names.values()))
    return [(text("column", lang), text("meaning", lang))] + [
        (getattr(heading, lang), getattr(heading.means, lang) if heading.means else known[names[key]][lang])
        for key, heading in headings.items()
    ]
