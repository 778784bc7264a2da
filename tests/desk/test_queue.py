"""The queue: what it shows, and how it is narrowed."""

from django.test import Client

from tests.desk.conftest import attest, take
from trustact.records.office import Office


def test_an_empty_queue_says_how_documents_enter(sergeant: Client) -> None:
    assert "No request has been received" in sergeant.get("/").content.decode()


def test_a_case_stands_there_with_its_finding_as_a_word(desk: Office, sergeant: Client) -> None:
    number = take(desk)
    assert "Not decided yet" in sergeant.get("/").content.decode()
    attest(sergeant, number)
    page = sergeant.get("/").content.decode()
    assert f'href="/cases/{number}/"' in page
    assert "Prohibited" in page


def test_stage_and_station_narrow_it(desk: Office, sergeant: Client) -> None:
    first, second = take(desk, b"II*\0 one", "D-4"), take(desk, b"II*\0 two", "B-2")
    attest(sergeant, first)

    def shown(query: str) -> list[str]:
        page = sergeant.get("/" + query).content.decode()
        return [number for number in (first, second) if f'href="/cases/{number}/"' in page]

    assert shown("") == [first, second]
    assert shown("?station=B-2") == [second]
    assert shown("?stage=decided") == [first]
    assert shown("?stage=decided&station=B-2") == []
    assert shown("?stage=nonsense") == []


def test_a_document_logged_late_is_marked(desk: Office, sergeant: Client) -> None:
    import datetime as dt

    from trustact.casework.receive import receive

    early = desk.clock() - dt.timedelta(days=3)
    receive(desk, b"II*\0 late", station="D-4", channel="fax", received_at=early, by="Sgt. R. Okafor")
    assert "Logged late" in sergeant.get("/").content.decode()


def test_silent_stations_are_named_on_a_page_of_their_own(desk: Office, sergeant: Client) -> None:
    assert "silent for longer" not in sergeant.get("/").content.decode()
    take(desk)  # in June 2025 by the office's clock; the desk's own is the real one
    assert "silent for longer than expected" in sergeant.get("/").content.decode()
    page = sergeant.get("/stations/").content.decode()
    assert "District B-2, Roxbury" in page
    assert "Longer than expected" in page
