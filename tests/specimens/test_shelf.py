"""Every form of the shelf has its specimen, is known by its own words, and is taken for no other."""

import random
import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.specimens.papers import EVERY_FORM, ISSUED, sheet
from trustact.intake.form import Form, form_of, read_forms
from trustact.intake.layout import rows_of
from trustact.intake.look import TEXT_LAYER
from trustact.intake.marks import plate_of
from trustact.intake.opener import open_document
from trustact.intake.reading import Sheet as Read
from trustact.intake.reading import read_form
from trustact.intake.recognise import first_page
from trustact.shelves import ShelfError, parse_document, shelf
from trustact.specimens import LOOK_ALIKE, layout, matter, page, template, templates, typeset
from trustact.specimens.page import ON_SHELF, Bar, Check, Para, PrintId, Row, Say, Sheet, Span, Value

PAGE = Path(__file__).parents[2] / "docs/add-a-form.md"
FORMS = read_forms(shelf("forms"))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_every_form_has_its_specimen(form: Form) -> None:
    assert templates()[form.id].form == form.id


def test_the_shelf_knows_no_print_that_is_kept_for_pages_never_seen() -> None:
    learnt = {path.stem for path in shelf("forms").glob("*/prints/*.json")}
    assert learnt <= {print_id.lower() for print_id in ON_SHELF}


@pytest.mark.parametrize(("form", "print_id"), EVERY_FORM)
def test_a_form_is_taken_for_itself_and_a_look_alike_for_none(form: str, print_id: PrintId) -> None:
    drawn = sheet(form, print_id)
    first = msgspec.structs.replace(drawn, pages=drawn.pages[:1])
    opened = open_document(typeset.pdf(first)).pages[0]
    rows = tuple(rows_of(opened.words))
    found, confidence = first_page(" ".join(row.text for row in rows), FORMS)
    assert (found.id if found else LOOK_ALIKE) == drawn.form
    if found is not None:
        assert confidence > 0.9
        seen = read_form(found, Read(1, rows, TEXT_LAYER, (), plate_of(opened.raster)), lambda boxes: [[] for _ in boxes])  # fmt: skip
        assert {reading.field: said(reading.value) for reading in seen if reading.value is not None} == {
            field: said(value) for field, value in page.truth(first).items()
        }


@settings(max_examples=150)
@given(st.sampled_from(EVERY_FORM), st.integers(0, 2**32), st.floats(0, 0.3), st.floats(0, 0.3))
def test_damage_makes_no_other_form_of_a_page(
    at: tuple[str, PrintId], seed: int, lost: float, misread: float
) -> None:
    drawn, chance = sheet(*at, seed), random.Random(seed)
    words = [word for word in printed(drawn).split() if chance.random() >= lost]
    text = "".join(
        chance.choice("ceoilrn.'t") if chance.random() < misread else letter for letter in " ".join(words)
    )
    found, _ = first_page(text, FORMS)
    assert (found.id if found else LOOK_ALIKE) in (drawn.form, LOOK_ALIKE)


def printed(drawn: Sheet) -> str:
    """The words of a sheet's first page in their order, without the detour of a PDF."""
    said: list[str] = []
    for block in drawn.pages[0].blocks:
        match block:
            case Bar():
                said.append(block.text)
            case Row():
                for cell in block.cells:
                    said += [cell.label, *map(spoken, cell.spans)]
            case Para() | Check():
                said += map(spoken, block.spans)
    return " ".join((*said, *drawn.pages[0].foot))


def spoken(span: Span) -> str:
    return span.text if isinstance(span, Say | Value) else ""


def said(value: str | bool | None) -> str | bool | None:
    """A value in the one way both sides can write it: the sex as its letter."""
    return value[0] if value in ("Male", "Female") and isinstance(value, str) else value


def test_the_form_of_the_page_on_adding_one_works_as_written() -> None:
    """The example of docs/add-a-form.md, put together as its reader would: recognised and read from its own text."""
    described, placed, specimen = re.findall(
        r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL
    )
    form = form_of(parse_document(described + placed, "i-203/form.yaml"))
    made = msgspec.structs.replace(template.template_of(specimen, "i-203/specimen.yaml"), form=form.id)
    drawn = layout.sheet(made, matter.invent(1, ISSUED), "A")
    opened = open_document(typeset.pdf(drawn)).pages[0]
    rows = tuple(rows_of(opened.words))
    assert first_page(" ".join(row.text for row in rows), (form,))[0] == form
    seen = read_form(form, Read(1, rows, TEXT_LAYER, (), plate_of(opened.raster)), lambda boxes: [[] for _ in boxes])  # fmt: skip
    truth = page.truth(drawn)
    assert {reading.field: reading.value for reading in seen} == {
        field.field: truth[field.field] for field in form.fields
    }


GOOD = """
looks: detainer
layout: ours
pages:
  - blocks:
      - text: "A line with {request.date}"
      - check: "[basis.biometric] a sentence"
"""


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        (
            "request.date",
            "request.dte",
            r"x.yaml:6: 'request.dte' is not a value; did you mean 'request.date'",
        ),
        ("basis.biometric", "basis.biometrics", r"x.yaml:7: 'basis.biometrics' is not a value; did you mean"),
        ("[basis.biometric] a", "a", "a check begins with its tick box"),
        ("      - text:", "      - gap: 3\n        text:", "a block is one of text, check"),
        ("      - text:", "      - part: i-247-numbres\n      - text:", "did you mean 'i-247-numbers'"),
        (
            "looks: detainer",
            "looks: letter",
            "`looks` cannot be 'letter'; it is one of court, detainer, warrant",
        ),
    ],
)
def test_a_mistake_in_a_specimen_is_told_with_its_line(right: str, wrong: str, message: str) -> None:
    assert template.template_of(GOOD, "x.yaml").looks == "detainer"
    with pytest.raises(ShelfError, match=message):
        template.template_of(GOOD.replace(right, wrong), "x.yaml")
