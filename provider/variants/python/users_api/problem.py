"""Refusals, told as RFC 9457 problem details."""

import json
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response


class Problem(HTTPException):
    """A request is refused. The detail is ours: never a part of the request, which may hold a token."""


def problem_response(status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return Response(json.dumps(body), status, headers, media_type="application/problem+json")


async def on_refusal(_request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, HTTPException)
    return problem_response(refusal.status_code, refusal.detail, dict(refusal.headers or {}))


async def on_fault(_request: Request, _fault: Exception) -> Response:
    return problem_response(500, "The server failed; its log says why.")
