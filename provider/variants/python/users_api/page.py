"""JSON as it goes over the wire, prepared once and sent often."""

import hashlib

from starlette.requests import Request
from starlette.responses import Response


class Page:
    def __init__(self, text: str) -> None:
        self.text = text
        self._bytes = text.encode()
        self._tag = f'"{hashlib.sha256(self._bytes).hexdigest()[:32]}"'

    def answer(self) -> Response:
        return Response(self._bytes, headers={"Cache-Control": "no-cache"}, media_type="application/json; charset=utf-8")

    def answer_unless_known(self, request: Request) -> Response:
        """With an ETag, and 304 where the client has these bytes already."""
        headers = {"ETag": self._tag, "Cache-Control": "no-cache"}
        known = [word.strip().removeprefix("W/") for word in request.headers.get("if-none-match", "").split(",")]
        if self._tag in known or "*" in known:
            return Response(status_code=304, headers=headers)
        return Response(self._bytes, headers=headers, media_type="application/json; charset=utf-8")
