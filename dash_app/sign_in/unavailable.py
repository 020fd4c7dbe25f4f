"""What is answered while the casebook or the release cannot be used: the message gives the reason.

A page of the site gives it by itself (``site/pages.py``); without it a callback would end silently.
"""

from collections.abc import Callable
from functools import wraps

import flask
from flask.typing import ResponseReturnValue

from dash_app.routing import CALLBACKS
from dash_app.sign_in import denied
from dash_app.sign_in.words import request_lang
from service.errors import CasebookFailed, NoRelease, ReleaseUnreadable, WarehouseError

UNAVAILABLE = 503


def answer_while_unavailable(server: flask.Flask) -> None:
    """Answer 503 with the message, and a callback with a notice, so that what was typed stays on its page."""

    @server.errorhandler(CasebookFailed)
    @server.errorhandler(NoRelease)
    @server.errorhandler(ReleaseUnreadable)
    def failed(error: WarehouseError) -> ResponseReturnValue:
        server.logger.error("%s", error)
        if flask.request.path == CALLBACKS and flask.request.method == "POST":
            return denied.unavailable(error.reason(denied.lang_of_page()))
        return error.reason(request_lang()), UNAVAILABLE, {"Content-Type": "text/plain; charset=utf-8"}

    server.after_request(denied.close_notice)


def failing_as_request(
    after: Callable[[flask.Response], flask.Response],
) -> Callable[[flask.Response], flask.Response]:
    """A function that runs after a request, whose failures are answered as those of the request itself."""

    @wraps(after)
    def answering(response: flask.Response) -> flask.Response:
        try:
            return after(response)
        except CasebookFailed as error:
            app = flask.current_app
            return app.make_response(app.handle_user_exception(error))

    return answering
