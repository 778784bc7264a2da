"""Receive: in the ledger before anything reads it, once for the same bytes, whatever goes wrong later."""

import datetime as dt
import hashlib

import pytest

from tests.conftest import Clock
from trustact.casework import Refused
from trustact.casework.events import case_of, happenings
from trustact.casework.read import document_bytes, read
from trustact.casework.receive import receive
from trustact.ledger.entry import opens, parse_entry
from trustact.ledger.receipt import document_commitment
from trustact.records.append import entry_bytes, size
from trustact.records.models import Case, Document, SealedRecord
from trustact.records.office import Office
from trustact.records.publication import receipt_of
from trustact.specimens import one

FAX = b"II*\0 not really a fax"
DIGEST = hashlib.sha256(FAX).hexdigest()


def take(
    office: Office, data: bytes = FAX, station: str = "D-4", received_at: dt.datetime | None = None
) -> str:
    return receive(
        office,
        data,
        station=station,
        channel="fax",
        filename="a.tif",
        received_at=received_at,
        by="Sgt. Okafor",
    ).number


def test_a_received_document_is_sealed_whole_and_in_the_ledger(either_office: Office) -> None:
    receipt = receive(either_office, FAX, station="D-4", channel="fax", by="Sgt. Okafor")
    assert (receipt.number, receipt.entry, receipt.again) == ("2025-00001", 0, False)
    receipt_of(either_office, receipt.entry).verify(entry_bytes(receipt.entry), [either_office.ledger_key])
    assert document_bytes(either_office, case_of(receipt.number)) == FAX
    sealed = [bytes(record.ciphertext) for record in SealedRecord.objects.all()]
    assert not any(FAX in blob or b"D-4" in blob for blob in sealed)


def test_the_entry_commits_to_day_station_channel_and_document(office: Office) -> None:
    number = take(office)
    happened = happenings(office, case_of(number))[0]
    entry = parse_entry(entry_bytes(0))
    document = document_commitment(bytes.fromhex(happened.particulars["document_salt"]), len(FAX), DIGEST)
    coarse = {"channel": "fax", "received_on": "2025-06-01", "station": "D-4"}
    assert happened.opening == {**coarse, "document": document}
    assert opens(entry.public or "", bytes.fromhex(happened.opening_salt), happened.opening)


def test_the_same_bytes_again_are_one_document_received_twice(either_office: Office) -> None:
    first, again = take(either_office), take(either_office, station="A-1")
    assert first == again
    assert (Case.objects.count(), Document.objects.count(), size()) == (1, 1, 2)
    assert parse_entry(entry_bytes(1)).refs == (0,)


def test_cases_are_numbered_by_the_year_in_which_their_document_came(office: Office, clock: Clock) -> None:
    take(office, b"II*\0 one")
    take(office, b"II*\0 two")
    clock.forward(days=365)
    assert take(office, b"II*\0 three") == "2026-00001"
    late = dt.datetime.fromisoformat("2025-12-31T23:30:00-05:00")
    assert take(office, b"II*\0 four", received_at=late) == "2025-00003"


def test_a_late_document_is_shown_as_late(office: Office) -> None:
    number = take(office, received_at=dt.datetime.fromisoformat("2025-05-01T10:00:00-04:00"))
    assert happenings(office, case_of(number))[0].particulars["late"] is True


@pytest.mark.parametrize(
    ("data", "station", "received_at", "says"),
    [
        (b"", "D-4", None, "the document is empty"),
        (FAX, "  ", None, "at which station"),
        (FAX, "D-4", dt.datetime(2025, 6, 1), "needs its offset"),
        (FAX, "D-4", dt.datetime.fromisoformat("2025-06-02T00:00:00-04:00"), "lies in the future"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_leaves_nothing(
    office: Office, data: bytes, station: str, received_at: dt.datetime | None, says: str
) -> None:
    with pytest.raises(Refused, match=says):
        take(office, data, station, received_at)
    assert (size(), Case.objects.count()) == (0, 0)


def test_a_document_that_cannot_be_read_stays_sealed_and_in_sight(office: Office) -> None:
    number = take(office, b"not a document at all")
    assert read(office, number, "trustact") is None
    assert case_of(number).stage == "quarantined"
    assert document_bytes(office, case_of(number)) == b"not a document at all"
    assert "first bytes" in happenings(office, case_of(number))[-1].particulars["error"]


def test_a_form_dated_after_it_came_is_asked(office: Office) -> None:
    number = take(office, one("i-247a", 5, issued=dt.date(2026, 6, 2)).data)
    found = read(office, number, "trustact")
    assert found is not None
    dates = {reading.field: (reading.value, reading.status) for reading in found.readings}
    assert dates["request.date"] == ("2026-06-02", "ask")
    assert dates["subject.date_of_birth"][1] == "accepted"
