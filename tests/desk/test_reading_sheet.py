"""The readings of a case as the page shows them: those that ask first, each with its piece of the page."""

from django.test import Client

from tests.desk.conftest import attest, take
from trustact.casework.dossier_of import dossier
from trustact.casework.events import case_of
from trustact.casework.read import record_reading
from trustact.desk.reading_sheet import readings
from trustact.intake.document import Read
from trustact.intake.page import Box
from trustact.intake.reading import Reading
from trustact.intake.recognise import PageForm
from trustact.records.office import Office

FAX = Read(
    pages=2,
    form="i-247a",
    form_confidence=1.0,
    readings=(
        Reading("request.date", "2025-05-30", 0.99, "accepted", 1, Box(400, 100, 460, 112)),
        Reading("subject.name", "YE, Dang", 0.6, "ask", 1, Box(90, 160, 190, 172)),
        Reading("subject.sex", "M", 0.5, "ask", 1, Box(600, 180, 608, 192)),
        Reading("basis.biometric", None, 0.5, "ask", 1, Box(10, 300, 400, 312)),
    ),
    packet=(PageForm(1, "i-247a", 1.0, first=True), PageForm(2, "i-200", 1.0, first=True)),
    page_sizes=((612, 792), (612, 792)),
)


def read_so(office: Office) -> str:
    """The number of a document read as above."""
    number = take(office)
    record_reading(office, case_of(number), FAX, "trustact")
    return number


def test_what_asks_comes_first_then_what_was_not_found(desk: Office) -> None:
    sheets = readings(dossier(desk, read_so(desk)), {})
    asked = [sheet.line.field for sheet in sheets if sheet.asks and sheet.line.found]
    assert asked == ["subject.name", "subject.sex", "basis.biometric"]
    assert [sheet.line.field for sheet in sheets][-1] == "request.date"
    missing = {sheet.line.field: sheet.line.page for sheet in sheets if not sheet.line.found}
    assert missing["subject.citizenship"] == 1
    assert missing["warrant.signer_title"] == 2
    assert "request.date" not in missing


def test_a_piece_of_the_page_shows_the_place_and_never_leaves_the_page(desk: Office) -> None:
    for sheet in readings(dossier(desk, read_so(desk)), {}):
        if sheet.cut is None:
            assert not sheet.line.found
            continue
        x0, y0, x1, y1 = sheet.line.box
        assert 0 <= sheet.cut.x <= x0
        assert x1 <= sheet.cut.x + sheet.cut.width <= sheet.cut.page.width
        assert sheet.cut.y <= y0 < y1 <= sheet.cut.y + sheet.cut.height


def test_the_page_names_the_form_of_every_page(desk: Office, sergeant: Client) -> None:
    page = sergeant.get(f"/cases/{read_so(desk)}/").content.decode()
    assert "Page 1 of 2 · I-247A Immigration Detainer" in page
    assert "Page 2 of 2 · I-200 Warrant" in page
    assert (
        page.index("Machine's guess: YE, Dang")
        < page.index("Not found on the page")
        < page.index("2025-05-30")
    )


def test_a_person_attests_what_the_machine_did_not_find(desk: Office, sergeant: Client) -> None:
    number = read_so(desk)
    attest(sergeant, number, **{"reading:subject.citizenship": "Vietnam", "reading:basis.statements": "true"})
    attested = dossier(desk, number).attested_readings
    assert (attested["subject.citizenship"], attested["basis.statements"]) == ("Vietnam", True)
    assert "subject.sex" not in attested
