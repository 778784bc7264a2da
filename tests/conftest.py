"""Offices for tests: real SQLite files, and real PostgreSQL databases where a server answers."""

import datetime as dt
import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import pytest
from hypothesis import settings

os.environ["DJANGO_SETTINGS_MODULE"] = "trustact.desk.settings"
STATE = tempfile.TemporaryDirectory(prefix="trustact-state-")  # no audit remembers another run's
os.environ["XDG_STATE_HOME"] = STATE.name
django.setup()

from tests.needs import missing
from trustact.records.office import Office, agency_of, make_office

POSTGRESQL = os.environ.get("TRUSTACT_TEST_POSTGRESQL_URL", "postgresql://127.0.0.1:5432/test")
BOSTON = agency_of("us-ma-boston")

settings.register_profile("trustact", deadline=None)
settings.load_profile("trustact")


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    STATE.cleanup()


class Clock:
    """A clock that moves only when told to."""

    def __init__(self, now: str) -> None:
        self.now = dt.datetime.fromisoformat(now)

    def __call__(self) -> dt.datetime:
        return self.now.astimezone(dt.UTC)

    def forward(self, **by: float) -> None:
        self.now += dt.timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    """Two in the morning of a June Sunday in Boston."""
    return Clock("2025-06-01T02:14:00-04:00")


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from trustact.records.connection import connect

    office = make_office(
        tmp_path_factory.mktemp("template") / "office",
        BOSTON,
        clock=Clock("2025-01-01T00:00:00-05:00"),
    )
    connect(office)
    _disconnect()
    return office.folder / "office.sqlite3"


@pytest.fixture
def office(
    tmp_path: Path, _sqlite_template: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    """An office of the Boston Police Department on SQLite."""
    from trustact.records.connection import connect

    monkeypatch.delenv("TRUSTACT_DATABASE_URL", raising=False)
    made = make_office(tmp_path / "office", BOSTON, clock=clock)
    shutil.copy(_sqlite_template, made.folder / "office.sqlite3")
    connect(made)
    yield made
    _disconnect()


@pytest.fixture(scope="session")
def postgresql_server() -> str:
    """The address of a PostgreSQL server whose databases tests may make; skips, saying so, where none answers."""
    import psycopg

    try:
        psycopg.connect(POSTGRESQL, connect_timeout=3).close()
    except psycopg.OperationalError as wrong:
        missing(f"no PostgreSQL at TRUSTACT_TEST_POSTGRESQL_URL: {str(wrong).splitlines()[0]}")
    return POSTGRESQL


@contextmanager
def _database(server: str, name: str, like: str = "template1") -> Iterator[str]:
    """A database of that name, the address of it, dropped afterwards."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
    yield server.rpartition("/")[0] + "/" + name
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def _postgresql_template(postgresql_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    from trustact.records.connection import connect

    name = f"trustact_test_{os.getpid()}"
    with _database(postgresql_server, name) as url:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("TRUSTACT_DATABASE_URL", url)
            folder = tmp_path_factory.mktemp("template") / "office"
            connect(make_office(folder, BOSTON, clock=Clock("2025-01-01T00:00:00-05:00")))
            _disconnect()
        yield name


_numbers = itertools.count()


@pytest.fixture
def postgresql_office(
    tmp_path: Path,
    postgresql_server: str,
    _postgresql_template: str,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Office]:
    """An office on a PostgreSQL database of its own."""
    from trustact.records.connection import connect

    name = f"{_postgresql_template}_{next(_numbers)}"
    with _database(postgresql_server, name, _postgresql_template) as url:
        monkeypatch.setenv("TRUSTACT_DATABASE_URL", url)
        made = make_office(tmp_path / "office", BOSTON, clock=clock)
        connect(made)
        yield made
        _disconnect()


@pytest.fixture(params=["sqlite", "postgresql"])
def either_office(request: pytest.FixtureRequest) -> Office:
    """The same office on SQLite and on PostgreSQL."""
    found: Office = request.getfixturevalue("office" if request.param == "sqlite" else "postgresql_office")
    return found


def _disconnect() -> None:
    from django.db import connections

    connections.close_all()
