"""An office each earlier release left behind is migrated, opened, replayed, audited and worked on.

A release adds its own office with `python -m tests.records.fixtures.make`; none is ever made anew.
"""

import os
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from tests.conftest import Clock, _database, _disconnect
from trustact.audit.public import audit_public
from trustact.audit.source import source_of
from trustact.casework.backup import backup, restore, verify
from trustact.casework.board import queue
from trustact.casework.check import check, check_office
from trustact.casework.confirm import confirm
from trustact.casework.dossier_of import dossier
from trustact.casework.events import case_of
from trustact.casework.read import document_bytes
from trustact.casework.receive import receive
from trustact.casework.reply import letter_pdf
from trustact.casework.rotate_key import rotate_key
from trustact.records.connection import connect, prepare
from trustact.records.models import Case
from trustact.records.office import Office, open_office
from trustact.records.publication import publish_ledger

KEPT = sorted((Path(__file__).parent / "fixtures").glob("office-*.tar.gz"))
SEEN_AGAIN = b"II*\0 invented fax 3"


@pytest.fixture(params=KEPT, ids=lambda path: path.name.removesuffix(".tar.gz"))
def left_behind(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    """The office as the release left it, connected: its tables are brought up to date."""
    monkeypatch.delenv("TRUSTACT_DATABASE_URL", raising=False)
    with tarfile.open(request.param) as archive:
        archive.extractall(tmp_path, filter="data")
    office = open_office(tmp_path / "office", clock=Clock("2026-02-02T09:00:00-05:00"))
    connect(office)
    yield office
    _disconnect()


def test_every_case_opens_every_decision_replays_and_the_ledger_continues(left_behind: Office) -> None:
    kept = (left_behind.public / "checkpoint").read_bytes()
    assert len(queue(left_behind).lines) == Case.objects.count() == 6
    files = {number: dossier(left_behind, number) for number in Case.objects.values_list("number", flat=True)}
    assert [bool(file.decisions) for file in files.values()] == [True, True, True, True, False, False]
    assert letter_pdf(left_behind, "2025-00001").startswith(b"%PDF-")
    assert all(document_bytes(left_behind, case_of(number)) for number in files)
    assert check_office(left_behind).decisions == 4
    confirm(left_behind, "2025-00006", {"request.form": "i-247g"}, "Sgt. R. Okafor")
    publish_ledger(left_behind)
    fetch = source_of(str(left_behind.public))
    audited = audit_public(fetch, older={"kept": kept})
    assert audited.reports == ("us-ma-boston 2025",)
    assert check(left_behind, fetch, audited).decisions == 5


def test_what_was_indexed_is_found_again_even_after_the_first_key_is_gone(left_behind: Office) -> None:
    def again() -> bool:
        return receive(left_behind, SEEN_AGAIN, station="D-4", channel="fax", by="Sgt. R. Okafor").again

    assert again()
    rotate_key(left_behind, "Lt. T. Nguyễn")
    assert again()
    assert check_office(left_behind).decisions == 4


def test_it_moves_to_postgresql_whole(
    left_behind: Office, postgresql_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = (left_behind.public / "checkpoint").read_bytes()
    backup(left_behind, tmp_path / "office.tar", "Lt. T. Nguyễn")
    _disconnect()
    with _database(postgresql_server, f"trustact_moved_{os.getpid()}") as url:
        monkeypatch.setenv("TRUSTACT_DATABASE_URL", url)
        moved = restore(
            tmp_path / "office.tar", tmp_path / "moved", left_behind.every_key(), left_behind.clock
        )
        assert verify(moved, {"kept": kept}).replayed == 4
        assert len(queue(moved).lines) == 6
        _disconnect()


TABLES = (
    "sealed_record", "case_file", "ledger_row", "ledger_checkpoint", "event", "document", "law_archive",
)  # fmt: skip


@pytest.mark.parametrize("kept", KEPT[:1], ids=lambda path: path.name.removesuffix(".tar.gz"))
def test_filled_tables_of_the_first_release_are_migrated_on_postgresql(
    kept: Path, postgresql_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tarfile.open(kept) as archive:
        archive.extractall(tmp_path, filter="data")
    office = open_office(tmp_path / "office", clock=Clock("2026-02-02T09:00:00-05:00"))
    with _database(postgresql_server, f"trustact_first_{os.getpid()}") as url:
        monkeypatch.setenv("TRUSTACT_DATABASE_URL", url)
        prepare(office)
        call_command("migrate", "records", "0002_append_only", verbosity=0)
        _fill(office.folder / "office.sqlite3")
        connect(office)
        publish_ledger(office)
        fetch = source_of(str(office.public))
        assert check(office, fetch, audit_public(fetch)).decisions == 4
        assert len(queue(office).lines) == 6
        _disconnect()


def _fill(source: Path) -> None:
    """Every row of the record as the release wrote it in SQLite, into its tables at hand."""
    with closing(sqlite3.connect(source)) as rows, transaction.atomic(), connection.cursor() as cursor:
        for table in TABLES:
            found = rows.execute(f"SELECT * FROM {table}")
            names = ", ".join(f'"{column[0]}"' for column in found.description)
            holes = ", ".join("%s" for _ in found.description)
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({holes})", found.fetchall())
        cursor.execute("SELECT setval('case_file_id_seq', (SELECT max(id) FROM case_file))")
