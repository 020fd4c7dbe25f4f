"""A page of the browser that stays open between tests at the same origin, where all sites are (``served_sites.py``).

A new one is a process of its own, which starts and reads the scripts in one CPU second; another address takes a third.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Error, Page, ViewportSize

DESK = ViewportSize(width=1280, height=900)
STATE_SECONDS = 60
"""Seconds within which a page comes to the state that a test waits for; only what fails takes them."""
EMPTY = "about:blank"
FORGET = "localStorage.clear(); sessionStorage.clear()"

Listeners = dict[str, Callable[..., None]]


class KeptPage:
    """The page that the tests before left, with nothing of theirs but files that the browser may keep."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._site, self._page = "", None

    @contextmanager
    def at(self, site: str, listeners: Listeners) -> Iterator[Page]:
        """An empty page at ``site`` for one test; after a test that failed, or at another origin, a new one."""
        page = self._page if site == self._site and self._page is not None else self._opened(site)
        self._page = None
        for event, listener in listeners.items():
            page.on(event, listener)  # type: ignore[call-overload]
        yield page
        for event, listener in listeners.items():
            page.remove_listener(event, listener)
        self._page = page if _emptied(page, site) else None
        if self._page is None:
            page.context.close()

    def _opened(self, site: str) -> Page:
        self.close()
        self._site = site
        context = self._browser.new_context(base_url=site, viewport=DESK, reduced_motion="reduce")
        context.set_default_timeout(STATE_SECONDS * 1000)
        return context.new_page()

    def close(self) -> None:
        """End the page and what it keeps."""
        if self._page is not None:
            self._page.context.close()
            self._page = None


def _emptied(page: Page, site: str) -> bool:
    """Whether a page could be emptied: what it stored can be removed only while it shows the site."""
    if page.is_closed() or not page.url.startswith(f"{site}/"):
        return False
    try:
        page.evaluate(FORGET)
        page.goto(EMPTY)
        page.context.clear_cookies()
        page.mouse.move(0, 0)
        page.emulate_media(media="null", reduced_motion="reduce")
        page.set_viewport_size(DESK)
        for other in page.context.pages:
            if other != page:
                other.close()
    except Error:
        return False
    return True
