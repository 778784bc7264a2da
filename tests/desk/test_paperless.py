"""Requests without paper, from the form to the count of the report."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from trustact.casework.dossier_of import dossier
from trustact.casework.events import case_of
from trustact.casework.read import document_bytes
from trustact.casework.rows import rows_of
from trustact.publish.report_form import Period
from trustact.records.models import Case, Event
from trustact.records.office import Office

CALL = {
    "station": "D-4",
    "channel": "phone",
    "received_at": "2025-06-01T01:00:00",
    "key": "a",
    "kind": "call",
    "asked": "To keep Mr Ye until they come, at six.",
    "basis": "a final order, he said",
    "purpose": "civil-immigration",
    "agency": "ice-ero",
    "office_named": "Boston field office",
    "caller": "Officer Lee",
    "name": "Ye Đặng",
    "birth": "1990-02-01",
    "taken_by": "Ofc. Trần Thị Lan",
}
NUMBER = "2025-00001"
YEAR = Period("2025", dt.date(2025, 1, 1), dt.date(2025, 12, 31))


def send(client: Client, **changed: str) -> Any:
    """The answer to the form with these changes."""
    return client.post("/receive/note/", {**CALL, **changed})


def test_a_call_is_a_request_like_any_other(desk: Office, sergeant: Client) -> None:
    assert send(sergeant).headers["Location"] == "/receipts/0/"
    file = dossier(desk, NUMBER)
    assert (file.stage, file.form_title) == ("decided", "Telephone call")
    assert {fact.name: fact.value for fact in file.facts} == {
        "request.form": "verbal", "request.agency": "ice-ero", "request.purpose": "civil-immigration",
    }  # fmt: skip
    assert file.attested_readings["subject.name"] == "Ye Đặng"
    page = sergeant.get(f"/cases/{NUMBER}/").content.decode()
    assert "To keep Mr Ye until they come, at six." in page
    assert "a final order, he said" in page


def test_what_was_written_down_is_the_original(desk: Office, sergeant: Client) -> None:
    send(sergeant)
    kept = json.loads(document_bytes(desk, case_of(NUMBER)))
    assert kept["asked"] == CALL["asked"]
    assert (kept["asked_at"], kept["taken_by"]) == ("2025-06-01T01:00:00-04:00", CALL["taken_by"])


@pytest.mark.parametrize(
    ("kind", "form"),
    [("email", "email"), ("look-up", "ncic-hit"), ("task-force", "other"), ("alert", "other")],
)
def test_each_kind_is_counted_as_what_it_is(desk: Office, sergeant: Client, kind: str, form: str) -> None:
    send(sergeant, kind=kind)
    (row,) = rows_of(desk, YEAR)
    assert (row.form, row.form_class, row.channel, row.station) == (form, "other", "phone", "D-4")


def test_the_form_sent_twice_is_one_request(desk: Office, sergeant: Client) -> None:
    assert send(sergeant).headers["Location"] == send(sergeant).headers["Location"]
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"asked": " "}, "This field is required"),
        ({"kind": "séance"}, "not one of the available choices"),
        ({"taken_by": ""}, "This field is required"),
        ({"birth": "1990-02-31"}, "Enter a valid date"),
        ({"received_at": "2099-01-01T00:00"}, "lies in the future"),
    ],
)
def test_a_note_that_cannot_be_is_said_and_nothing_is_kept(
    desk: Office, sergeant: Client, changed: dict[str, str], says: str
) -> None:
    answer = send(sergeant, **changed)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Event.objects.exists()


def test_what_counsel_may_not_attest_waits_for_an_officer(
    desk: Office, signed_in: Callable[..., Client]
) -> None:
    send(signed_in("A. Counsel", "counsel"))
    file = dossier(desk, NUMBER)
    assert (file.stage, file.facts) == ("read", ())
    assert [(fact.name, fact.value) for fact in file.proposed] == [("request.form", "verbal")]


def test_pasted_text_is_an_e_mail_whose_facts_wait(desk: Office, sergeant: Client) -> None:
    arrival = {"station": "HQ", "channel": "email", "key": "b", "received_at": "2025-06-01T01:00"}
    answer = sergeant.post("/receive/", {**arrival, "text": "From: lee@ice.example\n<b>Keep him</b>"})
    assert answer.headers["Location"] == "/receipts/0/"
    assert dossier(desk, NUMBER).stage == "read"
    assert "&lt;b&gt;Keep him" in sergeant.get(f"/cases/{NUMBER}/").content.decode()
    (row,) = rows_of(desk, YEAR)
    assert row.form == "email"
