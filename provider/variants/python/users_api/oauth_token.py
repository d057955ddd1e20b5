"""The body of a sign-in."""

import json
from dataclasses import dataclass

from users_api.problem import Problem

TOKEN_TYPES = ("Bearer", "UNKNOWN")
OPTIONAL_STRINGS = ("scope", "refresh_token", "id_token")


@dataclass(frozen=True)
class OAuthToken:
    access_token: str
    id_token: str | None


def read_oauth_token(body: bytes) -> OAuthToken:
    """Raises Problem 400 for what is no JSON, 422 for JSON that is no OAuthToken. Unknown fields are tolerated."""
    try:
        # Decoded here: json.loads would guess UTF-16 and UTF-32 from the bytes.
        token = json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise Problem(400, "The body is no JSON.") from None
    if not isinstance(token, dict):
        raise Problem(422, "The body is no JSON object.")
    if not isinstance(token.get("access_token"), str) or not token["access_token"]:
        raise Problem(422, "access_token must be a string.")
    if token.get("token_type") not in TOKEN_TYPES:
        raise Problem(422, "token_type must be Bearer or UNKNOWN.")
    if type(token.get("expires_in")) is not int:  # isinstance would take true
        raise Problem(422, "expires_in must be an integer.")
    if any(not isinstance(token.get(name), (str, type(None))) for name in OPTIONAL_STRINGS):
        raise Problem(422, f"{', '.join(OPTIONAL_STRINGS)} must be strings.")
    return OAuthToken(token["access_token"], token.get("id_token") or None)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
