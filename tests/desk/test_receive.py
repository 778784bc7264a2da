"""Documents handed in at the desk: the receipt at once, each document once, and one line for what is refused."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from trustact.casework.board import queue
from trustact.casework.dossier_of import dossier
from trustact.ledger.proof import parse_proof
from trustact.records.append import entry_bytes
from trustact.records.models import Event
from trustact.records.office import Office

FAX = b"II*\0 no picture"
ARRIVAL = {"station": "D-4", "channel": "fax", "received_at": "2025-05-31T22:10", "key": "a"}


def hand_in(client: Client, *documents: bytes, **changed: str) -> Any:
    """The answer to documents sent as the form sends them."""
    files = [SimpleUploadedFile(f"fax-{number}.tif", data) for number, data in enumerate(documents)]
    return client.post("/receive/", {**ARRIVAL, **changed, "documents": files})


def test_a_document_has_its_receipt_before_anything_reads_it(desk: Office, sergeant: Client) -> None:
    answer = hand_in(sergeant, FAX)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/receipts/0/")
    page = sergeant.get("/receipts/0/").content.decode()
    assert "2025-00001" in page
    assert "May 31, 2025 22:10" in page
    assert "District D-4, South End" in page
    file = dossier(desk, "2025-00001")
    assert (file.stage, file.timeline[0].actor) == ("received", "Sgt. R. Okafor")


def test_many_at_once_are_a_case_each(desk: Office, sergeant: Client) -> None:
    assert hand_in(sergeant, FAX, FAX + b"2", FAX + b"3").headers["Location"] == "/receipts/0,1,2/"
    assert "3 documents received" in sergeant.get("/receipts/0,1,2/").content.decode()
    assert len(queue(desk).lines) == 3


def test_the_form_sent_twice_is_one_arrival_and_a_new_form_another(desk: Office, sergeant: Client) -> None:
    first, again, later = (hand_in(sergeant, FAX, key=key).headers["Location"] for key in "aab")
    assert first == again != later
    assert len(dossier(desk, "2025-00001").receipts) == 2
    assert hand_in(sergeant, FAX + b"2", key="a").headers["Location"] == "/receipts/2/"
    assert "The same bytes came before" in sergeant.get(later).content.decode()


def test_what_is_refused_is_told_and_the_rest_is_received(desk: Office, sergeant: Client) -> None:
    answer = hand_in(sergeant, FAX, b"")
    page = sergeant.get(answer.headers["Location"]).content.decode()
    assert "fax-1.tif: the document is empty" in page
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"station": ""}, "This field is required"),
        ({"station": "Z-9"}, "not one of the available choices"),
        ({"received_at": "yesterday"}, "yesterday is no moment"),
        ({"received_at": "2099-06-02T00:00"}, "lies in the future"),
    ],
)
def test_an_arrival_that_cannot_be_is_said(
    desk: Office, sergeant: Client, changed: dict[str, str], says: str
) -> None:
    answer = hand_in(sergeant, FAX, **changed)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Event.objects.exists()


def test_without_a_file_nothing_is_received(desk: Office, sergeant: Client) -> None:
    assert "Choose a file" in hand_in(sergeant).content.decode()
    assert not Event.objects.exists()


def test_more_than_fits_one_sending_is_said(desk: Office, sergeant: Client) -> None:
    with override_settings(FILE_UPLOAD_MAX_MEMORY_SIZE=1000):
        assert "hand them in one by one" in hand_in(sergeant, FAX * 100).content.decode()


def test_station_and_channel_are_offered_again(desk: Office, sergeant: Client) -> None:
    hand_in(sergeant, FAX)
    page = sergeant.get("/receive/").content.decode()
    assert re.findall(r'value="([^"]+)" selected', page) == ["D-4", "fax"]


def test_the_proof_of_a_receipt_verifies_without_the_office(desk: Office, sergeant: Client) -> None:
    hand_in(sergeant, FAX)
    answer = sergeant.get("/receipts/0.tlog-proof")
    proof = parse_proof(answer.content)
    assert proof.verify(entry_bytes(0), [desk.ledger_key]).size == 1
    assert answer.headers["Content-Disposition"] == 'attachment; filename="receipt-0.tlog-proof"'


def test_the_receipt_is_printed(desk: Office, sergeant: Client) -> None:
    hand_in(sergeant, FAX)
    assert sergeant.get("/receipts/0.pdf").content.startswith(b"%PDF")


@pytest.mark.parametrize(
    "address", ["/receipts/7/", "/receipts/0,7/", "/receipts/7.pdf", "/receipts/7.tlog-proof"]
)
def test_a_receipt_that_was_never_given_is_not_found(desk: Office, sergeant: Client, address: str) -> None:
    hand_in(sergeant, FAX)
    answer = sergeant.get(address)
    assert answer.status_code == 404
    assert "There is no receipt 7" in answer.content.decode()


def test_it_is_read_when_a_person_asks(desk: Office, signed_in: Callable[..., Client]) -> None:
    officer = signed_in("Ofc. Trần Thị Lan", "officer")
    hand_in(officer, FAX)
    assert "Read it now" in officer.get("/cases/2025-00001/").content.decode()
    assert "could not be opened" in officer.post("/cases/2025-00001/read/", follow=True).content.decode()
    assert dossier(desk, "2025-00001").stage == "quarantined"
