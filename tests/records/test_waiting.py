"""Who waits to write to SQLite writes as soon as the other is done, and is told where the other never is."""

import sqlite3
import threading
from contextlib import closing

import pytest
from django.db import OperationalError, connection, transaction

from trustact.records.models import LawArchive
from trustact.records.office import Office
from trustact.records.sqlite import base


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


def test_after_its_patience_it_says_so_and_goes_on_later(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "PATIENCE", 0)
    with closing(other(office)), pytest.raises(OperationalError, match="locked"), transaction.atomic():
        LawArchive.objects.create(digest="one", archive=b"")
    with transaction.atomic():
        LawArchive.objects.create(digest="two", archive=b"")
    assert not connection.in_atomic_block
    assert LawArchive.objects.count() == 1
