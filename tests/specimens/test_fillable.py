"""A fillable specimen holds its values as fields, and viewers draw them."""

import io
from typing import cast

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat
from pypdf import PdfReader
from pypdf.generic import ArrayObject, BooleanObject, DictionaryObject

from tests.specimens.papers import EACH_FORM_ONCE, sheet
from trustact.specimens import fillable, one, raster, typeset
from trustact.specimens.page import PrintId, Tick, Value, spans_of


@pytest.mark.parametrize(("form", "print_id"), EACH_FORM_ONCE)
def test_the_fields_give_back_what_was_filled_in(form: str, print_id: PrintId) -> None:
    drawn = sheet(form, print_id)
    fields = PdfReader(io.BytesIO(fillable.pdf(drawn))).get_fields() or {}
    wanted = {}
    for span in (span for each in drawn.pages for span in spans_of(each)):
        if isinstance(span, Value):
            wanted[span.name] = span.text
        elif isinstance(span, Tick):
            wanted[span.name] = "/Yes" if span.ticked else "/Off"
    assert {name: field.value for name, field in fields.items()} == wanted


@pytest.mark.parametrize(("form", "print_id"), EACH_FORM_ONCE)
def test_a_viewer_draws_the_fields_as_the_printed_page_has_them(form: str, print_id: PrintId) -> None:
    drawn = sheet(form, print_id)
    printed = raster.draw(typeset.pdf(drawn), 100)
    for plain, filled in zip(printed, viewed(fillable.pdf(drawn), 100), strict=True):
        difference = ImageStat.Stat(ImageChops.difference(plain, filled))
        assert difference.mean[0] < 0.2


def viewed(pdf: bytes, dpi: int) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        document.init_forms()
        return [page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L") for page in document]
    finally:
        document.close()


def test_the_form_asks_no_viewer_to_make_up_its_looks() -> None:
    root = PdfReader(io.BytesIO(fillable.pdf(sheet("i-247a", "A")))).root_object
    form = cast("DictionaryObject", root["/AcroForm"])
    assert form["/NeedAppearances"] == BooleanObject(value=False)
    for reference in cast("ArrayObject", form["/Fields"]):
        field = cast("DictionaryObject", reference.get_object())
        assert "/N" in cast("DictionaryObject", field["/AP"])


def test_a_fillable_packet_is_refused() -> None:
    with pytest.raises(ValueError, match="one form"):
        one("i-247a", 1, "A", "fillable", enclosed=("i-200",))
