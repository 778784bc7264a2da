"""Connects this process to an office's database: configures Django once, creates or updates the tables."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, connections

from trustact.records.database_url import DatabaseUrlError, database_settings
from trustact.records.office import Office, OfficeError


def connect(office: Office) -> None:
    """Make the office's database the one this process writes, its tables up to date.

    Raises OfficeError when the database cannot be reached or written.
    """
    prepare(office)
    try:
        _migrate(office)
    except DatabaseError as wrong:
        raise OfficeError(f"the database of {office.folder} cannot be used: {_first_line(wrong)}") from None


def prepare(office: Office) -> None:
    """Make the office's database the one this process writes, as it stands. Raises OfficeError for its address."""
    os.environ["TRUSTACT_OFFICE"] = str(office.folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trustact.records.settings")
    try:
        wanted = database_settings(os.environ.get("TRUSTACT_DATABASE_URL", ""), office.folder)
        django.setup()
        if settings.DATABASES["default"]["NAME"] != wanted["NAME"]:
            _point_at(wanted)
    except DatabaseUrlError as wrong:
        raise OfficeError(str(wrong)) from None


def _point_at(wanted: dict[str, object]) -> None:
    connections.close_all()
    settings.DATABASES["default"].update(wanted)
    if any(opened.alias == "default" for opened in connections.all(initialized_only=True)):
        del connections["default"]
    connections.settings = connections.configure_settings(settings.DATABASES)


def _migrate(office: Office) -> None:
    """Bring the tables up to date; of several processes that begin together one does it, the others wait."""
    if not _are_behind():
        return
    with (office.folder / "tables.lock").open("a", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _are_behind():
            call_command("migrate", verbosity=0, interactive=False)


def _are_behind() -> bool:
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _first_line(wrong: Exception) -> str:
    return str(wrong).strip().partition("\n")[0]


@contextmanager
def only_desk(office: Office) -> Iterator[None]:
    """Hold the office's desk for this process. Raises OfficeError when another process holds it."""
    with _only_one(office, "desk.lock", "a desk already serves"):
        yield


@contextmanager
def only_intake(office: Office) -> Iterator[None]:
    """Hold the office's channels for this process. Raises OfficeError when another process holds them."""
    with _only_one(office, "intake.lock", "an intake already runs for"):
        yield


@contextmanager
def only_reader(office: Office, reader: str) -> Iterator[None]:
    """Hold a reader's name for this process. Raises OfficeError while another process of that name still lives."""
    with _only_one(office, f"{reader}.lock", f"{reader} already reads for"):
        yield


@contextmanager
def _only_one(office: Office, name: str, says: str) -> Iterator[None]:
    with (office.folder / name).open("a+", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            raise OfficeError(f"{says} {office.folder} (process {holder}): stop it first") from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield
