"""Values at the places of a known print: what is accepted there, and what is looked at again."""

import msgspec

from trustact.intake.form import Form, ValueKind, read_forms
from trustact.intake.look import Look
from trustact.intake.page import Box
from trustact.intake.placed import Seen, read_placed, unsettled
from trustact.shelves import shelf

FORM = next(form for form in read_forms(shelf("forms")) if form.id == "i-247g")
PRINT = FORM.prints[0]
KINDS: dict[str, ValueKind] = {field.field: field.kind for field in FORM.fields}
SAID: dict[ValueKind, str] = {"country": "GUATEMALA", "digits": "000422353", "date": "05/30/2025"}
READERS = ("line reader", "line reader", "tesseract")


def seen(sure: float, unread: int = 0) -> dict[Box, Seen]:
    """What three looks have at every place, all of them, and how many more found nothing there."""
    return {
        spot.box: Seen(
            looks=(
                *(Look(reader, (SAID.get(KINDS[spot.field], "x"),), sure) for reader in READERS),
                *(Look("rapidocr", ("~",), 0.1) for _ in range(unread)),
            ),
            whole=True,
            labelled=True,
            box=spot.box,
        )
        for spot in PRINT.places
    }


def accepted(form: Form, looks: dict[Box, Seen]) -> set[str]:
    return {
        reading.field for reading in read_placed(form, PRINT, 1, looks, ()) if reading.status == "accepted"
    }


def test_what_few_of_the_looks_have_is_asked_however_sure_they_are() -> None:
    assert "subject.citizenship" in accepted(FORM, seen(0.96, unread=1))
    assert "subject.citizenship" not in accepted(FORM, seen(0.96, unread=9))


def test_what_has_no_label_beside_it_is_asked_but_for_what_tells_itself() -> None:
    unlabelled = {box: msgspec.structs.replace(at, labelled=False) for box, at in seen(0.96).items()}

    assert accepted(FORM, seen(0.96)) > accepted(FORM, unlabelled) == {"subject.citizenship", "subject.sex"}


def test_numbers_of_a_worn_page_are_looked_at_again_and_those_of_a_plain_one_are_not() -> None:
    numbers = {spot.box for spot in PRINT.places if KINDS[spot.field] in ("digits", "date")}

    assert not numbers & set(unsettled(FORM, PRINT, seen(0.99)))
    assert numbers <= set(unsettled(FORM, PRINT, seen(0.9)))
