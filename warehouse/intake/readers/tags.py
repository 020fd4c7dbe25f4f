"""XML by a real streaming parser: tags by their local name, whatever their prefix, quotes or encoding."""

from collections.abc import Iterable
from xml.parsers import expat

from warehouse.errors import BadInput

_MOST_TAGS = 1000
"""So many are remembered; a sheet has some fifty."""


class DocumentType(ValueError):
    """The XML has a document type: entities that swell, or reach for other files, need one."""


class Handler:
    """What happens at each tag and text; attributes come under the names they are written with."""

    def start(self, tag: str, said: dict[str, str]) -> None:
        """At an opening tag."""

    def text(self, text: str) -> None:
        """At a piece of text."""


def parse(pieces: Iterable[bytes], handler: Handler, is_whole: bool = True) -> None:
    """Send every tag to the handler; raises ``ValueError`` for what is no XML, ``DocumentType`` where it has one."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    start, local = handler.start, _Local()

    def opened(tag: str, said: dict[str, str]) -> None:
        start(local[tag], said)

    def refuse(*_: object) -> None:
        raise DocumentType

    parser.StartElementHandler = opened
    if type(handler).text is not Handler.text:
        parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        if is_whole:
            parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ValueError(f"no XML: {error}") from error


class _Local(dict[str, str]):
    """Tags by their name without a prefix."""

    def __missing__(self, tag: str) -> str:
        if len(self) < _MOST_TAGS:
            self[tag] = tag.rpartition(":")[2]
        return tag.rpartition(":")[2]


class _Root(Exception):
    """The root element was reached."""


class _Prolog(Handler):
    def start(self, tag: str, said: dict[str, str]) -> None:
        """The first tag is the root."""
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

    def start(self, tag: str, said: dict[str, str]) -> None:
        """An item begins."""
        if tag == self._item:
            self._signs = 0

    def text(self, text: str) -> None:
        """Its texts count together, however they are split."""
        self._signs += len(text)
        if self._signs > self._most:
            raise self._refusal
