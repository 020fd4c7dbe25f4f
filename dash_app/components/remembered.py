"""Parts of pages that are drawn once for everything they depend on, as long as they are among the last asked for."""

from collections.abc import Callable, Hashable

from dash_app.components.still import Still
from service.queries.release.cache import Kept

MOST = 64
"""Parts; one of fifty rows has some 100 kB."""


class Remembered(Kept[Still]):
    """Still parts by their key, which names all they depend on: release, scope, role, language and state."""

    def __init__(self, most: int = MOST) -> None:
        super().__init__(most)

    def part(self, key: Hashable, draw: Callable[[], Still]) -> Still:
        """The part of a key, drawn where it is not remembered; the one asked for longest ago is forgotten first."""
        return self.of(key, draw)
