"""SQLite as Django has it, but those who want to write take turns. Django looks for a backend in a module of this name."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.sqlite3 import base

from trustact.records.sqlite.turns import Turn


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions begin when it is their turn. The stubs do not know these methods of Django's."""

    _turn: Turn | None = None

    def _start_transaction_under_autocommit(self) -> None:
        """Begin. Raises OperationalError where others write for longer than `PATIENCE`."""
        self._turn = Turn(str(self.settings_dict["NAME"]) + "-turn")
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._over()
            raise

    def _commit(self) -> None:
        with self._then_over():
            super()._commit()  # type: ignore[misc]

    def _rollback(self) -> None:
        with self._then_over():
            super()._rollback()  # type: ignore[misc]

    def _close(self) -> None:
        with self._then_over():
            super()._close()  # type: ignore[misc]

    @contextmanager
    def _then_over(self) -> Iterator[None]:
        try:
            yield
        finally:
            self._over()

    def _over(self) -> None:
        turn, self._turn = self._turn, None
        if turn:
            turn.over()
