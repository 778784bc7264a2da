"""Documents that could not be opened: in sight, described by a person, taken out only on the record."""

from collections.abc import Callable

from django.test import Client

from tests.desk.conftest import OFFICER, take
from trustact.casework.dossier_of import dossier
from trustact.casework.read import read
from trustact.records.models import Event
from trustact.records.office import Office

DOCUMENT = b"PK\x03\x04 an archive"


def locked_in(office: Office) -> str:
    """The number of a document that could not be opened."""
    number = take(office, DOCUMENT)
    read(office, number, "trustact")
    return number


def test_it_is_in_sight_with_its_reason(desk: Office, sergeant: Client) -> None:
    assert "Every document received could be opened" in sergeant.get("/quarantine/").content.decode()
    number = locked_in(desk)
    page = sergeant.get("/quarantine/").content.decode()
    assert f'href="/cases/{number}/"' in page
    assert "archive, which is not read here" in page
    assert "1 document could not be opened" in sergeant.get("/").content.decode()


def test_a_person_describes_what_it_is(desk: Office, signed_in: Callable[..., Client]) -> None:
    number, officer = locked_in(desk), signed_in(OFFICER, "officer")
    sent = {
        "form": "i-247a",
        "says": "A detainer, on the paper beside me.",
        "agency": "ice-ero",
        "name": "Ye Đặng",
    }
    assert officer.post(f"/cases/{number}/describe/", sent).status_code == 302
    file = dossier(desk, number)
    assert (file.stage, file.attested_by) == ("decided", OFFICER)
    assert file.form_title.startswith("I-247A")
    assert "A detainer, on the paper beside me." in officer.get(f"/cases/{number}/").content.decode()
    again = officer.post(f"/cases/{number}/describe/", sent, follow=True).content.decode()
    assert "described already" in again


def test_a_description_that_says_nothing_is_sent_back(desk: Office, sergeant: Client) -> None:
    number = locked_in(desk)
    assert sergeant.post(f"/cases/{number}/describe/", {"form": "", "says": ""}).status_code == 422
    assert dossier(desk, number).stage == "quarantined"


def test_a_supervisor_takes_the_original_out_and_the_ledger_says_so(desk: Office, sergeant: Client) -> None:
    number = locked_in(desk)
    assert sergeant.post(f"/cases/{number}/original/").headers["Location"] == f"/cases/{number}/"
    answer = sergeant.post(f"/cases/{number}/original/", {"understood": "on"})
    assert answer.content == DOCUMENT
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{number}.original"'
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert dossier(desk, number).timeline[-1].says.startswith("Original taken out")


def test_nobody_else_does(desk: Office, signed_in: Callable[..., Client]) -> None:
    number, officer = locked_in(desk), signed_in(OFFICER, "officer")
    assert officer.post(f"/cases/{number}/original/", {"understood": "on"}).status_code == 403
    assert "Take the original out" not in officer.get(f"/cases/{number}/").content.decode()
    assert not Event.objects.filter(kind="original-taken-out").exists()
