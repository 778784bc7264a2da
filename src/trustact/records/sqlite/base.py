"""SQLite as Django has it, but who waits to write asks again every few milliseconds.

SQLite's own waiting asks at longer and longer intervals, up to 100 ms, and loses each time to whoever writes without a
pause: with five writers one receipt in a hundred took two seconds (bench/results/2026-11-28-receipt.md).
"""

import sqlite3
from time import monotonic, sleep

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from trustact.records.sqlite import PATIENCE

_AGAIN = 0.003
_KIND = 0xFF
"""The part of an extended error code that says which error it is."""


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection; its transactions begin as soon as nobody else writes."""

    def _start_transaction_under_autocommit(self) -> None:
        """Begin. Raises OperationalError where others write for longer than `PATIENCE`."""
        until = monotonic() + PATIENCE
        self._wait_in_sqlite(0)
        try:
            while not self._begun(last=monotonic() >= until):
                sleep(_AGAIN)
        finally:
            self._wait_in_sqlite(PATIENCE)

    def _begun(self, *, last: bool) -> bool:
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # the stubs know it not
        except OperationalError as wrong:
            code = getattr(wrong.__cause__, "sqlite_errorcode", 0)
            if last or code & _KIND != sqlite3.SQLITE_BUSY:
                raise
            return False
        return True

    def _wait_in_sqlite(self, seconds: int) -> None:
        self.connection.execute(f"PRAGMA busy_timeout = {seconds * 1000}")
