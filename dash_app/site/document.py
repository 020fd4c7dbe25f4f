"""The document that a browser opens: its language, and the files it asks for, in an order that keeps nobody waiting.

A first visit took a second, half of it for files that no page needs and for questions that were asked after all scripts
had run. What is asked in any case is asked at once, and the page of the address comes with the layout.
"""

from collections.abc import Callable, Collection
from typing import Any

import flask
from dash import Dash

from dash_app.routing import DEPENDENCIES, LAYOUT
from dash_app.server.callbacks import admitting, typed
from dash_app.site.bundles import address
from dash_app.wording.loader import lang_of

HTML_LANG = {"zh": "zh-CN", "en": "en"}
LEFT_OUT = ("/deps/polyfill@", "/dash_table/")
"""Scripts that Dash names in every document: what browsers before 2019 lack, which Mantine does not draw in either, at
a tenth of a second of every first visit (``assets/regenerator-runtime.js`` has the part its bundles use); and a table
that no page has."""
ASKED = (LAYOUT, DEPENDENCIES)
"""What Dash asks for once its scripts have run."""


class Dashboard(Dash):
    """Dash whose documents state their language, and whose callbacks get values of the types they declare.

    ``base`` begins the addresses of all it asks for.
    """

    def __init__(self, name: str, base: str, **options: Any) -> None:
        super().__init__(
            name,
            include_assets_files=False,
            external_stylesheets=[base + address("css")],
            external_scripts=[base + address("js")],
            routes_pathname_prefix="/",
            requests_pathname_prefix=f"{base}/",
            **options,
        )
        self._asked = "".join(f'<link rel="preload" href="{base}{path}" as="fetch" crossorigin>' for path in ASKED)

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override]
        """The document with ``lang``, from which browsers choose voice and font."""
        lang = HTML_LANG[lang_of(flask.request.args.get("lang"))]
        document: str = super().interpolate_index(**{**parts, "metas": parts["metas"] + self._asked})  # type: ignore[no-untyped-call]
        return document.replace("<html>", f'<html lang="{lang}">', 1)

    def _generate_scripts_html(self) -> str:
        scripts: str = super()._generate_scripts_html()
        return "\n".join(line for line in scripts.split("\n") if not any(name in line for name in LEFT_OUT))

    def callback(
        self, *dependencies: Any, roles: Collection[str], **options: Any
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """As ``Dash.callback``, for the roles that it states.

        A request whose values are not of the annotated types is answered with 400, one of another role with 403.
        """
        register = super().callback(*dependencies, **options)
        return lambda function: register(admitting(typed(function), roles))
