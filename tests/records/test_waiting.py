"""Who waits to write to SQLite writes as soon as the other is done, and is told where the other never is."""

import signal
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from django.db import OperationalError, connection, transaction

from trustact.records.models import LawArchive
from trustact.records.office import Office
from trustact.records.sqlite import turns


def other(office: Office) -> sqlite3.Connection:
    found = sqlite3.connect(office.folder / "office.sqlite3", isolation_level=None, check_same_thread=False)
    found.execute("BEGIN IMMEDIATE")
    return found


def test_it_begins_once_the_other_has_written(office: Office) -> None:
    with closing(other(office)) as writing:
        timer = threading.Timer(0.2, writing.commit)
        timer.start()
        with transaction.atomic():
            LawArchive.objects.create(digest="one", archive=b"")
        timer.join()
    assert LawArchive.objects.count() == 1


def test_a_turn_is_waited_for_and_given_up_after_its_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(tmp_path / "turn")
    first = turns.Turn(path)
    monkeypatch.setattr(turns, "PATIENCE", 0.05)
    with pytest.raises(OperationalError, match="locked"):
        turns.Turn(path)
    threading.Timer(0.2, first.over).start()
    monkeypatch.setattr(turns, "PATIENCE", 60)
    turns.Turn(path).over()  # also after the one who gave up was given the turn
    turns.Turn(path).over()


def test_who_is_interrupted_while_waiting_takes_no_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(tmp_path / "turn")
    first = turns.Turn(path)
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    with pytest.raises(KeyboardInterrupt):
        turns.Turn(path)
    signal.signal(signal.SIGALRM, before)
    first.over()
    monkeypatch.setattr(turns, "PATIENCE", 2)
    for _ in range(2000):
        turns.Turn(path).over()


def test_where_no_file_can_be_made_sqlite_decides(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    (office.folder / "office.sqlite3-turn").unlink(missing_ok=True)
    (office.folder / "office.sqlite3-turn").mkdir()
    with transaction.atomic():
        LawArchive.objects.create(digest="one", archive=b"")
    assert LawArchive.objects.count() == 1


def test_after_its_patience_it_says_so_and_goes_on_later(office: Office) -> None:
    connection.ensure_connection()
    connection.connection.execute("PRAGMA busy_timeout = 0")
    with closing(other(office)), pytest.raises(OperationalError, match="locked"), transaction.atomic():
        LawArchive.objects.create(digest="one", archive=b"")
    with transaction.atomic():
        LawArchive.objects.create(digest="two", archive=b"")
    assert not connection.in_atomic_block
    assert LawArchive.objects.count() == 1
