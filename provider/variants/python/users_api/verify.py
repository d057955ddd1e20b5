"""Whether a token is one that our issuer signed, for us, and for now."""

import re
from typing import Any

import jwt

from users_api.keys import IssuerKeys, UnknownKey

ALGORITHMS = ("RS256", "ES256")
LEEWAY_SECONDS = 10
COMPACT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")


class InvalidToken(Exception):
    """The token does not prove who its bearer is."""


class TokenVerifier:
    def __init__(self, keys: IssuerKeys, issuer: str) -> None:
        self._keys = keys
        self._issuer = issuer

    async def claims(self, token: str, audience: str) -> dict[str, Any]:
        """The claims of a good token. Raises InvalidToken or IssuerUnavailable."""
        # PyJWT's base64 decoder skips characters that do not belong there.
        if not COMPACT.fullmatch(token):
            raise InvalidToken
        try:
            header = jwt.get_unverified_header(token)
            if header.get("alg") not in ALGORITHMS or "crit" in header or not isinstance(header.get("kid"), str):
                raise InvalidToken
            key = await self._keys.find(header["kid"])  # the issuer's, whatever jku, x5u or jwk say
            if key.algorithm_name != header["alg"]:
                raise InvalidToken
            claims = jwt.decode(
                token,
                key,
                algorithms=[header["alg"]],
                audience=audience,
                issuer=self._issuer,
                leeway=LEEWAY_SECONDS,
                options={"require": ["iss", "aud", "exp", "sub"]},
            )
        except (jwt.PyJWTError, UnknownKey, ValueError, RecursionError) as cause:
            raise InvalidToken from cause
        if not all(_is_date(claims[name]) for name in ("exp", "nbf", "iat") if name in claims):
            raise InvalidToken  # PyJWT takes "1700000000" for a date
        if not claims["sub"] or not _is_text(claims["sub"]):
            raise InvalidToken
        return claims


def _is_date(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_text(value: str) -> bool:
    """False for what JSON can say and UTF-8 cannot: half a surrogate pair."""
    return value.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in value)
