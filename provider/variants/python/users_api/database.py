"""The users on disk."""

import json
import pathlib
import sqlite3
from collections.abc import Sequence
from contextlib import closing

from users_api.user import User, new_id, now

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
    """The subject's user, new or brought up to date. What a later token does not say stays as it was."""
    row = database.execute(f"SELECT {COLUMNS} FROM users WHERE subject = ?", (subject,)).fetchone()
    moment = now()
    if row:
        known = _user(row)
        updated = max(moment, known.updated)  # the clock may have been set back
        merged = known.profile | profile
        user = User(known.id, subject, known.username, merged, known.created, updated, known.sign_ins + 1)
    else:
        user = User(new_id(), subject, _free_name(database, wanted_name), profile, moment, moment, 1)
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


def _free_name(database: sqlite3.Connection, wanted: str) -> str:
    taken = database.execute("SELECT 1 FROM users WHERE username = ?", (wanted,)).fetchone()
    return f"{wanted}-{new_id()[-12:]}" if taken else wanted
