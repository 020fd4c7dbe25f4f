"""What reaches Prefect's API at all: requests to this machine, of no foreign page, of a bounded size."""

from collections.abc import Iterator

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 4 * 1024 * 1024
"""Bytes of one request, and of one message of a web socket."""

HOSTS = ("127.0.0.1", "localhost", "[::1]")


class Guard:
    """Stands before an ASGI application that listens on ``port``; refuses before the application sees anything."""

    def __init__(self, app: ASGIApp, port: int, max_body: int = MAX_BODY) -> None:
        self._app, self._max_body, self._most_read = app, max_body, 2 * max_body
        self._hosts = {f"{host}:{port}".encode() for host in HOSTS}
        self._origins = {b"http://" + host for host in self._hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403 to a foreign Host or Origin, 404 outside the API, 413 to a body that is too long."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif refusal := self._refusal(scope):
            await refusal(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._app(scope, receive, send)
        elif (body := await self._body(scope, receive)) is None:
            await PlainTextResponse("request body too large", 413, {"Connection": "close"})(scope, receive, send)
        else:
            await self._app(scope, _replay(body, receive), send)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        hosts = [value.lower() for value in _values(scope, b"host")]
        if len(hosts) != 1 or hosts[0] not in self._hosts:
            return PlainTextResponse("this machine only", 403)
        if any(origin.lower() not in self._origins for origin in _values(scope, b"origin")):
            return PlainTextResponse("no other origin", 403)
        if not scope["path"].startswith("/api/"):
            return PlainTextResponse("not found", 404)
        return None

    async def _body(self, scope: Scope, receive: Receive) -> bytes | None:
        """The whole body, whether its length is stated or not; None where it is too long.

        As much again of a body that is too long is read and dropped: a client that is still sending when the connection
        is closed may not see the answer.
        """
        stated = _values(scope, b"content-length")
        is_too_long = any(not length.isdigit() or int(length) > self._max_body for length in stated)
        parts, received = bytearray(), 0
        while received <= self._most_read:
            message = await receive()
            received += len(message.get("body", b""))
            is_too_long |= received > self._max_body
            if is_too_long:
                parts.clear()
            else:
                parts += message.get("body", b"")
            if not message.get("more_body", False):
                break
        return None if is_too_long else bytes(parts)


def _values(scope: Scope, name: bytes) -> Iterator[bytes]:
    return (value for key, value in scope["headers"] if key == name)


def _replay(body: bytes, receive: Receive) -> Receive:
    """The body that was read, once; then whatever comes next, which is the end of the connection."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def next_message() -> Message:
        return messages.pop() if messages else await receive()

    return next_message
