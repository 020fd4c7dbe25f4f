"""Time until a person sees something, in Chromium, over a home that is served as it is in use; and the load of a list.

Datasette over the same table is measured in the same run where its command is named by ``DATASETTE``.
"""

import http.client
import os
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import duckdb
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from warehouse.home import Home
from warehouse.release import releases

USERS, ASKED, REPEATS = 10, 20, 5
AIMS = {"first row cold": 1.0, "first row warm": 0.4, "firm page": 1.0, "drawer": 0.3, "list callback p95": 0.15}
"""Seconds."""
WEIGHT = 40
"""Kilobytes of a page whose files the browser has."""
CALLBACK = "/_dash-update-component"
ROW = "main a[data-firm]"


def measure_pages(home: Path) -> None:
    """Print seconds until the first row, the firm page, the drawer; p95 of the list; kilobytes; and Datasette's."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("\npages: not measured, there is no chromium")
        return
    command = [Path(sys.executable).with_name("tidu"), "serve", "--port", "{port}"]
    with sync_playwright() as playwright, _served(command, {"TIDU_HOME": str(home)}) as site:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        print("\npages in Chromium, seconds (aim)")
        for name, seconds in _figures(browser, site).items():
            within = "" if seconds <= AIMS[name] else "  over"
            print(f"  {name:<44}{seconds:>8.2f} ({AIMS[name]}){within}")
        print(f"  {'kilobytes of a page that was seen before':<44}{_weight(browser, site):>8.1f} ({WEIGHT})")
        _measure_datasette(browser, home)
        browser.close()


def _figures(browser: Browser, site: str) -> dict[str, float]:
    context = _context(browser)
    page, bodies = context.new_page(), list[str]()
    page.on("request", lambda request: bodies.append(request.post_data or "") if CALLBACK in request.url else None)
    cold = _until(page, f"{site}/movers", ROW)
    warm = statistics.median(_until(page, f"{site}/movers", ROW) for _ in range(REPEATS))
    drawers = [_seconds(lambda place=place: _open_drawer(page, place)) for place in range(REPEATS)]
    href = page.locator(ROW).first.get_attribute("href")
    firm = statistics.median(_until(page, f"{site}{href}", "main h1") for _ in range(REPEATS))
    body = next(body for body in bodies if "page.children" in body)
    context.close()
    p95 = statistics.quantiles(_load(site, body), n=20)[-1]
    return {
        "first row cold": cold,
        "first row warm": warm,
        "firm page": firm,
        "drawer": statistics.median(drawers),
        "list callback p95": p95,
    }


def _open_drawer(page: Page, place: int) -> None:
    link = page.locator(ROW).nth(place)
    link.click()
    page.locator("#drawer h2", has_text=link.inner_text()).wait_for()


def _load(site: str, body: str) -> list[float]:
    """Seconds of each answer, of users who ask one after another without a pause."""

    def ask(_: int) -> float:
        connection = http.client.HTTPConnection(urlsplit(site).netloc)

        def answer() -> None:
            connection.request("POST", CALLBACK, body.encode(), {"Content-Type": "application/json"})
            response = connection.getresponse()
            response.read()
            if response.status != http.HTTPStatus.OK:
                sys.exit(f"{CALLBACK}: {response.status}")

        with closing(connection):
            return _seconds(answer)

    with ThreadPoolExecutor(USERS) as users:
        return list(users.map(ask, range(USERS * ASKED)))


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


def _measure_datasette(browser: Browser, home: Path) -> None:
    command = os.environ.get("DATASETTE")
    if not command:
        print("  Datasette over the same table: not measured (DATASETTE names no command)")
        return
    table = home / "movers.db"
    _as_sqlite(releases.current(Home(home)), table)
    with _served([command, str(table), "--port", "{port}"], {}) as site:
        page = _context(browser).new_page()
        address = f"{site}/movers/movers?_facet=change&_facet=incubator&_facet=met"
        cold = _until(page, address, "table.rows-and-columns tbody tr")
        warm = statistics.median(_until(page, address, "table.rows-and-columns tbody tr") for _ in range(REPEATS))
        print(f"  {'Datasette, first row cold, warm':<44}{cold:>8.2f}{warm:>8.2f}")


def _as_sqlite(release: Path, table: Path) -> None:
    with duckdb.connect(str(release), read_only=True) as con:
        rows = con.execute("select * exclude titles, titles::varchar as titles from mart_movers__firms").fetchall()
        names = [column[0] for column in con.description or ()]
    table.unlink(missing_ok=True)
    with sqlite3.connect(table) as file:
        file.execute(f"create table movers ({', '.join(names)})")
        texts = [[value if isinstance(value, int | float | None) else str(value) for value in row] for row in rows]
        file.executemany(f"insert into movers values ({', '.join('?' * len(names))})", texts)


@contextmanager
def _served(command: list[object], environment: dict[str, str]) -> Iterator[str]:
    """The origin of a server on a free port, until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [str(word).format(port=port) for word in command]
    process = subprocess.Popen(words, env={**os.environ, **environment}, stdout=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
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
