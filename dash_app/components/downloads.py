"""The links that take away a list exactly as it is filtered."""

from collections.abc import Mapping

from dash import html

from dash_app.components.sections import aria_label
from dash_app.session import Session
from dash_app.wording.loader import SHARED, words_of

word = words_of(SHARED)
FORMATS = ("csv", "xlsx")


def downloads(name: str, session: Session, parameters: Mapping[str, str] | None = None) -> html.Span:
    """The links to the files of a list; empty for who may not export.

    ``parameters`` are what the list shows where the page fills in more than its address states.
    """
    if not session.scope.may("export"):
        return html.Span()
    shown = session.address if parameters is None else parameters
    kept = {key: value for key, value in shown.items() if key != "lang"}
    # A tab of its own: where the password is asked for first, the page with what is typed on it stays.
    links = [
        html.A(suffix.upper(), href=session.href(f"/download/{name}.{suffix}", kept), target="_blank", rel="noopener")
        for suffix in FORMATS
    ]
    label = word("download", session.lang)
    return html.Span(
        [html.Span(label, className="quiet"), *links], className="downloads", role="group", **aria_label(label)
    )
