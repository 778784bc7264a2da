"""The page of retention: a dry run, a proposal, and another person who signed in and confirms it."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.casework.test_report import a_year
from tests.desk.conftest import LIEUTENANT, OFFICER
from trustact.casework import hold
from trustact.casework.publish import publish
from trustact.casework.report import report
from trustact.casework.shred import proposals
from trustact.desk.opened import _opened
from trustact.records.append import append
from trustact.records.models import Case, Event
from trustact.records.office import Office

PAPER = {"approval": "Supervisor of Records, letter of 2 May 2033"}


# The desk goes by the real clock, so the agency's own schedule is a short one.
SCHEDULE = """
schedule: us-ma-boston
set_by: Counsel Reyes
set_on: 2025-01-01
rules:
  - id: us-ma-boston/ten-days
    covers: [requests, set-aside]
    keep: {days: 10}
    approval: written approval of the Supervisor of Records
    cite: Standing Order 7
    evidence: unverified
    says: Ten days after the last entry.
"""


@pytest.fixture
def over(desk: Office) -> Office:
    """A desk whose cases of a filed year have been kept as long as its schedule says."""
    own = desk.folder / "laws" / "us-ma-boston"
    own.mkdir(parents=True)
    (own / "retention.yaml").write_text(SCHEDULE)
    a_year(desk)
    report(desk, "us-ma-boston", "2025", "Commissioner's office")
    return desk


def page(client: Client) -> str:
    return client.get("/retention/").content.decode()


def test_it_is_for_supervisors_and_counsel(over: Office, signed_in: Callable[..., Client]) -> None:
    officer = signed_in(OFFICER, "officer")
    assert officer.get("/retention/").status_code == 403
    for step in ("propose/", "0/confirm/", "erase/"):
        assert officer.post(f"/retention/{step}", PAPER).status_code == 403
    assert 'href="/retention/"' not in officer.get("/").content.decode()
    counsel = signed_in("Counsel Reyes", "counsel")
    assert 'href="/retention/"' in counsel.get("/").content.decode()
    assert Client().get("/retention/").status_code == 302


def test_the_page_is_a_dry_run(over: Office, sergeant: Client) -> None:
    before = Event.objects.count()
    shown = page(sergeant)
    assert "Standing Order 7" in shown
    assert shown.count("May go") == 4
    assert "Propose to shred 4 cases" in shown
    assert Event.objects.count() == before


def test_one_person_proposes_and_another_who_signs_in_confirms(
    over: Office, sergeant: Client, signed_in: Callable[..., Client]
) -> None:
    assert "asks for written approval" in sergeant.post("/retention/propose/", follow=True).content.decode()
    sergeant.post("/retention/propose/", PAPER)
    (proposal,) = proposals(over)
    assert (proposal.by, proposal.approval) == ("Sgt. R. Okafor", PAPER["approval"])
    shown = page(sergeant)
    assert "Another person than you must sign in and confirm it" in shown
    assert "Confirm and shred" not in shown
    assert "Propose to shred" not in shown
    confirm = f"/retention/{proposal.entry}/confirm/"
    assert "another person must confirm it" in sergeant.post(confirm, follow=True).content.decode()
    assert (
        "nobody proposed already" in sergeant.post("/retention/propose/", PAPER, follow=True).content.decode()
    )

    lieutenant = signed_in(LIEUTENANT)
    assert "Confirm and shred" in page(lieutenant)
    told = lieutenant.post(confirm, follow=True).content.decode()
    assert "Shredded: 2025-00001, 2025-00002, 2025-00003, 2025-00004" in told
    assert set(Case.objects.values_list("stage", flat=True)) == {"shredded"}
    actors = dict(Event.objects.filter(kind__startswith="shredding-").values_list("kind", "actor"))
    assert actors == {
        "shredding-proposed": "Sgt. R. Okafor",
        "shredding-confirmed": LIEUTENANT,
        "shredding-erased": LIEUTENANT,
    }
    assert "is no proposal that waits" in lieutenant.post(confirm, follow=True).content.decode()
    publish(over)


def test_a_legal_hold_is_seen_and_keeps_its_case(
    over: Office, sergeant: Client, signed_in: Callable[..., Client]
) -> None:
    sergeant.post("/retention/propose/", PAPER)
    placed = hold.place(over, "2025-00004", "subpoena of 3 May", "Counsel Reyes")
    lieutenant = signed_in(LIEUTENANT)
    shown = page(lieutenant)
    assert "Subpoena of 3 May" in shown
    assert shown.count(f"Legal hold of entry {placed.entry}, placed by Counsel Reyes") == 2
    told = lieutenant.post(f"/retention/{proposals(over)[0].entry}/confirm/", follow=True).content.decode()
    assert f"2025-00004 stays: legal hold of entry {placed.entry}" in told
    assert list(Case.objects.exclude(stage="shredded").values_list("number", flat=True)) == ["2025-00004"]


def test_an_interrupted_shredding_is_told_and_mended(desk: Office, sergeant: Client) -> None:
    append(desk, "shredding-confirmed", {"cases": [], "proposal": 0}, actor=LIEUTENANT)
    assert "A shredding was interrupted" in page(sergeant)
    assert "written anew" in sergeant.post("/retention/erase/", follow=True).content.decode()
    assert "A shredding was interrupted" not in page(sergeant)


def test_an_office_without_a_schedule_says_so(desk: Office, sergeant: Client) -> None:
    assert "No case has been kept" in page(sergeant)
    office = desk.folder / "office.yaml"
    office.write_text(office.read_text().replace('law: "us-ma-boston"', 'law: "us"'))
    _opened.cache_clear()
    assert "No retention schedule on the shelf of us or below" in page(sergeant)
