"""The sign-in page: its banner, its one field, and what it does with wrong codes."""

import pytest
from django.test import Client

from trustact.casework.clock import now
from trustact.desk.signin import issue_code, person_named
from trustact.records.office import Office


def code_for(name: str = "Sgt. R. Okafor") -> str:
    return issue_code(person_named(name, "supervisor"), now())


def test_the_banner_stands_before_sign_in(desk: Office) -> None:
    page = Client().get("/sign-in/").content.decode()
    assert "Restricted system" in page
    assert "This system belongs to the Boston Police Department" in page


def test_a_code_opens_a_session_once(either_desk: Office) -> None:
    code = code_for()
    client = Client()
    answer = client.post("/sign-in/", {"code": code})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert client.get("/").status_code == 200
    again = Client()
    assert again.post("/sign-in/", {"code": code}).status_code == 403
    assert again.get("/").status_code == 302


def test_a_code_is_never_taken_from_an_address(desk: Office) -> None:
    client = Client()
    assert client.get(f"/sign-in/?code={code_for()}").status_code == 200
    assert client.get("/").status_code == 302


def test_after_five_wrong_codes_even_the_right_one_waits(desk: Office) -> None:
    client = Client()
    assert [client.post("/sign-in/", {"code": "wrong"}).status_code for _ in range(5)] == [403] * 5
    answer = client.post("/sign-in/", {"code": code_for()})
    assert answer.status_code == 429
    assert "Wait five minutes" in answer.content.decode()
    assert client.get("/").status_code == 302


@pytest.mark.parametrize(
    ("wanted", "goes_to"),
    [("/ledger/", "/ledger/"), ("https://elsewhere.example/", "/"), ("//elsewhere.example/", "/"), ("", "/")],
)
def test_sign_in_goes_to_the_page_wanted_but_never_elsewhere(desk: Office, wanted: str, goes_to: str) -> None:
    answer = Client().post("/sign-in/", {"code": code_for(), "next": wanted})
    assert answer.headers["Location"] == goes_to


def test_signing_out_ends_the_session(sergeant: Client) -> None:
    assert sergeant.get("/").status_code == 200
    assert sergeant.post("/sign-out/").status_code == 302
    assert sergeant.get("/").status_code == 302
