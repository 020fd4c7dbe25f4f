"""One origin for the sites of all tests, so that the browser keeps its page and what it compiled of the scripts.

At an origin of its own each site would have all files sent, compressed and compiled anew: one CPU second.
"""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server

Wsgi = Any
"""An application of WSGI."""


class _Quiet(WSGIRequestHandler):
    """A server that does not write a line for every request."""

    def log(self, *_: object) -> None:
        return


class Site(str):
    """The origin at which an application answers while its pages are looked at."""

    application: Wsgi


class Origin:
    """A server on a free port of this machine, which answers as one of its sites."""

    def __init__(self) -> None:
        self._shown: Wsgi = None
        self._server = make_server("127.0.0.1", 0, self._answer, threaded=True, request_handler=_Quiet)

    def _answer(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        answer: Iterable[bytes] = self._shown(environ, start_response)
        return answer

    def site(self, application: Wsgi) -> Site:
        """A site, which is shown."""
        site = Site(f"http://127.0.0.1:{self._server.port}")
        site.application = application
        self.show(site)
        return site

    def show(self, site: Site) -> None:
        """Answer as a site from now on."""
        self._shown = site.application

    @contextmanager
    def served(self) -> Iterator["Origin"]:
        """The server runs."""
        threading.Thread(target=self._server.serve_forever, args=[0.1], daemon=True).start()
        yield self
        self._server.shutdown()
        self._server.server_close()
