"""A page's own text is believed only where the page shows it."""

import io
from collections.abc import Sequence
from typing import cast

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from tests.intake import paper
from tests.specimens.papers import EACH_FORM_ONCE
from trustact.intake import ocr
from trustact.intake.believing import denied_of, shows_print
from trustact.intake.document import Read, read_document
from trustact.intake.form import Form
from trustact.intake.layout import rows_of
from trustact.intake.look import TEXT_LAYER
from trustact.intake.marks import plate_of
from trustact.intake.opener import open_document
from trustact.intake.page import Box
from trustact.intake.reading import Sheet, read_form, words_of
from trustact.specimens import one
from trustact.specimens.page import PrintId

BORN, NAME, DATE = "Date of Birth: 11/04/1991", "Name of Alien: OKWUOSA-BRANDT, Ngozi", "Date: March 14, 2025"
TITLE = "IMMIGRATION DETAINER - NOTICE OF ACTION"
BIOMETRIC = "biometric confirmation of the alien's identity and a records check of federal databases"
ALIKE = "page 1 shows other characters than its text: "
OTHER_WORDS = "page 1 shows other words than its text says: read as a picture"


def read(data: bytes, forms: dict[str, Form]) -> Read:
    return read_document(data, forms=list(forms.values()))


def accepted(found: Read) -> dict[str, str | bool | None]:
    return {reading.field: reading.value for reading in found.readings if reading.status == "accepted"}


def compared(data: bytes, form: Form) -> tuple[bool, list[str]]:
    """Whether the first page shows the form's print that its text says, and the fields it denies."""
    page = open_document(data).pages[0]
    rows = tuple(rows_of(words_of(page.words, page.widgets)))
    sheet = Sheet(1, rows, TEXT_LAYER, page.widgets, plate_of(page.raster))
    seen = ocr.read_page(page.raster)

    def closely(boxes: Sequence[Box]) -> list[list[str]]:
        return [[look.text for look in looks] for looks in ocr.look_again(page.raster, boxes)]

    readings = read_form(form, sheet, lambda boxes: [[] for _ in boxes])
    return shows_print(form, rows, seen, closely), denied_of(readings, sheet, seen)


@pytest.mark.parametrize(
    ("form", "print_id"), [each for each in EACH_FORM_ONCE if each[0].startswith(("i-", "ao-"))]
)
def test_what_an_honest_page_says_is_what_it_shows(
    form: str, print_id: PrintId, forms: dict[str, Form]
) -> None:
    assert compared(one(form, 5, print_id).data, forms[form]) == (True, [])


def test_a_value_the_page_does_not_show_is_asked_and_nothing_else(forms: dict[str, Form]) -> None:
    page = paper.inline()
    page.belie(BORN, BORN.replace("11/04", "11/84"), BORN)
    page.belie("Sex: F", "Sex: M", "Sex: F")
    page.belie(NAME, NAME + "ka", NAME)
    found = read(paper.pdf(page), forms)

    lying = {"subject.name", "subject.date_of_birth", "subject.sex"}
    assert accepted(found) == {field: value for field, value in paper.DETAINER.items() if field not in lying}
    assert found.remarks == (ALIKE + "subject.name, subject.date_of_birth, subject.sex",)


@pytest.mark.parametrize(
    ("words", "shown", "said"),
    [
        (DATE, DATE.replace("Date", "Sent"), DATE),
        (DATE, DATE.replace("Date", "Date of Birth"), DATE.replace("Date", "Date         ")),
        (BIOMETRIC, "statements made by the alien to an immigration officer and other reliable evidence", BIOMETRIC),
        (BIOMETRIC, "no " + BIOMETRIC, "   " + BIOMETRIC),
    ],
)  # fmt: skip
def test_print_that_says_other_words_than_it_shows_is_not_believed(
    words: str, shown: str, said: str, forms: dict[str, Form]
) -> None:
    page = paper.inline()
    page.belie(words, shown, said)

    assert compared(paper.pdf(page), forms["i-247a"])[0] is False


def test_a_form_is_not_known_by_a_title_it_does_not_show(forms: dict[str, Form]) -> None:
    page = paper.inline()
    page.belie(TITLE, "REQUEST FOR ADVANCE NOTIFICATION OF RELEASE", TITLE)
    found = read(paper.pdf(page), forms)

    assert OTHER_WORDS in found.remarks
    assert (found.form, accepted(found)) == (None, {})


def test_a_warrant_whose_text_says_it_is_a_further_page_is_found(forms: dict[str, Form]) -> None:
    warrant = paper.warrant_of_court()
    warrant.say("NOTICE TO THE DETAINEE")
    found = read(paper.pdf(paper.inline(), warrant), forms)

    assert [page.form for page in found.packet] == ["i-247a", "ao-442"]
    assert OTHER_WORDS.replace("1", "2") in found.remarks


def test_a_field_that_holds_what_it_does_not_draw_is_asked(forms: dict[str, Form]) -> None:
    filled = one("i-247a", 4, "A", "fillable")
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(filled.data)))
    field_with(writer, filled.truth["request.subject_id"])[NameObject("/V")] = TextStringObject("000123457")
    field_with(writer, filled.truth["subject.name"])[NameObject("/AP")] = DictionaryObject()
    made = io.BytesIO()
    writer.write(made)
    found = read(made.getvalue(), forms)

    assert ALIKE + "request.subject_id" in found.remarks
    assert accepted(found).items() <= filled.truth.items()
    assert {*filled.truth} - {*accepted(found)} == {"request.subject_id", "subject.name"}


def field_with(writer: PdfWriter, value: str | bool) -> DictionaryObject:
    """The field of a fillable form that holds a value."""
    form = cast("DictionaryObject", writer.root_object["/AcroForm"].get_object())
    fields = [cast("DictionaryObject", each.get_object()) for each in cast("ArrayObject", form["/Fields"])]
    return next(field for field in fields if field.get("/V") == value)
