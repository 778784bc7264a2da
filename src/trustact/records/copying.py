"""Copies a whole record between databases: a consistent SQLite file of it, and back into SQLite or PostgreSQL."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model, QuerySet

from trustact.records.database_url import sqlite_settings
from trustact.records.models import LedgerRow, SealedRecord
from trustact.records.office import OfficeError

_COPY = "copy"
_ROWS = 200


def copy_out(path: Path) -> None:
    """Write the record as it stands at one moment into a new SQLite file, while others read and write on.

    Raises OfficeError where the record cannot be read or the file not written.
    """
    try:
        if connection.vendor == "sqlite":
            _copy_file(path)
            return
        with _database(path):
            call_command("migrate", database=_COPY, verbosity=0, interactive=False)
            with transaction.atomic():
                _hold_the_moment()
                _copy_rows("default", _COPY)
    except (DatabaseError, sqlite3.Error, OSError) as wrong:
        raise OfficeError(f"the record cannot be copied to {path}: {_line(wrong)}") from None


def copy_in(path: Path) -> None:
    """Put the record of such a file into the PostgreSQL database at hand, which must hold no office.

    Its tables must be there. Raises OfficeError where it holds one, or the file cannot be copied.
    """
    try:
        if LedgerRow.objects.exists() or SealedRecord.objects.exists():
            raise OfficeError(
                "the database of TRUSTACT_DATABASE_URL holds an office already: name an empty one"
            )
        with _database(path):
            call_command("migrate", database=_COPY, verbosity=0, interactive=False)
            with transaction.atomic():
                _copy_rows(_COPY, "default")
                _continue_counting()
    except DatabaseError as wrong:
        raise OfficeError(f"the record of the backup cannot be restored: {_line(wrong)}") from None


def check_release(path: Path) -> None:
    """Raises OfficeError where the record in a SQLite file is damaged, or was written by a later release."""
    try:
        with _database(path) as alias:
            executor = MigrationExecutor(connections[alias])
            later = sorted(executor.loader.applied_migrations.keys() - executor.loader.disk_migrations.keys())
            with connections[alias].cursor() as cursor:
                cursor.execute("PRAGMA quick_check(1)")
                state = cursor.fetchone()[0]
    except DatabaseError as wrong:
        raise OfficeError(f"the record of the backup cannot be read: {_line(wrong)}") from None
    if state != "ok":
        raise OfficeError(f"the record of the backup is damaged: {state}")
    if later:
        raise OfficeError(
            f"a later release of trustact wrote this backup ({'.'.join(later[0])}): use that release"
        )


def _copy_file(path: Path) -> None:
    connection.ensure_connection()
    target = sqlite3.connect(path)
    try:
        connection.connection.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")
    finally:
        target.close()


@contextmanager
def _database(path: Path) -> Iterator[str]:
    """A SQLite file as a second database of this process."""
    wanted = {_COPY: sqlite_settings(str(path)), "default": {}}
    connections.settings[_COPY] = connections.configure_settings(wanted)[_COPY]
    try:
        yield _COPY
    finally:
        connections[_COPY].close()
        del connections[_COPY]
        del connections.settings[_COPY]


def _hold_the_moment() -> None:
    """What this transaction reads is all of one moment, whatever others write."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _models() -> list[type[Model]]:
    return list(apps.get_models(include_auto_created=True))


def _copy_rows(source: str, target: str) -> None:
    """Every row of every table. What migrations put into the target's tables goes first: it is in the source too."""
    with transaction.atomic(using=target):
        for model in _models():
            QuerySet(model, using=target).delete()
        for model in _models():
            rows: Iterator[Any] = QuerySet(model, using=source).order_by("pk").iterator(chunk_size=_ROWS)
            while some := list(islice(rows, _ROWS)):
                QuerySet(model, using=target).bulk_create(some)


def _continue_counting() -> None:
    """Numbers that PostgreSQL gives go on after the highest that was copied."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)


def _line(wrong: Exception) -> str:
    return str(wrong).strip().partition("\n")[0]
