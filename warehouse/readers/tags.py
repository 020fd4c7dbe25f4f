"""XML by a real streaming parser: tags by their local name, whatever their prefix, quotes or encoding."""

from collections.abc import Iterable
from typing import Any
from xml.parsers import expat

from warehouse.errors import BadInput


class DocumentType(ValueError):
    """The XML has a document type: entities that swell, or reach for other files, need one."""


class Handler:
    """What happens at each tag and text."""

    def start(self, tag: str, said: dict[str, Any]) -> None:
        """At an opening tag, with its attributes by local name."""

    def end(self, tag: str) -> None:
        """At a closing tag."""

    def text(self, text: str) -> None:
        """At a piece of text."""


def parse(pieces: Iterable[bytes], handler: Handler, is_whole: bool = True) -> None:
    """Send every tag to the handler; raises ``ValueError`` for what is no XML, ``DocumentType`` where it has one."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def start(tag: str, attributes: dict[str, str]) -> None:
        own = {name: value for name, value in attributes.items() if ":" not in name}
        handler.start(_local(tag), {_local(name): value for name, value in attributes.items()} | own)

    def end(tag: str) -> None:
        handler.end(_local(tag))

    def refuse(*_: object) -> None:
        raise DocumentType

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        if is_whole:
            parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ValueError(f"no XML: {error}") from error


def _local(name: str) -> str:
    return name.rpartition(":")[2]


class _Root(Exception):
    """The root element was reached."""


class _Prolog(Handler):
    def start(self, tag: str, said: dict[str, Any]) -> None:
        raise _Root


def require_no_document_type(start: bytes) -> None:
    """Look at what stands before the root element; what is no XML at all is left to whoever reads it."""
    try:
        parse([start], _Prolog(), is_whole=False)
    except _Root:
        return
    except DocumentType:
        raise
    except ValueError:
        return


class Texts(Handler):
    """Counts the signs of each shared string, and refuses one that is too long."""

    def __init__(self, item: str, most: int, refusal: BadInput) -> None:
        self._item, self._most, self._refusal = item, most, refusal
        self._signs = 0

    def start(self, tag: str, said: dict[str, Any]) -> None:
        if tag == self._item:
            self._signs = 0

    def text(self, text: str) -> None:
        self._signs += len(text)
        if self._signs > self._most:
            raise self._refusal
