"""The issuer's public keys, found by OpenID Connect Discovery and kept for a while."""

import asyncio
import json
import time
from collections import deque

import httpx
import jwt

FRESH_SECONDS = 300
STALE_SECONDS = 3600
"""An issuer that is down does not sign anybody out at once: keys that we know serve for this long."""
ISSUER_PATIENCE_SECONDS = 3
LONGEST_ANSWER = 1 << 20
REFRESHES, REFRESH_WINDOW_SECONDS = 5, 30
"""How often unknown key ids may make us ask the issuer: anybody can send those."""


class UnknownKey(Exception):
    """The issuer has no such key."""


class IssuerUnavailable(Exception):
    """The issuer does not answer, or not with what the standard says."""


class IssuerKeys:
    def __init__(self, issuer: str) -> None:
        self._issuer = issuer
        self._keys: dict[str, jwt.PyJWK] = {}
        self._asked_at = float("-inf")  # when the request that brought these keys began
        self._refreshes: deque[float] = deque(maxlen=REFRESHES)
        self._fetch: asyncio.Task[None] | None = None

    async def find(self, kid: str) -> jwt.PyJWK:
        """The key of that id. Raises UnknownKey or IssuerUnavailable."""
        called_at = time.monotonic()
        if called_at - self._asked_at < FRESH_SECONDS and kid in self._keys:
            return self._keys[kid]
        try:
            # A fetch that we join may have begun before the issuer rotated its keys: only a later one proves a key unknown.
            while self._asked_at < called_at and (self._fetch or self._may_ask()):
                self._fetch = self._fetch or asyncio.create_task(self._load())
                await asyncio.shield(self._fetch)
        except IssuerUnavailable:
            if called_at - self._asked_at > STALE_SECONDS or kid not in self._keys:
                raise
        if kid not in self._keys:
            raise UnknownKey
        return self._keys[kid]

    def _may_ask(self) -> bool:
        now = time.monotonic()
        if now - self._asked_at >= FRESH_SECONDS or len(self._refreshes) < REFRESHES:
            return True
        return now - self._refreshes[0] > REFRESH_WINDOW_SECONDS

    async def _load(self) -> None:
        began = time.monotonic()
        try:
            async with asyncio.timeout(ISSUER_PATIENCE_SECONDS):
                keys = await self._download()
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, ValueError, KeyError, TypeError) as cause:
            raise IssuerUnavailable from cause
        finally:
            self._fetch = None
        self._keys, self._asked_at = keys, began
        self._refreshes.append(began)

    async def _download(self) -> dict[str, jwt.PyJWK]:
        # trust_env: a proxy of the environment has no business between us and the issuer.
        async with httpx.AsyncClient(trust_env=False, timeout=ISSUER_PATIENCE_SECONDS) as client:
            discovery = await _get(client, f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
            if discovery["issuer"] != self._issuer:
                raise ValueError("the discovery document is another issuer's")
            key_set = await _get(client, discovery["jwks_uri"])
        return {key.key_id: key for key in map(_usable, key_set["keys"]) if key}


async def _get(client: httpx.AsyncClient, url: str) -> dict:
    async with client.stream("GET", url) as answer:
        answer.raise_for_status()
        body = bytearray()
        async for part in answer.aiter_bytes():
            body += part
            if len(body) > LONGEST_ANSWER:
                raise ValueError("the issuer's answer is too long")
    return json.loads(body)


def _usable(jwk: dict) -> jwt.PyJWK | None:
    """None for what we would not verify with: other uses, other algorithms, keys without an id or malformed."""
    if jwk.get("kty") not in ("RSA", "EC") or jwk.get("use", "sig") != "sig" or not isinstance(jwk.get("kid"), str):
        return None
    try:
        return jwt.PyJWK({name: value for name, value in jwk.items() if name != "d"})
    except (jwt.PyJWTError, ValueError):
        return None
