"""One user, and how it looks on the wire."""

import json
import os
import re
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from users_api.page import Page

SCHEMA = {"migration": 0, "semantic": "MAJOR_0_MINOR_0_PATCH_1"}
URI = re.compile(r"[\w\-.~:/?#\[\]@!$&'()*+,;=%]+", re.ASCII)
PROVIDER_TYPES = ("github", "google-oauth2")


@dataclass(frozen=True)
class User:
    id: str
    subject: str
    username: str
    profile: dict[str, str] = field(hash=False)
    created: str
    updated: str
    sign_ins: int

    @cached_property
    def page(self) -> Page:
        """The UserProfile, on one line."""
        profile = {
            "id": self.id,
            "username": self.username,
            **self.profile,
            "created": _stamp(self.created),
            "updated": _stamp(self.updated),
            "aesthetics": {
                "theme": {"dark": False, "accent": "teal"},
                "font": {"size": 14, "family": "system-ui"},
                "schema": SCHEMA,
            },
            "auth0": {"global_id": self.id, "schema": SCHEMA},
            "schema": SCHEMA,
            "signIns": self.sign_ins,
            "links": {"self": f"/users/{self.id}"},
            **self._providers(),
        }
        return Page(json.dumps(profile, ensure_ascii=False, separators=(",", ":")))

    def _providers(self) -> dict[str, Any]:
        provider, _, user_id = self.subject.partition("|")
        if provider not in PROVIDER_TYPES or not user_id:
            return {}
        external = {
            "type": provider,
            "user_id": user_id,
            "created": _stamp(self.created),
            "updated": _stamp(self.updated),
            "schema": SCHEMA,
        }
        return {"providers": {"iterable": [external], "schema": SCHEMA}}


def page_of(users: Sequence[User]) -> Page:
    """The Users object, the last user first. It has no iterable where there are no users."""
    items = ",".join(user.page.text for user in reversed(users))
    iterable = f'"iterable":[{items}],' if items else ""
    return Page(f'{{{iterable}"total":{len(users)}}}')


def signed_in(
    known: User | None, subject: str, profile: dict[str, str], wanted_name: str, is_taken: Callable[[str], bool]
) -> User:
    """The subject's user, new or brought up to date. What a later token does not say stays as it was."""
    moment = now()
    if known:
        updated = max(moment, known.updated)  # the clock may have been set back
        return replace(known, profile=known.profile | profile, updated=updated, sign_ins=known.sign_ins + 1)
    username = f"{wanted_name}-{new_id()[-12:]}" if is_taken(wanted_name) else wanted_name
    return User(new_id(), subject, username, profile, moment, moment, 1)


def read_profile(claims: dict[str, Any]) -> dict[str, str]:
    """What we take from a token's claims: these and nothing else, so no secret of a token gets into the database."""
    profile = {name: _clean(claims[name]) for name in ("name", "email", "picture") if isinstance(claims.get(name), str)}
    if isinstance(claims.get("nickname"), str):
        profile["vanityname"] = _clean(claims["nickname"])
    if not _is_web_address(profile.get("picture", "")):
        profile.pop("picture", None)
    return {name: value for name, value in profile.items() if value}


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def new_id() -> str:
    """A UUID version 7 (RFC 9562 section 5.7): time in milliseconds, the rest random."""
    value = int(time.time() * 1000) << 80 | int.from_bytes(os.urandom(10))
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


def _stamp(value: str) -> dict[str, Any]:
    return {"value": value, "readable": f"{datetime.fromisoformat(value):%d %B %Y, %H:%M} UTC", "schema": SCHEMA}


def _clean(text: str) -> str:
    """Half a surrogate pair, which UTF-8 cannot say, becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and bool(URI.fullmatch(text))
    except ValueError:
        return False
