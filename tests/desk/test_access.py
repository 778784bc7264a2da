"""Who gets in, and what every answer carries: headers, cookies, the frame around errors."""

import pytest
from django.test import Client

from tests.desk.conftest import take
from tests.desk.test_sign_in_page import code_for
from trustact.records.office import Office

PAGES = (
    "/",
    "/receive/",
    "/receive/note/",
    "/quarantine/",
    "/stations/",
    "/receipts/0/",
    "/receipts/0.pdf",
    "/receipts/0.tlog-proof",
    "/cases/2025-00001/",
    "/cases/2025-00001/page/1.png",
    "/cases/2025-00001/letter.pdf",
    "/reports/",
    "/reports/us-ma-boston/2025/",
    "/reports/us-ma-boston/2025/report.pdf",
    "/ledger/",
    "/laws/",
    "/laws/us-ma-boston/",
)
STEPS = (
    *("read", "describe", "original", "facts", "outcome", "outcome/agree", "set-aside"),
    *("letter/draft", "letter/approve", "holds/place", "holds/0/lift"),
)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_needs_sign_in(desk: Office, page: str) -> None:
    take(desk)
    answer = Client().get(page)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/sign-in/?next={page}")


@pytest.mark.parametrize("step", STEPS)
def test_every_step_needs_sign_in_and_a_form_of_ours(desk: Office, sergeant: Client, step: str) -> None:
    address = f"/cases/{take(desk)}/{step}/"
    assert Client().post(address).headers["Location"].startswith("/sign-in/")
    assert sergeant.get(address).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = sergeant.cookies
    answer = strict.post(address)
    assert answer.status_code == 403
    assert "out of date" in answer.content.decode()


HOST = "http://testserver"


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("at_its_own_address", [True, False])
def test_who_signs_in_again_for_a_step_comes_back_to_the_case(
    desk: Office, step: str, *, at_its_own_address: bool
) -> None:
    number, client = take(desk), Client()
    address = f"/cases/{number}/{step}/"
    stood_on = address if at_its_own_address else f"/cases/{number}/"
    refused = client.post(address, headers={"referer": HOST + stood_on})
    assert refused.headers["Location"] == f"/sign-in/?next=/cases/{number}/"
    answer = client.post("/sign-in/", {"code": code_for(), "next": f"/cases/{number}/"}, follow=True)
    assert (answer.status_code, answer.request["PATH_INFO"]) == (200, f"/cases/{number}/")


@pytest.mark.parametrize(
    ("posted", "stood_on", "back_to"),
    [
        ("/receive/", HOST + "/receive/", "/receive/"),
        ("/receive/note/", HOST + "/receive/note/?x=1", "/receive/note/"),
        ("/retention/12/confirm/", HOST + "/retention/", "/retention/"),
        ("/retention/erase/", "", "/retention/"),
        ("/retention/erase/", "https://elsewhere.example/receive/", "/retention/"),
        ("/retention/erase/", "http://[", "/retention/"),
        ("/retention/erase/", HOST + "//elsewhere.example/", "/"),
        ("/cases/2025-00001/read/", HOST + "/", "/"),
    ],
)
def test_a_form_sent_after_the_session_leads_back_to_its_page_and_never_elsewhere(
    desk: Office, posted: str, stood_on: str, back_to: str
) -> None:
    refused = Client().post(posted, headers={"referer": stood_on})
    assert (refused.status_code, refused.headers["Location"]) == (302, f"/sign-in/?next={back_to}")


@pytest.mark.parametrize("page", ["/", "/sign-in/", "/nowhere/"])
def test_every_answer_is_confidential_and_strict(desk: Office, sergeant: Client, page: str) -> None:
    headers = sergeant.get(page).headers if page != "/sign-in/" else Client().get(page).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    ours = ("script-src", "style-src", "form-action", "connect-src")
    assert {policy[each] for each in ours} == {"'self'"}
    assert policy["frame-ancestors"] == "'none'"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


def test_cookies_are_kept_from_scripts_and_other_sites(desk: Office) -> None:
    client = Client()
    client.get("/sign-in/")
    cookie = client.cookies["trustact_csrf"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("/nowhere/", "There is no page at this address."),
        ("/cases/2025-99999/", "There is no case 2025-99999."),
        ("/reports/us-ma-boston/1999/", "No report 1999 under us-ma-boston has been filed."),
        ("/reports/us-ma-boston/1999/report.pdf", "There is no file report.pdf"),
        ("/laws/us-xx/", "There is no law us-xx on the shelf."),
    ],
)
def test_what_is_not_there_is_said_in_one_line_in_the_frame(sergeant: Client, page: str, says: str) -> None:
    answer = sergeant.get(page)
    assert answer.status_code == 404
    assert says in answer.content.decode()
    assert "Detainer request desk" in answer.content.decode()


def test_another_host_is_refused(sergeant: Client) -> None:
    assert sergeant.get("/", headers={"host": "elsewhere.example"}).status_code == 400


def test_a_failure_tells_nothing_of_what_lies_behind(desk: Office, sergeant: Client) -> None:
    number = take(desk)
    (desk.folder / "keys" / "vault-1.key").unlink()
    sergeant.raise_request_exception = False
    answer = sergeant.get(f"/cases/{number}/")
    assert answer.status_code == 500
    assert "The desk could not do that." in answer.content.decode()
    assert "vault" not in answer.content.decode()
