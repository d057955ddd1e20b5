"""What a request must be before the application sees it: addressed to us, sent by no other page, and of a decent size."""

import asyncio
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from users_api.problem import problem_response

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
LONGEST_BODY = 256 * 1024
BODY_PATIENCE_SECONDS = 10
CLOSE = {"connection": "close"}


class Guard:
    def __init__(self, app: ASGIApp, host: str) -> None:
        self._app = app
        self._names = LOOPBACK | {host.lower()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        headers = Headers(scope=scope)
        if "transfer-encoding" in headers and "content-length" in headers:
            # Two lengths are how one request is smuggled behind another (RFC 9112 section 6.3).
            return await problem_response(400, "The body has two lengths.", CLOSE)(scope, receive, send)
        try:
            async with asyncio.timeout(BODY_PATIENCE_SECONDS):
                body = await _read_body(headers, receive)
        except ClientDisconnect:
            return  # what did not come whole is not acted upon (RFC 9112 section 8)
        except TimeoutError:
            return await problem_response(408, "The body took too long.", CLOSE)(scope, receive, send)
        if body is None:
            return await problem_response(413, "The body is too long.", CLOSE)(scope, receive, send)
        # Judged only now: a body that is left unread would be in the way of the connection's next request.
        refused = self._misaddressed(headers) or self._foreign(scope, headers)
        await (refused or self._app)(scope, _replay(body, receive), send)

    def _misaddressed(self, headers: Headers):
        """A page whose name was bound anew to our address (DNS rebinding) still sends its own name."""
        if _hostname("//" + headers.get("host", "")) not in self._names:
            return problem_response(421, "This server does not go by that name.")

    def _foreign(self, scope: Scope, headers: Headers):
        """Only our own pages, of which there are none yet, and what is no browser at all may change anything."""
        own = f"http://{headers['host']}".lower()
        if scope["method"] not in ("GET", "HEAD") and any(origin.lower() != own for origin in headers.getlist("origin")):
            return problem_response(403, "Another origin may not do that.")


def _hostname(address: str) -> str | None:
    try:
        parts = urlsplit(address)
        if parts.port == 0 or parts.username is not None or parts.path or parts.query or parts.fragment:
            return None
        return parts.hostname
    except ValueError:
        return None


async def _read_body(headers: Headers, receive: Receive) -> bytes | None:
    """None where it is too long; where its length says so, without reading it."""
    if int(headers.get("content-length", "0")) > LONGEST_BODY:
        return None
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > LONGEST_BODY:
            return None
    return bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def next_message() -> Message:
        return waiting.pop() if waiting else await receive()

    return next_message
