"""Statements given to the driver itself, inside whatever transaction Django holds.

An append waits for its commit and should wait for little else: through Django's cursors its few statements took longer
than the commit. What they write has its values already; no default, no signal and no model stands between.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

Values = Sequence[object]


class Driver:
    """The thread's connection to the record, under Django. Its failures are Django's DatabaseError."""

    def __init__(self) -> None:
        database: BaseDatabaseWrapper = connections["default"]
        database.ensure_connection()
        database.validate_no_broken_transaction()
        self._connection = database.connection
        self._failures = database.wrap_database_errors
        self.is_postgresql = database.vendor == "postgresql"
        """Whether the record lies in PostgreSQL; in SQLite otherwise."""

    def run(self, statement: str, values: Values = ()) -> list[tuple[Any, ...]]:
        """Run a statement, its places marked `%s`; gives its rows, of several without values those of the last."""
        with self._failures:
            if self.is_postgresql:
                return self._ask_server(statement, values)
            rows: list[tuple[Any, ...]] = self._connection.execute(_marked(statement), values).fetchall()
            return rows

    def insert(self, *rows: tuple[str, Values]) -> None:
        """Write rows, each by its INSERT and its values; on PostgreSQL in one way to the server and back."""
        with self._failures:
            if self.is_postgresql:
                together = _together(*(statement for statement, _ in rows))
                self._ask_server(together, [value for _, values in rows for value in values])
                return
            for statement, values in rows:
                self._connection.execute(_marked(statement), values)

    def _ask_server(self, statement: str, values: Values) -> list[tuple[Any, ...]]:
        """Values go beside the statement, bytes as bytes; Django would write them into it, in hexadecimal."""
        from psycopg import Cursor

        cursor = Cursor(self._connection)
        cursor.execute(statement, values or None)
        while cursor.nextset():
            pass
        return cursor.fetchall() if cursor.description else []


@cache
def _marked(statement: str) -> str:
    return statement.replace("%s", "?")


@cache
def _together(*inserts: str) -> str:
    *before, last = inserts
    named = ", ".join(f"row_{number} AS ({insert})" for number, insert in enumerate(before))
    return f"WITH {named} {last}" if before else last
