"""Saved views: a name for an address, kept for its owner and shared with those of the same kind of scope."""

from urllib.parse import urlsplit

from service.decisions.case_events import append, opened, repeated, require_text
from service.decisions.signed import Signed
from service.scope import Scope
from warehouse.casebook.book import Book
from warehouse.casebook.events import Draft, Event, name_of
from warehouse.casebook.folds import view
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.machine.clock import Clock
from warehouse.rows import Row

LONGEST_NAME = 40
LONGEST_ADDRESS = 1000
MOST = 50
"""Views of one owner: more are not found again in a menu."""
STAFF = "staff"


class SavedViews:
    """The views that the user may see, and their own to change."""

    def __init__(self, home: Home, scope: Scope, clock: Clock) -> None:
        self._home, self._scope, self._clock = home, scope, clock

    def listed(self) -> list[Row]:
        """One's own views, then those shared with one, by name, each with ``number`` and ``is_own``."""
        fields, book = view.TABLE.c, Book(self._home)
        shared = fields.is_shared & (fields.audience == audience_of(self._scope))
        rows = book.rows(view.TABLE, (fields.owner == self._scope.who) | shared)
        views = [{**row, "number": name_of(row["stream"]), "is_own": row["owner"] == self._scope.who} for row in rows]
        return sorted(views, key=lambda row: (not row["is_own"], row["name"]))

    def save(self, name: str, address: str, request: str) -> Event:
        """Save an address under a name; under one that is one's own already, in its place.

        Raises ``BadInput`` without a name, for one that is too long, an address of another site, or too many views.
        """
        name = require_text(name, "视图的名称", "the name of the view")
        _require_fit(name, address)
        signed = self._signed(request)
        own = [row for row in self.listed() if row["is_own"]]
        content = {
            "owner": self._scope.who, "name": name, "address": address, "audience": audience_of(self._scope),
        }  # fmt: skip
        if same := next((row for row in own if row["name"] == name), None):
            draft = Draft(same["stream"], view.SAVED, content, signed.why, version=same["version"], request=request)
            return append(Book(self._home), [draft], signed)[0]
        if len(own) >= MOST:
            raise BadInput(f"已有 {MOST} 个视图，请先删除几个", f"there are {MOST} views already: remove some first")
        return opened(self._home, view.PREFIX, view.SAVED, content, signed)

    def share(self, number: str, is_shared: bool, version: int, request: str) -> Event:
        """Share a view of one's own, or no longer; raises ``BadInput``, ``BothVersions`` where it changed meanwhile."""
        return self._change(number, view.SHARED, {"is_shared": is_shared}, version, request)

    def remove(self, number: str, version: int, request: str) -> Event:
        """Remove a view of one's own; raises as ``share``."""
        return self._change(number, view.REMOVED, {}, version, request)

    def _change(self, number: str, kind: str, content: Row, version: int, request: str) -> Event:
        signed, book, stream = self._signed(request), Book(self._home), f"{view.PREFIX}{number}"
        if earlier := repeated(book, stream, signed):
            return earlier
        rows = book.rows(view.TABLE, view.TABLE.c.stream == stream, view.TABLE.c.owner == self._scope.who)
        if not rows:
            raise BadInput("没有这个视图，或不是您的", "there is no such view, or it is not yours")
        draft = Draft(stream, kind, content, signed.why, version=version, request=request)
        return append(book, [draft], signed)[0]

    def _signed(self, request: str) -> Signed:
        return Signed(self._scope.who, "视图 view", self._clock(), request=request)


def audience_of(scope: Scope) -> str:
    """With whom a view is shared: an incubator with itself, staff with staff; each reads it within their own scope."""
    return f"incubator:{','.join(sorted(scope.keys))}" if scope.kind == "incubator" else STAFF


def _require_fit(name: str, address: str) -> None:
    if len(name) > LONGEST_NAME:
        raise BadInput(f"视图的名称最多 {LONGEST_NAME} 字", f"the name of a view has at most {LONGEST_NAME} signs")
    parts = urlsplit(address)
    is_of_here = address.startswith("/") and not parts.netloc and not parts.scheme and "\\" not in address
    if not is_of_here or len(address) > LONGEST_ADDRESS:
        raise BadInput("只能保存本站页面的地址", "only an address of these pages can be saved")
