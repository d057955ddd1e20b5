"""The users on disk."""

import json
import pathlib
import sqlite3
from collections.abc import Sequence
from contextlib import closing

from users_api.user import User, signed_in

TABLE = """
CREATE TABLE IF NOT EXISTS users (
    id TEXT PRIMARY KEY,
    subject TEXT NOT NULL UNIQUE,
    username TEXT NOT NULL UNIQUE,
    profile TEXT NOT NULL,
    created TEXT NOT NULL,
    updated TEXT NOT NULL,
    sign_ins INTEGER NOT NULL
) STRICT
"""
COLUMNS = "id, subject, username, profile, created, updated, sign_ins"


def open_database(folder: pathlib.Path) -> sqlite3.Connection:
    """Every commit is on disk when it returns. Transactions are begun and ended by hand."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = sqlite3.connect(folder / "users.sqlite3", isolation_level=None, check_same_thread=False)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute(TABLE)
    return database


def load_users(database: sqlite3.Connection) -> list[User]:
    """Oldest first: an id begins with its time."""
    with closing(database.execute(f"SELECT {COLUMNS} FROM users ORDER BY id")) as rows:
        return [_user(row) for row in rows]


def put_user(database: sqlite3.Connection, subject: str, profile: dict[str, str], wanted_name: str) -> User:
    """The subject's user, new or brought up to date."""
    row = database.execute(f"SELECT {COLUMNS} FROM users WHERE subject = ?", (subject,)).fetchone()
    user = signed_in(_user(row) if row else None, subject, profile, wanted_name, lambda name: _is_taken(database, name))
    database.execute(
        "INSERT OR REPLACE INTO users VALUES (?, ?, ?, ?, ?, ?, ?)",
        (user.id, subject, user.username, json.dumps(user.profile), user.created, user.updated, user.sign_ins),
    )
    return user


def delete_user(database: sqlite3.Connection, id: str) -> None:
    database.execute("DELETE FROM users WHERE id = ?", (id,))


def _user(row: Sequence) -> User:
    id, subject, username, profile, created, updated, sign_ins = row
    return User(id, subject, username, json.loads(profile), created, updated, sign_ins)


def _is_taken(database: sqlite3.Connection, username: str) -> bool:
    return database.execute("SELECT 1 FROM users WHERE username = ?", (username,)).fetchone() is not None
