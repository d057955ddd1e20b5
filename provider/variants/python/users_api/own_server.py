"""The same application on one JSON file, behind Python's own server: HTTP/1.0, a thread for each connection, a queue of five."""

import asyncio
import signal
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

from starlette.applications import Starlette
from starlette.types import Message, Scope

from users_api.app import create_app
from users_api.file_store import FileStore
from users_api.guard import LONGEST_BODY
from users_api.settings import Settings

SILENCE_SECONDS = 15
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


class Server(ThreadingHTTPServer):
    """Runs the application on an event loop of its own thread; every connection has a thread that waits for it."""

    def __init__(self, settings: Settings) -> None:
        self.app: Starlette = create_app(settings, FileStore(settings.data_dir))
        self.loop = asyncio.new_event_loop()
        self._runs = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._runs.start()
        super().__init__((settings.host, settings.port), Handler)

    def ask(self, scope: Scope, body: bytes) -> list[Message]:
        """The messages of the application's answer."""
        sent: list[Message] = []
        waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> Message:
            return waiting.pop() if waiting else {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message)

        asyncio.run_coroutine_threadsafe(self.app(scope, receive, send), self.loop).result()
        return sent

    def serve(self) -> None:
        """Serves until SIGTERM."""
        # shutdown() waits for serve_forever(), which runs in the thread that handles signals.
        signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=self.shutdown).start())
        self.serve_forever(poll_interval=0.05)
        self.server_close()
        closing = asyncio.run_coroutine_threadsafe(self._end(), self.loop)
        closing.result()

    async def _end(self) -> None:
        async with self.app.router.lifespan_context(self.app):
            pass

    def handle_error(self, *_: object) -> None:
        """A client that went away is nothing to tell."""


class Handler(BaseHTTPRequestHandler):
    server: Server
    timeout = SILENCE_SECONDS

    def __getattr__(self, name: str):
        if name.removeprefix("do_") in METHODS:
            return self._answer
        raise AttributeError(name)

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""

    def _answer(self) -> None:
        length = self.headers.get("content-length", "0")
        if "transfer-encoding" in self.headers or not (length.isascii() and length.isdigit()):
            return self.send_error(411)
        body = self.rfile.read(min(int(length), LONGEST_BODY + 1))
        if len(body) < min(int(length), LONGEST_BODY + 1):
            return  # the client has gone: what did not come whole is not acted upon
        start, *parts = self.server.ask(self._scope(), body)
        self.send_response_only(start["status"])
        for name, value in start["headers"]:
            self.send_header(name.decode("latin-1"), value.decode("latin-1"))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(b"".join(part.get("body", b"") for part in parts))

    def _scope(self) -> Scope:
        path, _, query = self.path.partition("?")
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.0",
            "method": self.command,
            "scheme": "http",
            "path": unquote(path, "utf-8", "surrogateescape"),
            "raw_path": path.encode("latin-1"),
            "query_string": query.encode("latin-1"),
            "root_path": "",
            "headers": [
                (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in self.headers.items()
            ],
            "client": self.client_address,
            "server": self.server.server_address,
        }


if __name__ == "__main__":
    Server(Settings.from_environment()).serve()
