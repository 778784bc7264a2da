"""A page that is a picture: straightened, read once fast, known by its print where it has a known one, and read by place.

A page that lies on no known print is read a second time, closely, where it may be a known form at all or can hardly be
read; its values are then found by its words (see `places`).
"""

from collections.abc import Sequence

import msgspec

from trustact.intake import inspecting, ocr, ppocr, tesseract
from trustact.intake.form import Form
from trustact.intake.inspecting import Sight
from trustact.intake.layout import Row, rows_of, text_of
from trustact.intake.marks import plate_of
from trustact.intake.page import POINTS, Raster, Word
from trustact.intake.placed import read_placed, ticked, unsettled
from trustact.intake.reading import Reading, Sheet
from trustact.intake.reading_back import read_back
from trustact.intake.recognise import excluded, known_roughly, may_be, titled, unreadable
from trustact.intake.registering import Registration, register
from trustact.intake.ticks import read_tick_at

_LONG = 4
"""Letters a word must have to tell which way up a page is."""


class Pictured(msgspec.Struct, frozen=True):
    """A pictured page read once: its picture set upright and level, how it lay, its sheet, and its known print.

    `quarters` are those of a turn, clockwise, that set it upright, `degrees` the tilt it had then. A form may be known while how
    the page `lies` on its print is not: its values are found by its words, then.
    """

    raster: Raster
    degrees: float
    sheet: Sheet
    form: Form | None
    lies: Registration | None
    quarters: int = 0


def read_picture(raster: Raster, number: int, forms: Sequence[Form]) -> Pictured:
    """The words of a pictured page, and the form it is where it lies on one of its prints. Raises OcrUnavailable.

    A page that lies on no print may have been fed the wrong way round: it is read as it seems to lie, too.
    """
    picture = _read(raster, number, forms)
    if picture.form is None and tesseract.available() and (quarters := ocr.quarters_off(raster)):
        other = _read(ocr.turned(raster, quarters), number, forms)
        if other.form or _sure(other.sheet) > _sure(picture.sheet):
            picture = msgspec.structs.replace(other, quarters=quarters)
    if picture.lies is None and tesseract.available() and _worth_it(picture, forms):
        rows = tuple(rows_of(ocr.read_page_closely(picture.raster)))
        closely = Sheet(number, rows, ppocr.READER, (), picture.sheet.plate)
        picture = msgspec.structs.replace(picture, sheet=closely)
    return picture


def _worth_it(picture: Pictured, forms: Sequence[Form]) -> bool:
    """Whether a page is to be read closely: it is one of the forms, or may be one for all that was read of it."""
    rows = picture.sheet.rows
    return picture.form is not None or unreadable(rows) or bool(may_be(text_of(rows), forms))


def _read(raster: Raster, number: int, forms: Sequence[Form]) -> Pictured:
    """A page read as it came, level."""
    raster, degrees = ocr.straightened(raster)
    words = ocr.read_page(raster)
    rows = rows_of(words)
    form, lies = _known(raster, words, rows, forms)
    return Pictured(
        raster, degrees, Sheet(number, tuple(rows), tesseract.READER, (), plate_of(raster)), form, lies
    )


def _sure(sheet: Sheet) -> float:
    """How much of a page its reader is sure of: its long words, each as far as it is sure."""
    words = (word for row in sheet.rows for word in row.words)
    return sum(word.confidence for word in words if sum(map(str.isalpha, word.text)) >= _LONG)


def _known(
    raster: Raster, words: Sequence[Word], rows: Sequence[Row], forms: Sequence[Form]
) -> tuple[Form | None, Registration | None]:
    """The form on whose print the page lies, where it is known twice: by its words, and by its title read back.

    And how it lies; None where it does so but roughly, which tells some forms all the same.
    """
    prints = [each for form in forms for each in form.prints]
    lies = register(words, prints) or read_back(ocr.grey_page(raster), raster.dpi / POINTS, words, prints)
    if lies is None:
        return None, None
    (form,) = (form for form in forms if form.id == lies.print.form)
    if excluded(text_of(rows), form) or (lies.roughly and not known_roughly(form, forms)):
        return None, None
    titles = inspecting.titles_at(_sight(raster, lies), lies.print.title)
    if not any(titled(title, form, forms) for title in titles):
        return None, None
    return form, None if lies.roughly else lies


def read_by_place(picture: Pictured, form: Form, lies: Registration) -> list[Reading]:
    """The readings of a page that lies on a print of its form."""
    sight = _sight(picture.raster, lies)
    cuts = inspecting.cuts_of(sight, lies.print.places)
    seen = inspecting.first_look(sight, lies.print.places, cuts)
    seen = inspecting.further_look(seen, {box: cuts[box] for box in unsettled(form, lies.print, seen)})
    number = picture.sheet.number
    ticks = [
        ticked(spot.field, read_tick_at(picture.sheet.plate, place, labelled=labelled), number)
        for spot, place, labelled in inspecting.tick_places(sight, lies.print.ticks)
    ]
    return read_placed(form, lies.print, number, seen, ticks)


def _sight(raster: Raster, lies: Registration) -> Sight:
    return Sight(ocr.grey_page(raster), raster.dpi / POINTS, lies)
