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
    for step in ("propose/", "0/confirm/", "erase/", "holds/place/", "holds/0/lift/"):
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


def test_a_hold_is_placed_on_the_page_and_counsel_lifts_it(
    over: Office, sergeant: Client, signed_in: Callable[..., Client]
) -> None:
    sergeant.post("/retention/propose/", PAPER)
    form = {"covers": "one", "number": "2025-00004", "reason": "subpoena, docket 25-cv-1"}
    told = sergeant.post("/retention/holds/place/", form, follow=True).content.decode()
    assert "A legal hold stands on case 2025-00004" in told
    assert "Subpoena, docket 25-cv-1" in told
    assert told.count("Held</span> Legal hold of entry") == 2
    (placed,) = hold.standing(over)
    assert (placed.number, placed.by) == ("2025-00004", "Sgt. R. Okafor")
    assert "Lift the hold" not in told
    lift = f"/retention/holds/{placed.entry}/lift/"
    assert sergeant.post(lift, {"reason": "settled"}).status_code == 403

    counsel = signed_in("Counsel Reyes", "counsel")
    assert "Lift the hold" in page(counsel)
    assert "needs its reason" in counsel.post(lift, {"reason": " "}, follow=True).content.decode()
    told = counsel.post(lift, {"reason": "docket closed"}, follow=True).content.decode()
    assert f"The legal hold of entry {placed.entry} is lifted" in told
    assert "A legal hold on it was lifted by Counsel Reyes" in told
    assert hold.standing(over) == []
    assert "No legal hold stands" in counsel.post(lift, {"reason": "again"}, follow=True).content.decode()


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"covers": "one", "reason": "subpoena"}, "Name the case, as in 2025-00007."),
        ({"covers": "every", "number": "2025-00004", "reason": "subpoena"}, "This names one case"),
        ({"covers": "one", "number": "2025-99999", "reason": "subpoena"}, "There is no case 2025-99999"),
        ({"covers": "one", "number": "<b>", "reason": "subpoena"}, "There is no case &lt;b&gt;"),
        ({"covers": "one", "number": "2025-00004", "reason": " "}, "This field is required."),
        ({"covers": "every", "reason": "subpoena" * 500}, "has at most 2000 characters"),
        ({"covers": "some", "reason": "subpoena"}, "some is not one of the available choices"),
    ],
)
def test_a_hold_that_cannot_be_placed_is_told_in_one_line_beside_what_was_written(
    over: Office, sergeant: Client, sent: dict[str, str], says: str
) -> None:
    answer = sergeant.post("/retention/holds/place/", sent)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert sent["reason"] in answer.content.decode()
    assert hold.standing(over) == []


def test_a_hold_that_was_lifted_ends_the_proposals_it_touched(
    over: Office, sergeant: Client, signed_in: Callable[..., Client]
) -> None:
    counsel = signed_in("Counsel Reyes", "counsel")
    sergeant.post("/retention/propose/", PAPER)
    (proposal,) = proposals(over)
    placed = hold.place(over, "", "inquiry", LIEUTENANT)
    counsel.post(f"/retention/holds/{placed.entry}/lift/", {"reason": "closed"})
    confirm = f"/retention/{proposal.entry}/confirm/"
    assert "is no proposal that waits" in counsel.post(confirm, follow=True).content.decode()
    assert not Case.objects.filter(stage="shredded").exists()
    sergeant.post("/retention/propose/", PAPER)
    (anew,) = proposals(over)
    assert anew.cases == proposal.cases
    assert page(counsel).count("A legal hold on it was lifted by Counsel Reyes") == 2 * len(anew.cases)
    counsel.post(f"/retention/{anew.entry}/confirm/")
    assert not Case.objects.exclude(stage="shredded").exists()


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
