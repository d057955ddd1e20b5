"""The users in one JSON file, as small providers keep them."""

import asyncio
import dataclasses
import json
import os
import pathlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from users_api.page import Page
from users_api.user import User, page_of, signed_in

FIELDS = tuple(field.name for field in dataclasses.fields(User))


class FileStore:
    """Memory changes first, then the whole file is written anew, then the answer goes out: others see a change that a crash may
    still undo, but whoever was answered that made it does not lose it. Who disconnects a user that is gone already is answered at once."""

    def __init__(self, folder: pathlib.Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file = folder / "users.json"
        saved = json.loads(self._file.read_text()) if self._file.exists() else []
        self._users = {user["id"]: User(**user) for user in saved}
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="file")

    def find(self, id: str) -> User | None:
        return self._users.get(id)

    def snapshot(self) -> Page:
        return page_of(list(self._users.values()))

    async def sign_in(self, subject: str, profile: dict[str, str], wanted_name: str) -> User:
        """The subject's user, new or brought up to date."""
        known = next((user for user in self._users.values() if user.subject == subject), None)
        taken = {user.username for user in self._users.values()}
        user = signed_in(known, subject, profile, wanted_name, taken.__contains__)
        self._users[user.id] = user
        await self._save()
        return user

    async def remove(self, id: str) -> None:
        """Removes the user of that id, if there is one."""
        if self._users.pop(id, None):
            await self._save()

    async def close(self) -> None:
        self._thread.shutdown()

    async def _save(self) -> None:
        users = list(self._users.values())
        written = asyncio.get_running_loop().run_in_executor(self._thread, self._write, users)
        await asyncio.shield(written)  # whoever waits may go away

    def _write(self, users: Sequence[User]) -> None:
        new = self._file.with_suffix(".new")
        with open(new, "w", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            file.write(json.dumps([{name: getattr(user, name) for name in FIELDS} for user in users]))
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._file)
        folder = os.open(self._file.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
