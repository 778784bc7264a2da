"""Reads TRUSTACT_DATABASE_URL: `sqlite:///path` or `postgresql://user:password@host:port/name?option=value`.

The options are PostgreSQL's own, and `prepare_threshold`: after how many uses the server keeps a statement prepared (5
without), or `none` where a pooler shares one session among several and does not know prepared statements.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from trustact.failures import BadInput
from trustact.records.sqlite import PATIENCE

_SQLITE_START = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA foreign_keys = ON;
PRAGMA secure_delete = ON;
"""

# PostgreSQL's own default, whatever this server's is: who waited for the ledger must see what was written meanwhile.
_READ_COMMITTED = 2  # psycopg.IsolationLevel.READ_COMMITTED


class DatabaseUrlError(BadInput):
    """An address of a database that cannot be used; the message never holds its password."""


def database_settings(url: str, office: Path) -> dict[str, Any]:
    """Django's settings for the database of an address; without one, SQLite inside the office folder.

    Raises DatabaseUrlError for an address of another kind or shape.
    """
    if not url:
        return sqlite_settings(str(office / "office.sqlite3"))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise DatabaseUrlError("TRUSTACT_DATABASE_URL: the port is not a number") from None
    if parts.scheme == "sqlite" and not parts.netloc and len(parts.path) > 1:
        return sqlite_settings(
            unquote(parts.path[1:]) if parts.path.startswith("//") else unquote(parts.path)
        )
    if parts.scheme in ("postgresql", "postgres") and len(parts.path) > 1:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(port or ""),
            "OPTIONS": _options(dict(parse_qsl(parts.query))),
        }
    raise DatabaseUrlError("TRUSTACT_DATABASE_URL is neither sqlite:///path nor postgresql://user@host/name")


def _options(given: Mapping[str, str]) -> dict[str, Any]:
    threshold = given.get("prepare_threshold", "5")
    if threshold != "none" and not threshold.isdecimal():
        raise DatabaseUrlError("TRUSTACT_DATABASE_URL: prepare_threshold is neither a number nor none")
    prepared = None if threshold == "none" else int(threshold)
    return {**given, "prepare_threshold": prepared, "isolation_level": _READ_COMMITTED}


def sqlite_settings(path: str) -> dict[str, Any]:
    """Django's settings for the SQLite database in a file."""
    return {
        "ENGINE": "trustact.records.sqlite",
        "NAME": path,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": PATIENCE, "init_command": _SQLITE_START},
    }
