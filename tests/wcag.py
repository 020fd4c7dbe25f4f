"""WCAG 2.2 AA by axe, in which contrast is judged once for each look of a text.

Contrast takes four fifths of the time of axe. It is decided by the style of a text, by what its ancestors paint, and by
nothing else where no other box lies at the place of the text and all boxes of its ancestors hold it. What looks as a
text that axe has measured and passed, on any page and at any width, is not measured again; every other text is, until
one that looks like it has passed. Of a text upon a gradient axe says each time that it cannot tell, so that is
asked once too. All other rules are judged every time.
"""

from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG: dict[str, Any] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
_SCRIPT = Path(__file__).with_name("contrast.js").read_text("utf-8")


class Judge:
    """What axe finds on pages, and the looks that have passed so far."""

    def __init__(self) -> None:
        self._passed: list[int] = []

    def violations(self, page: Page) -> list[str]:
        """Each breach of a rule by an element; axe's half a megabyte of script is put into a page once."""
        if not page.evaluate("'axe' in window"):
            page.evaluate(Axe().axe_script)
        answer = page.evaluate(_SCRIPT, {"options": WCAG, "passed": self._passed})
        self._passed += answer["fresh"]
        return [f"{wrong['rule']}: {wrong['at']} {wrong['why'][:200]}" for wrong in answer["broken"]]
