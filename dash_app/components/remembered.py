"""Parts of pages that are drawn once for everything they depend on, as long as they are among the last asked for."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from dash_app.components.still import Still

MOST = 64
"""Parts; one of fifty rows has some 100 kB."""


class Remembered:
    """Still parts by their key, which names all they depend on: release, scope, role, language and state."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._parts, self._lock = most, OrderedDict[Hashable, Still](), Lock()

    def part(self, key: Hashable, draw: Callable[[], Still]) -> Still:
        """The part of a key, drawn where it is not remembered; the one asked for longest ago is forgotten first."""
        with self._lock:
            if key in self._parts:
                self._parts.move_to_end(key)
                return self._parts[key]
        drawn = draw()
        with self._lock:
            self._parts[key] = drawn
            while len(self._parts) > self._most:
                self._parts.popitem(last=False)
        return drawn
