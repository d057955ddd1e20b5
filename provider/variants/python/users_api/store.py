"""The users: on disk before anybody is answered, in memory for reading."""

import asyncio
import pathlib
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from users_api.database import delete_user, load_users, open_database, put_user
from users_api.page import Page
from users_api.user import User, page_of

Change = Callable[[sqlite3.Connection], User | str]
"""Runs in a transaction and gives what memory is to do afterwards: put this user, or drop the one of this id."""


class Store:
    """Reads come from memory, which changes only after the commit and on the event loop: no reader sees a change early,
    and none that was answered is ever missing. Changes that wait together share one commit, and so one flush to disk."""

    def __init__(self, folder: pathlib.Path) -> None:
        self._database = open_database(folder)
        self._users = {user.id: user for user in load_users(self._database)}
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._waiting: list[tuple[Change, asyncio.Future[User | str]]] = []
        self._writer: asyncio.Task[None] | None = None
        self._snapshot: Page | None = None

    def find(self, id: str) -> User | None:
        return self._users.get(id)

    def snapshot(self) -> Page:
        if self._snapshot is None:
            self._snapshot = page_of(list(self._users.values()))
        return self._snapshot

    async def sign_in(self, subject: str, profile: dict[str, str], wanted_name: str) -> User:
        """The subject's user, new or brought up to date."""
        user = await self._write(lambda database: put_user(database, subject, profile, wanted_name))
        assert isinstance(user, User)
        return user

    async def remove(self, id: str) -> None:
        """Removes the user of that id, if there is one."""

        def change(database: sqlite3.Connection) -> str:
            delete_user(database, id)
            return id

        if id in self._users:
            await self._write(change)

    async def close(self) -> None:
        if self._writer:
            await self._writer
        self._thread.shutdown()
        self._database.close()

    async def _write(self, change: Change) -> User | str:
        done: asyncio.Future[User | str] = asyncio.get_running_loop().create_future()
        self._waiting.append((change, done))
        if self._writer is None:
            self._writer = asyncio.create_task(self._drain())
        return await asyncio.shield(done)  # whoever waits may go away

    async def _drain(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                outcomes = await loop.run_in_executor(self._thread, self._commit, [change for change, _ in batch])
            except Exception as fault:  # nothing of the batch is on disk: every caller is told
                for _, done in batch:
                    done.set_exception(fault)
                continue
            for outcome in outcomes:
                if isinstance(outcome, User):
                    self._users[outcome.id] = outcome
                else:
                    self._users.pop(outcome, None)
            self._snapshot = None
            for (_, done), outcome in zip(batch, outcomes, strict=True):
                done.set_result(outcome)
        self._writer = None

    def _commit(self, changes: Sequence[Change]) -> list[User | str]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            outcomes = [change(self._database) for change in changes]
            self._database.execute("COMMIT")
            return outcomes
        except BaseException:
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            raise
