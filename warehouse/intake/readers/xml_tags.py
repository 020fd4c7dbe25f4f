"""Streaming XML by expat: tags by local name, without document types."""

from collections.abc import Iterable
from xml.parsers import expat

from warehouse.errors import BadInput

_MOST_TAGS = 1000
"""Cached tag names; a sheet has about fifty."""


class DocumentType(ValueError):
    """The XML has a document type, which entity expansion and external entities need."""


class Handler:
    """Callbacks for tags and texts; attributes have their names as written, with prefixes."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """At an opening tag."""

    def end(self, tag: str) -> None:
        """At a closing tag."""

    def text(self, text: str) -> None:
        """At a text, which may arrive in several parts."""


def parse(chunks: Iterable[bytes], handler: Handler, is_complete: bool = True, encoding: str | None = None) -> None:
    """Call the handler for every tag; raises ``ValueError`` for invalid XML, ``DocumentType`` where it has one.

    ``encoding`` overrides the one that the XML declares.
    """
    parser = expat.ParserCreate(encoding)
    parser.buffer_text = True
    start, local = handler.start, _Local()

    def opened(tag: str, attributes: dict[str, str]) -> None:
        start(local[tag], attributes)

    def refuse(*_: object) -> None:
        raise DocumentType

    parser.StartElementHandler = opened
    if type(handler).end is not Handler.end:
        parser.EndElementHandler = lambda tag: handler.end(local[tag])
    if type(handler).text is not Handler.text:
        parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        if is_complete:
            parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ValueError(f"no XML: {error}") from error


class _Local(dict[str, str]):
    """Cache of tag names without their prefix."""

    def __missing__(self, tag: str) -> str:
        if len(self) < _MOST_TAGS:
            self[tag] = tag.rpartition(":")[2]
        return tag.rpartition(":")[2]


class _Root(Exception):
    """The root element was reached."""


class _Prolog(Handler):
    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """The first tag is the root."""
        raise _Root


def require_no_document_type(start: bytes) -> None:
    """Check the part before the root element; invalid XML is left to the reader of the part."""
    try:
        parse([start], _Prolog(), is_complete=False)
    except _Root:
        return
    except DocumentType:
        raise
    except ValueError:
        return


class Texts(Handler):
    """Counts the characters of each shared string; raises ``refusal`` for a too long one."""

    def __init__(self, item: str, most: int, refusal: BadInput) -> None:
        self._item, self._most, self._refusal = item, most, refusal
        self._characters = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An item begins."""
        if tag == self._item:
            self._characters = 0

    def text(self, text: str) -> None:
        """Add up the texts of an item."""
        self._characters += len(text)
        if self._characters > self._most:
            raise self._refusal
