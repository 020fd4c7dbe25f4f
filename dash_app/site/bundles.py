"""The own style sheets and scripts of the pages, each kind as one file: to ask for a file takes a browser 10 ms."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Literal

import flask

ASSETS = Path(__file__).parents[1] / "assets"
Suffix = Literal["css", "js"]
_BETWEEN = {"css": "\n", "js": "\n;\n"}
_TYPES = {"css": "text/css", "js": "text/javascript"}


@cache
def bundle(suffix: Suffix) -> str:
    """The files of ``assets/`` of one kind in the order of their names, as Dash would ask for them."""
    files = sorted(ASSETS.glob(f"*.{suffix}"))
    return _BETWEEN[suffix].join(path.read_text("utf-8") for path in files)


def address(suffix: Suffix) -> str:
    """The address of a bundle; it states the content, so that a browser keeps no other."""
    return f"/assets/pages.{suffix}?v={sha256(bundle(suffix).encode()).hexdigest()[:12]}"


def add_bundles(server: flask.Flask) -> None:
    """Add the route of each."""

    def of_kind(suffix: Suffix) -> flask.Response:
        return flask.Response(bundle(suffix), mimetype=_TYPES[suffix])

    for suffix in _TYPES:
        server.add_url_rule(f"/assets/pages.{suffix}", "bundle", of_kind, defaults={"suffix": suffix})
