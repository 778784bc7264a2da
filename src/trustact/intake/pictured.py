"""A page that is a picture: straightened, read once fast, known by its print where it has a known one, and read by place.

A page that lies on no known print is read a second time, closely, where it may be a known form at all; its values are
then found by its words (see `places`).
"""

from collections.abc import Sequence

import msgspec

from trustact.intake import inspecting, ocr, ppocr, tesseract
from trustact.intake.form import Form
from trustact.intake.inspecting import Sight
from trustact.intake.layout import Row, rows_of
from trustact.intake.marks import plate_of
from trustact.intake.page import POINTS, Raster, Word
from trustact.intake.placed import read_placed, ticked, unsettled
from trustact.intake.reading import Reading, Sheet
from trustact.intake.recognise import excluded, may_be_known, titled
from trustact.intake.registering import Registration, register
from trustact.intake.ticks import read_tick_at


class Pictured(msgspec.Struct, frozen=True):
    """A pictured page read once: its straightened picture, the tilt it had in degrees, its sheet, and its known print."""

    raster: Raster
    degrees: float
    sheet: Sheet
    form: Form | None
    lies: Registration | None


def read_picture(raster: Raster, number: int, forms: Sequence[Form]) -> Pictured:
    """The words of a pictured page, and the form it is where it lies on one of its prints. Raises OcrUnavailable."""
    raster, degrees = ocr.straightened(raster)
    words, reader = ocr.read_page(raster), tesseract.READER
    rows = rows_of(words)
    form, lies = _known(raster, words, rows, forms)
    if form is None and tesseract.available() and may_be_known(" ".join(row.text for row in rows), forms):
        rows, reader = rows_of(ocr.read_page_closely(raster)), ppocr.READER
    sheet = Sheet(number, tuple(rows), reader, (), plate_of(raster))
    return Pictured(raster, degrees, sheet, form, lies)


def _known(
    raster: Raster, words: Sequence[Word], rows: Sequence[Row], forms: Sequence[Form]
) -> tuple[Form, Registration] | tuple[None, None]:
    """The form on whose print the page lies, where two engines know it: by its words, and by its title read back."""
    lies = register(words, [each for form in forms for each in form.prints])
    if lies is None:
        return None, None
    (form,) = (form for form in forms if form.id == lies.print.form)
    title = inspecting.title_at(_sight(raster, lies), lies.print.title)
    if not titled(title, form, forms) or excluded(" ".join(row.text for row in rows), form):
        return None, None
    return form, lies


def read_by_place(picture: Pictured, form: Form, lies: Registration) -> list[Reading]:
    """The readings of a page that lies on a print of its form."""
    sight = _sight(picture.raster, lies)
    seen = inspecting.first_look(sight, lies.print.places)
    seen = inspecting.second_look(sight, seen, list(unsettled(form, lies.print, seen)))
    number = picture.sheet.number
    ticks = [
        ticked(spot.field, read_tick_at(picture.sheet.plate, place, labelled), number)
        for spot, place, labelled in inspecting.tick_places(sight, lies.print.ticks)
    ]
    return read_placed(form, lies.print, number, seen, ticks)


def _sight(raster: Raster, lies: Registration) -> Sight:
    return Sight(ocr.grey_page(raster), raster.dpi / POINTS, lies)
