"""What is answered while the casebook cannot be read or written: nobody is let in, and the message gives the reason."""

from collections.abc import Callable
from functools import wraps

import flask
from flask.typing import ResponseReturnValue

from dash_app.routing import CALLBACKS
from dash_app.sign_in import denied
from dash_app.sign_in.words import request_lang
from service.people.installation import CasebookFailed

UNAVAILABLE = 503


def answer_while_unavailable(server: flask.Flask) -> None:
    """Answer 503 with the message, and a callback with a notice, so that what was typed stays on its page."""

    @server.errorhandler(CasebookFailed)
    def failed(error: CasebookFailed) -> ResponseReturnValue:
        server.logger.error("%s", error)
        if flask.request.path == CALLBACKS and flask.request.method == "POST":
            return denied.unavailable(error.reason(denied.lang_of_page()))
        return error.reason(request_lang()), UNAVAILABLE, {"Content-Type": "text/plain; charset=utf-8"}


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
