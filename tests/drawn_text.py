"""What the contrast of the texts of a page depends on, so that it is worked out again only where that has changed.

Contrast is four fifths of what axe takes, and a narrower page has mostly the same texts on the same grounds.
"""

from typing import Any

from playwright.sync_api import Page

WCAG: dict[str, Any] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
WITHOUT_CONTRAST = WCAG | {"rules": {"color-contrast": {"enabled": False}}}
TEXTS = """() => {
  const every = [...document.querySelectorAll("*")], styles = new Map(every.map(e => [e, getComputedStyle(e)]));
  const number = new Map(every.map((e, place) => [e, place]));
  const shown = every.filter(e => e.checkVisibility({visibilityProperty: true}));
  const placed = shown.filter(e => styles.get(e).position !== "static").map(e => [e, e.getBoundingClientRect()]);
  const ground = e => { const s = styles.get(e); return [s.backgroundColor, s.backgroundImage, s.opacity, s.position,
    s.zIndex, s.filter, s.mixBlendMode, s.transform].join(" "); };
  const hasText = e => /^(INPUT|SELECT|TEXTAREA)$/.test(e.tagName)
    || [...e.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  const covers = (a, b) => a.left <= b.left && a.right >= b.right && a.top <= b.top && a.bottom >= b.bottom;
  return shown.filter(hasText).map(e => {
    const s = styles.get(e), box = e.getBoundingClientRect(), grounds = [];
    for (let up = e; up; up = up.parentElement) grounds.push([ground(up), covers(up.getBoundingClientRect(), box)]);
    const over = placed.filter(([p, b]) => !p.contains(e) && !e.contains(p) && b.left < box.right && b.right > box.left
      && b.top < box.bottom && b.bottom > box.top).map(([p]) => number.get(p));
    return [number.get(e), s.color, s.fontSize, s.fontWeight, s.textShadow, ...grounds, over].join("|");
  });
}"""
"""Each text that is shown: its colour and size, the grounds below it, and what is placed over or under it."""


class DrawnTexts:
    """The texts that were seen on a page at the widths before."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def options(self, page: Page) -> dict[str, Any]:
        """What axe is to look at: contrast too where a text is drawn as at no width before."""
        drawn = set(page.evaluate(TEXTS))
        is_new = bool(drawn - self._seen)
        self._seen |= drawn
        return WCAG if is_new else WITHOUT_CONTRAST
