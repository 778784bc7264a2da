"""A document read: opened, its pages straightened and read, its forms recognised, its fields proposed.

It proposes and records nothing. The only parts that reach outside are the opener and OCR.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from trustact.intake import ocr
from trustact.intake.form import Form
from trustact.intake.layout import rows_of
from trustact.intake.looks import TEXT_LAYER, Look
from trustact.intake.marks import plate_of
from trustact.intake.opener import open_document
from trustact.intake.packet import FormRead, asked, together
from trustact.intake.page import Box, Page, Raster
from trustact.intake.reading import Reading, Sheet, in_capacity, read_form, words_of
from trustact.intake.recognise import PageForm, passed_over, recognise, strongest

if TYPE_CHECKING:
    from trustact.intake.pictured import Pictured

MOST_PICTURES = 12
"""Pages of one document that are read by OCR at most; each takes some seconds."""


class Read(msgspec.Struct, frozen=True):
    """What `trustact read --json` says of a document; `packet` tells what each page is, `remarks` what to know.

    `form` is None, too, where the packet begins with a page that may be a form but could not be made out; the readings
    of the forms after it are asked, then.
    `page_sizes` are width and height of each page read, in PDF points; `enclosed` the SHA-256 of each document in a mail.
    """

    pages: int
    form: str | None
    form_confidence: float
    readings: tuple[Reading, ...]
    packet: tuple[PageForm, ...]
    remarks: tuple[str, ...] = ()
    page_sizes: tuple[tuple[float, float], ...] = ()
    enclosed: tuple[str, ...] = ()


class _Leaf(msgspec.Struct, frozen=True):
    """A page on its way: as it came, its sheet by its own text, and what its picture gave where it was read by that."""

    page: Page
    own: Sheet
    picture: "Pictured | None" = None

    @property
    def sheet(self) -> Sheet:
        return self.picture.sheet if self.picture else self.own


def read_document(data: bytes, *, forms: Sequence[Form]) -> Read:
    """Recognise and read a document. Raises OpenError where it cannot be opened.

    Where OCR is not installed, pages that are pictures stay unknown and a remark says so.
    """
    opened = open_document(data)
    leaves, remarks = _leaves(opened.pages, forms)
    by_print = {leaf.page.number: leaf.picture.form for leaf in leaves if leaf.picture and leaf.picture.form}
    rows = [(leaf.page.number, leaf.sheet.rows) for leaf in leaves]
    packet = recognise(rows, forms, by_print)
    chosen = strongest(packet, forms)
    readings = together(chosen, _readings(leaves, packet, forms)) if chosen else []
    if chosen and (number := passed_over(rows, packet, chosen, forms)):
        chosen, readings = None, [asked(reading) for reading in readings]
        remarks.append(
            f"page {number} may be a form that could not be made out: the document is filed under none of the forms "
            "after it, a person must say what it is"
        )
    confidence = max((page.confidence for page in packet if chosen and page.form == chosen.id), default=0.0)
    return Read(
        opened.page_count,
        chosen.id if chosen else None,
        confidence,
        tuple(readings),
        tuple(packet),
        (*opened.remarks, *remarks),
        tuple((page.width, page.height) for page in opened.pages),
        opened.enclosed,
    )


def _leaves(pages: Sequence[Page], forms: Sequence[Form]) -> tuple[list[_Leaf], list[str]]:
    """Every page by its own text where that is a known form, otherwise by OCR where it is a picture of one."""
    native = [_native(page) for page in pages]
    known = {
        page.page
        for page in recognise([(leaf.page.number, leaf.own.rows) for leaf in native], forms)
        if page.form
    }
    unread = [leaf for leaf in native if leaf.page.number not in known and not _blank(leaf)]
    if unread and not ocr.available():
        return native, [_without_ocr(unread)]
    with ThreadPoolExecutor(os.cpu_count()) as together:
        pictured = together.map(lambda leaf: _by_picture(leaf, forms), unread[:MOST_PICTURES])
        again = {leaf.page.number: leaf for leaf in pictured}
    remarks = []
    if len(unread) > MOST_PICTURES:
        remarks.append(f"only the first {MOST_PICTURES} of {len(unread)} pictured pages are read")
    return [again.get(leaf.page.number, leaf) for leaf in native], remarks


def _native(page: Page) -> _Leaf:
    rows = tuple(rows_of(words_of(page.words, page.widgets)))
    return _Leaf(page, Sheet(page.number, rows, TEXT_LAYER, page.widgets, plate_of(page.raster)))


def _by_picture(leaf: _Leaf, forms: Sequence[Form]) -> _Leaf:
    from trustact.intake.pictured import read_picture  # numpy and OpenCV come with the `ocr` extra

    return msgspec.structs.replace(leaf, picture=read_picture(leaf.page.raster, leaf.page.number, forms))


def _blank(leaf: _Leaf) -> bool:
    """Whether next to nothing is drawn on the page."""
    grey = leaf.sheet.plate.grey
    dark = grey.translate(bytes(1 if level < 128 else 0 for level in range(256))).count(1)
    return dark < 0.0005 * len(grey)


def _without_ocr(unread: Sequence[_Leaf]) -> str:
    pages = ", ".join(str(leaf.page.number) for leaf in unread)
    return f"page {pages} not read: {ocr.MISSING}"


def _readings(leaves: Sequence[_Leaf], packet: Sequence[PageForm], forms: Sequence[Form]) -> list[FormRead]:
    """Every form's first page in the packet, read."""
    kinds = {form.id: form for form in forms}
    by_number = {leaf.page.number: leaf for leaf in leaves}
    return [
        FormRead(kinds[page.form], tuple(_read_leaf(kinds[page.form], by_number[page.page])))
        for page in packet
        if page.first and page.form is not None
    ]


def _read_leaf(form: Form, leaf: _Leaf) -> list[Reading]:
    """The readings of one page, their boxes on the page as it came."""
    picture = leaf.picture
    if picture and picture.form and picture.lies:
        from trustact.intake.pictured import read_by_place

        readings = read_by_place(picture, form, picture.lies)
    else:
        readings = read_form(
            form, leaf.sheet, partial(_again, picture.raster if picture else leaf.page.raster)
        )
    return [
        msgspec.structs.replace(reading, box=_as_it_came(reading.box, leaf))
        for reading in in_capacity(form, readings)
    ]


def _again(raster: Raster, boxes: Sequence[Box]) -> list[list[Look]]:
    """Further looks at single lines of a page."""
    if not ocr.available():
        return [[] for _ in boxes]
    return [
        [Look(seen.reader, (seen.text,), seen.confidence) for seen in looks]
        for looks in ocr.look_again(raster, boxes)
    ]


def _as_it_came(box: Box, leaf: _Leaf) -> Box:
    """A box of the page as it was read on the page as it came, to a tenth of a point."""
    if picture := leaf.picture:
        from trustact.intake.straightening import Turn

        turn = Turn(picture.degrees, leaf.page.width, leaf.page.height, picture.quarters)
        box = ocr.on_the_page(box, turn)
    return Box(*(round(edge, 1) for edge in box))
