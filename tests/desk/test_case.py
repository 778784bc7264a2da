"""The page of a case and its steps, on a document that was read."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.desk.conftest import LIEUTENANT, OFFICER, attest, take, take_and_read
from tests.intake import paper
from trustact.casework import hold
from trustact.casework.dossier_of import dossier
from trustact.records.office import Office

NOT_ACTED_UPON = {"outcome": "not-acted-upon", "release": "bailed", "transferred_to": "none"}
HELD = {
    **NOT_ACTED_UPON,
    "outcome": "held",
    "held_past_eligibility": "on",
    "held_reason": "other-lawful-basis",
}


def text(client: Client, number: str) -> str:
    return client.get(f"/cases/{number}/").content.decode()


def test_pages_stand_beside_the_readings_with_their_places(
    desk: Office, sergeant: Client, packet: bytes
) -> None:
    number = take_and_read(desk, packet)
    page = text(sergeant, number)
    assert f'src="/cases/{number}/page/1.png"' in page
    for index in range(sum(line.found for line in dossier(desk, number).readings)):
        assert f'data-mark="mark-{index}"' in page
        assert f'<rect id="mark-{index}"' in page
    picture = sergeant.get(f"/cases/{number}/page/1.png")
    assert (picture.headers["Content-Type"], picture.headers["Cache-Control"]) == ("image/png", "no-store")
    assert picture.content.startswith(b"\x89PNG")
    assert sergeant.get(f"/cases/{number}/page/99.png").status_code == 404


def test_what_to_know_of_a_document_stands_above_its_readings(desk: Office, sergeant: Client) -> None:
    sheet = paper.inline()
    sheet.belie("Sex: F", "Sex: M", "Sex: F")
    page = text(sergeant, take_and_read(desk, paper.pdf(sheet)))
    assert "Page 1 shows other characters than its text: Sex" in page


def test_attesting_decides_and_the_page_says_why(desk: Office, sergeant: Client) -> None:
    number = take(desk)
    answer = attest(sergeant, number)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/cases/{number}/")
    page = text(sergeant, number)
    assert "Boston Code 11-1.9" in page
    assert "Evidence: operative words read" in page
    assert "Evidence: press or official summary" in page
    assert "Draft pack: counsel has not signed" in page
    assert "That is not a permission" in page


def test_what_is_missing_is_asked_next_and_says_what_stands_meanwhile(desk: Office, sergeant: Client) -> None:
    number = take(desk)
    attest(sergeant, number, custody__eligible_for_release="")
    page = text(sergeant, number)
    assert "Until this is settled:" in page
    assert 'href="#fact-custody.eligible_for_release"' in page
    assert "Ask this next" in page


def test_a_contradiction_of_facts_is_said_and_nothing_is_attested(desk: Office, sergeant: Client) -> None:
    number = take(desk)
    answer = attest(sergeant, number, warrant__issued_by="court")
    assert answer.status_code == 422
    assert "No warrant or court order came" in answer.content.decode()
    assert dossier(desk, number).facts == ()


def test_a_person_corrects_what_was_read(desk: Office, sergeant: Client, packet: bytes) -> None:
    number = take_and_read(desk, packet)
    sent = {
        "reading:subject.sex": "Female",
        "reading:basis.final_order": "true",
        "warrant__presented": "true",
    }
    assert attest(sergeant, number, **sent).status_code == 302
    file = dossier(desk, number)
    assert file.attested_readings["subject.sex"] == "Female"
    assert file.attested_readings["basis.final_order"] is True


def test_a_day_that_is_none_is_said(desk: Office, sergeant: Client, packet: bytes) -> None:
    number = take_and_read(desk, packet)
    answer = attest(
        sergeant, number, warrant__presented="true", **{"reading:subject.date_of_birth": "2025-02-30"}
    )
    assert answer.status_code == 422
    assert "Date of birth: 2025-02-30 is no day" in answer.content.decode()


def test_what_was_done_is_recorded(desk: Office, sergeant: Client) -> None:
    number = take(desk)
    attest(sergeant, number)
    assert sergeant.post(f"/cases/{number}/outcome/", NOT_ACTED_UPON).status_code == 302
    assert dossier(desk, number).stage == "acted"
    assert "The request was not acted upon." in text(sergeant, number)


def test_a_picture_that_is_still_on_its_way_takes_no_confirmation_with_it(
    desk: Office, sergeant: Client
) -> None:
    number = take(desk)
    picture = sergeant.session  # as a request for a picture found it when it began
    dict(picture.items())
    attest(sergeant, number)
    picture.save()  # and as that request, which ends later, keeps it

    assert "The facts are attested" in text(sergeant, number)


def test_a_contradiction_of_a_finding_goes_to_a_supervisor(desk: Office, sergeant: Client) -> None:
    number = take(desk)
    attest(sergeant, number)
    sergeant.post(f"/cases/{number}/outcome/", HELD)
    assert dossier(desk, number).stage == "supervisor"
    page = text(sergeant, number)
    assert "It contradicts a finding" in page
    assert "Hold past eligibility for release: done although prohibited" in page


WARRANT = {
    "warrant__presented": "true",
    "warrant__issued_by": "court",
    "warrant__signed_by": "magistrate-judge",
    "warrant__matter": "criminal",
    "warrant__names_subject": "true",
}


def test_a_hold_on_a_courts_warrant_counts_once_a_second_person_signs_in_and_agrees(
    desk: Office, sergeant: Client, signed_in: Callable[..., Client]
) -> None:
    number = take(desk)
    attest(sergeant, number, **WARRANT)
    assert sergeant.post(f"/cases/{number}/outcome/", HELD).status_code == 302
    waiting = dossier(desk, number).waiting
    assert waiting
    agree, entry = f"/cases/{number}/outcome/agree/", {"entry": waiting.entry}
    assert "other than Sgt. R. Okafor" in text(sergeant, number)
    assert "Agree as the second person" not in text(sergeant, number)
    assert "another person must agree" in sergeant.post(agree, entry, follow=True).content.decode()
    officer = signed_in(OFFICER, "officer")
    assert "Agree as the second person" not in text(officer, number)
    assert officer.post(agree, entry).status_code == 403
    assert dossier(desk, number).dispositions == ()

    lieutenant = signed_in(LIEUTENANT)
    assert "Agree as the second person" in text(lieutenant, number)
    assert lieutenant.post(agree, {"entry": "x"}).status_code == 400
    assert lieutenant.post(agree, entry).status_code == 302
    (done,) = dossier(desk, number).dispositions
    assert (done.by, done.second_person) == ("Sgt. R. Okafor", LIEUTENANT)
    assert f"agreed to by {LIEUTENANT}" in text(sergeant, number)


def test_a_legal_hold_is_placed_and_lifted_on_the_page_of_its_case(
    desk: Office, signed_in: Callable[..., Client]
) -> None:
    number = take(desk)
    officer, sergeant = signed_in(OFFICER, "officer"), signed_in()
    counsel = signed_in("Counsel Reyes", "counsel")
    place = f"/cases/{number}/holds/place/"
    assert "Place the hold" not in text(officer, number)
    assert officer.post(place, {"reason": "subpoena"}).status_code == 403
    assert "needs its reason" in sergeant.post(place, follow=True).content.decode()
    sergeant.post(place, {"reason": "subpoena, docket 25-cv-1"})
    (placed,) = hold.standing(desk)
    assert (placed.number, placed.by) == (number, "Sgt. R. Okafor")
    for person in (officer, sergeant, counsel):
        assert "A legal hold stands" in text(person, number)
        assert "Legal hold placed: subpoena, docket 25-cv-1" in text(person, number)
    lift = f"/cases/{number}/holds/{placed.entry}/lift/"
    assert "Lift the hold" not in text(sergeant, number)
    assert sergeant.post(lift, {"reason": "closed"}).status_code == 403
    assert "needs its reason" in counsel.post(lift, follow=True).content.decode()
    counsel.post(lift, {"reason": "docket closed"})
    assert hold.standing(desk) == []
    shown = text(officer, number)
    assert "A legal hold stands" not in shown
    assert "Legal hold lifted: docket closed" in shown
    assert sergeant.post("/cases/2025-99999/holds/place/", {"reason": "subpoena"}).status_code == 404


def test_a_legal_hold_is_seen_on_its_case(desk: Office, sergeant: Client) -> None:
    number, other = take(desk), take(desk, b"II*\0 other")
    hold.place(desk, number, "subpoena of 3 May", "Counsel Reyes")
    assert "Subpoena of 3 May" in text(sergeant, number)
    assert "A legal hold stands" not in text(sergeant, other)
    hold.place(desk, "", "inquiry", "Counsel Reyes")
    assert "A legal hold stands on every case" in text(sergeant, other)


@pytest.mark.parametrize(
    "sent", [{}, {**NOT_ACTED_UPON, "outcome": "deported"}, {**NOT_ACTED_UPON, "reimbursement": "-1"}]
)
def test_an_outcome_that_cannot_be_is_not_recorded(
    desk: Office, sergeant: Client, sent: dict[str, str]
) -> None:
    number = take(desk)
    attest(sergeant, number)
    assert sergeant.post(f"/cases/{number}/outcome/", sent).status_code == 422
    assert dossier(desk, number).dispositions == ()


def test_a_letter_is_drafted_and_approved(desk: Office, sergeant: Client) -> None:
    number = take(desk)
    assert sergeant.get(f"/cases/{number}/letter.pdf").status_code == 404
    attest(sergeant, number)
    sergeant.post(f"/cases/{number}/letter/draft/")
    assert "Waits for approval" in text(sergeant, number)
    assert sergeant.get(f"/cases/{number}/letter.pdf").content.startswith(b"%PDF")
    sergeant.post(f"/cases/{number}/letter/approve/")
    assert "Approved by Sgt. R. Okafor" in text(sergeant, number)


def test_a_document_that_is_no_request_is_set_aside_with_a_reason(desk: Office, sergeant: Client) -> None:
    number = take(desk)
    assert (
        "say why"
        in sergeant.post(f"/cases/{number}/set-aside/", {"reason": " "}, follow=True).content.decode()
    )
    sergeant.post(f"/cases/{number}/set-aside/", {"reason": "a menu"})
    assert dossier(desk, number).stage == "set-aside"


def test_an_officer_cannot_attest_what_a_supervisor_must(
    desk: Office, signed_in: Callable[..., Client]
) -> None:
    number = take(desk)
    attest(
        signed_in(OFFICER, "officer"),
        number,
        warrant__presented="true",
        warrant__signed_by="magistrate-judge",
    )
    assert "warrant.signed_by" not in {fact.name for fact in dossier(desk, number).facts}


def test_no_name_stands_in_an_address(desk: Office, sergeant: Client, packet: bytes) -> None:
    number = take_and_read(desk, packet)
    name = next(str(line.value) for line in dossier(desk, number).readings if line.field == "subject.name")
    page = text(sergeant, number)
    assert name in page
    addresses = [part.partition('"')[0] for part in page.split('href="')[1:] + page.split('src="')[1:]]
    assert not [address for address in addresses if any(word in address for word in name.split())]
