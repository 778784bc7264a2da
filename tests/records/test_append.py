"""The ledger is appended in the record's own transaction, and nothing else can be done to it."""

import contextlib
import datetime as dt
from threading import Thread

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.db.transaction import TransactionManagementError

from tests.conftest import Clock
from trustact.ledger.entry import opens, parse_entry
from trustact.ledger.verify import verify_ledger
from trustact.records.append import append, entry_bytes, particulars_of, size
from trustact.records.models import Event, LedgerRow, SealedRecord
from trustact.records.office import Office, OfficeError
from trustact.records.publication import publish_ledger, receipt_of

ATTACKS = {
    "update": 'UPDATE ledger_row SET entry = entry WHERE "index" = 1',
    "delete": 'DELETE FROM ledger_row WHERE "index" = 1',
    "replace": "INSERT OR REPLACE INTO ledger_row VALUES (1, x'00', x'00')",
    "replace the last": "INSERT OR REPLACE INTO ledger_row VALUES (2, x'00', x'00')",
    "skip ahead": "INSERT INTO ledger_row VALUES (9, ' ', ' ')",
    "upsert": "INSERT INTO ledger_row VALUES (1, ' ', ' ') ON CONFLICT (\"index\") DO UPDATE SET entry = ' '",
    "truncate": "TRUNCATE ledger_row CASCADE",
    "forget a checkpoint": "DELETE FROM ledger_checkpoint",
    "change a checkpoint": "UPDATE ledger_checkpoint SET note = note",
}
ONLY_ON = {"replace": "sqlite", "replace the last": "sqlite", "truncate": "postgresql"}


def note_three_events(office: Office) -> None:
    for number in range(3):
        append(
            office, "document-received", {"number": number}, actor="Sgt. Okafor", opening={"station": "D-4"}
        )


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_but_the_next_entry_is_taken(either_office: Office, attack: str) -> None:
    note_three_events(either_office)
    publish_ledger(either_office)
    if ONLY_ON.get(attack, connection.vendor) != connection.vendor:
        return
    before = [entry_bytes(index) for index in range(3)]
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(ATTACKS[attack])
    assert [entry_bytes(index) for index in range(size())] == before


def test_what_is_published_verifies_and_every_entry_has_a_receipt(either_office: Office) -> None:
    for number in range(300):
        append(either_office, "document-received", {"number": number}, actor="Sgt. Okafor")
    publish_ledger(either_office)
    public = either_office.public
    verified = verify_ledger(lambda path: (public / path).read_bytes(), [either_office.ledger_key])
    assert verified.size == 300
    for index in (0, 255, 256, 299):
        receipt_of(either_office, index).verify(entry_bytes(index), [either_office.ledger_key])


def test_publishing_again_writes_only_what_is_new_and_stays_consistent(office: Office) -> None:
    note_three_events(office)
    first = publish_ledger(office)
    note_three_events(office)
    publish_ledger(office)

    def fetch(path: str) -> bytes:
        return (office.public / path).read_bytes()

    assert verify_ledger(fetch, [office.ledger_key], older={"the first": first.note}).size == 6


def test_the_entry_commits_to_its_particulars_and_names_nobody(office: Office) -> None:
    index = append(
        office, "facts-attested", {"name": "Maria Teixeira"}, actor="Sgt. Okafor", opening={"on": "2025"}
    )
    entry = parse_entry(entry_bytes(index))
    record = particulars_of(office, Event.objects.get(pk=index))
    said = {"actor": "Sgt. Okafor", "case": None, "particulars": {"name": "Maria Teixeira"}}
    assert opens(entry.sealed or "", bytes.fromhex(record["salt"]), said)
    assert opens(entry.public or "", bytes.fromhex(record["opening_salt"]), {"on": "2025"})
    assert b"Teixeira" not in entry_bytes(index)
    assert b"Okafor" not in entry_bytes(index)


def test_a_failed_transaction_leaves_no_entry(either_office: Office) -> None:
    note_three_events(either_office)
    with transaction.atomic():
        append(either_office, "document-received", {}, actor="Sgt. Okafor")
        transaction.set_rollback(True)
    assert size() == 3
    assert LedgerRow.objects.count() == 3


def test_an_append_that_fails_takes_the_whole_transaction_with_it(either_office: Office) -> None:
    note_three_events(either_office)

    def both() -> None:
        with transaction.atomic():
            append(either_office, "document-received", {}, actor="Sgt. Okafor")
            with contextlib.suppress(ValueError):
                append(either_office, "No kind", {}, actor="Sgt. Okafor")
            append(either_office, "document-received", {}, actor="Sgt. Okafor")

    with pytest.raises(TransactionManagementError):
        both()
    assert size() == Event.objects.count() == SealedRecord.objects.count() == 3


def test_a_clock_that_steps_back_never_puts_an_entry_before_the_last(office: Office, clock: Clock) -> None:
    append(office, "document-received", {}, actor="Sgt. Okafor")
    clock.forward(hours=-3)
    append(office, "document-received", {}, actor="Sgt. Okafor")
    first, second = (parse_entry(entry_bytes(index)).at for index in (0, 1))
    assert second == first == dt.datetime(2025, 6, 1, 6, 14, tzinfo=dt.UTC)


def write_at_once(office: Office) -> int:
    """How many entries four writers of ten each have published."""

    def write(writer: int) -> None:
        for number in range(10):
            append(office, "document-received", {"writer": writer, "number": number}, actor="Sgt. Okafor")
        connections.close_all()

    writers = [Thread(target=write, args=(writer,)) for writer in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    publish_ledger(office)
    return verify_ledger(lambda path: (office.public / path).read_bytes(), [office.ledger_key]).size


def test_many_writers_at_once_lose_nothing(either_office: Office) -> None:
    assert write_at_once(either_office) == 40


def test_nor_do_they_on_a_server_of_another_isolation(postgresql_office: Office) -> None:
    with connection.cursor() as cursor:
        name = connection.settings_dict["NAME"]
        cursor.execute(f"ALTER DATABASE \"{name}\" SET default_transaction_isolation = 'repeatable read'")
    connection.close()
    assert write_at_once(postgresql_office) == 40


def test_a_lost_row_is_one_clear_line(office: Office) -> None:
    note_three_events(office)
    publish_ledger(office)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("DROP TRIGGER ledger_row_no_delete")
        cursor.execute('DELETE FROM ledger_row WHERE "index" = 1')
    with pytest.raises(OfficeError, match="the record has lost entry 1 of the ledger"):
        publish_ledger(office)
    with pytest.raises(OfficeError, match="the record has lost entry 1 of the ledger"):
        append(office, "document-received", {}, actor="Sgt. Okafor")
