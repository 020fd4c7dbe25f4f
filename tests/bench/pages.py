"""Time until a person sees something, in Chromium, over a home that is served as it is in use.

Datasette over the same table is visited in turns with it where its command is named by ``DATASETTE``: a machine that is
busy is so for both.
"""

import os
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from warehouse.home import Home
from warehouse.release import releases

REPEATS, VISITORS = 5, 5
AIMS = {"first row cold": 1.0, "first row warm": 0.4, "firm page": 1.0, "drawer": 0.3}
"""Seconds."""
WEIGHT = 40
"""Kilobytes of a page whose files the browser has."""
CALLBACK = "/_dash-update-component"
ROW, THEIR_ROW = "main a[data-firm]", "table.rows-and-columns tbody tr"
THEIR_PATH = "movers/movers?_facet=change&_facet=incubator&_facet=met"
Shown = tuple[str, str]
"""An address, and what is shown of it once it is there."""


def measure_pages(home: Path) -> None:
    """Print seconds until the first row, the firm page, the drawer; kilobytes; and Datasette's, in turns."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("\npages: not measured, there is no chromium")
        return
    command = [Path(sys.executable).with_name("tidu"), "serve", "--port", "{port}"]
    with sync_playwright() as playwright, served(command, {"TIDU_HOME": str(home)}) as site, _datasette(home) as other:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        ours, theirs = (f"{site.origin}/movers", ROW), other and (f"{other.origin}/{THEIR_PATH}", THEIR_ROW)
        first = _until(_context(browser).new_page(), *ours)  # after the start of server and browser
        visits = [_visit(browser, [ours, *([theirs] if theirs else [])]) for _ in range(VISITORS)]
        cold, warm = (statistics.median(visit[0][part] for visit in visits) for part in (0, 1))
        figures = {"first row cold": cold, "first row warm": warm, **_further(browser, site.origin)}
        print(f"\npages in Chromium, seconds (aim), medians; the first answer of the server {first:.2f}")
        for name, seconds in figures.items():
            within = "" if seconds <= AIMS[name] else "  over"
            print(f"  {name:<44}{seconds:>8.2f} ({AIMS[name]}){within}")
        print(f"  {'kilobytes of a page that was seen before':<44}{_weight(browser, site.origin):>8.1f} ({WEIGHT})")
        if theirs:
            their_cold, their_warm = (statistics.median(visit[1][part] for visit in visits) for part in (0, 1))
            print(f"  {'Datasette, first row cold, warm':<44}{their_cold:>8.2f}{their_warm:>8.2f}")
            print(f"  {'ours to theirs':<44}{cold / their_cold:>8.2f}{warm / their_warm:>8.2f}")
        else:
            print("  Datasette over the same table: not measured (DATASETTE names no command)")
        browser.close()


def _visit(browser: Browser, pages: list[Shown]) -> list[tuple[float, float]]:
    """Of each page the seconds until a visitor who has none of its files sees it, and until they see it again."""
    taken = []
    for address, shown in pages:
        context = _context(browser)
        page = context.new_page()
        cold = _until(page, address, shown)
        taken.append((cold, statistics.median(_until(page, address, shown) for _ in range(REPEATS))))
        context.close()
    return taken


def _further(browser: Browser, site: str) -> dict[str, float]:
    context = _context(browser)
    page = context.new_page()
    _until(page, f"{site}/movers", ROW)
    firm_id = page.locator(ROW).first.get_attribute("data-firm")
    drawers = [_seconds(lambda place=place: _open_drawer(page, place)) for place in range(REPEATS)]
    firm = statistics.median(_until(page, f"{site}/firm/{firm_id}", "main h1") for _ in range(REPEATS))
    context.close()
    return {"firm page": firm, "drawer": statistics.median(drawers)}


def _open_drawer(page: Page, place: int) -> None:
    link = page.locator(ROW).nth(place)
    link.click()
    page.locator("#drawer h2", has_text=link.inner_text()).wait_for()


def _weight(browser: Browser, site: str) -> float:
    context = _context(browser)
    page = context.new_page()
    _until(page, f"{site}/movers", ROW)
    received = list[float]()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    _until(page, f"{site}/movers", ROW)
    page.wait_for_load_state("networkidle")
    context.close()
    return sum(received) / 1024


@contextmanager
def _datasette(home: Path) -> "Iterator[Site | None]":
    """Datasette over the table of the list; None where its command is not named."""
    command = os.environ.get("DATASETTE")
    if not command:
        yield None
        return
    table = home / "movers.db"
    _as_sqlite(releases.current(Home(home)), table)
    with served([command, str(table), "--port", "{port}"], {}) as site:
        yield site


def _as_sqlite(release: Path, table: Path) -> None:
    with duckdb.connect(str(release), read_only=True) as con:
        rows = con.execute("select * exclude titles, titles::varchar as titles from mart_movers__firms").fetchall()
        names = [column[0] for column in con.description or ()]
    table.unlink(missing_ok=True)
    with sqlite3.connect(table) as file:
        file.execute(f"create table movers ({', '.join(names)})")
        texts = [[value if isinstance(value, int | float | None) else str(value) for value in row] for row in rows]
        file.executemany(f"insert into movers values ({', '.join('?' * len(names))})", texts)


@dataclass(frozen=True)
class Site:
    """A server that runs."""

    origin: str
    pid: int


@contextmanager
def served(command: list[object], environment: dict[str, str]) -> Iterator[Site]:
    """A server on a free port, until the block ends; its command has ``{port}`` where the number belongs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [str(word).format(port=port) for word in command]
    process = subprocess.Popen(
        words, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield Site(f"http://127.0.0.1:{port}", process.pid)
    finally:
        process.terminate()
        process.wait()


def _context(browser: Browser) -> BrowserContext:
    return browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")


def _until(page: Page, address: str, shown: str) -> float:
    def see() -> None:
        page.goto(address, wait_until="commit")
        page.locator(shown).first.wait_for()

    return _seconds(see)


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


if __name__ == "__main__":
    measure_pages(Path(sys.argv[1]))
