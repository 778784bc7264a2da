"""The page that says why, worked out again from the archived law."""

from django.test import Client

from tests.desk.conftest import attest, take
from trustact.records.models import LawArchive
from trustact.records.office import Office


def test_every_rule_says_why_it_applied_or_not(desk: Office, sergeant: Client) -> None:
    number = take(desk)
    assert sergeant.get(f"/cases/{number}/why/").url == f"/cases/{number}/"  # type: ignore[attr-defined]
    attest(sergeant, number)
    assert f'href="/cases/{number}/why/"' in sergeant.get(f"/cases/{number}/").content.decode()
    page = sergeant.get(f"/cases/{number}/why/").content.decode()
    assert "Applies: the request form is I-247A; the person is in our custody" in page
    assert "Does not apply: there is no warrant or court order with the request" in page
    assert "us-ma/hold-notification-request" in page
    assert sergeant.get("/cases/2025-99999/why/").status_code == 404


def test_a_law_gone_from_the_archive_is_told(desk: Office, sergeant: Client) -> None:
    number = take(desk)
    attest(sergeant, number)
    LawArchive.objects.all().delete()
    answer = sergeant.get(f"/cases/{number}/why/")
    assert answer.status_code == 404
    assert "is not in the office&#x27;s archive" in answer.content.decode()
