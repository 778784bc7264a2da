"""A document read: opened, its pages straightened and read, its forms recognised, its fields proposed.

It proposes and records nothing. The only parts that reach outside are the opener and OCR.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from trustact.intake import ocr
from trustact.intake.addressed import addressed
from trustact.intake.believing import denied_of
from trustact.intake.chronology import in_time
from trustact.intake.form import Form
from trustact.intake.layout import Row
from trustact.intake.leaves import Leaf, leaves_of
from trustact.intake.look import Look
from trustact.intake.opener import open_document
from trustact.intake.packet import FormRead, together, told_otherwise
from trustact.intake.page import Box, Raster
from trustact.intake.reading import Reading, asked, in_capacity, read_form
from trustact.intake.recognise import PageForm, left_unknown, passed_over, recognise, strongest

if TYPE_CHECKING:
    from trustact.intake.pictured import Pictured


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


def read_document(
    data: bytes,
    *,
    forms: Sequence[Form],
    arrived: dt.date | None = None,
    stations: Collection[str] = (),
) -> Read:
    """Recognise and read a document. Raises OpenError where it cannot be opened.

    `arrived` is the day it came, where that is known: no form is dated after it. `stations` are the codes of the
    department's, where it has any: no request is sent to another. Where OCR is not installed, pages that are pictures stay unknown, all else is asked, and a remark says so.
    """
    opened = open_document(data)
    leaves, remarks = leaves_of(opened.pages, forms)
    by_print = {leaf.page.number: leaf.picture.form for leaf in leaves if leaf.picture and leaf.picture.form}
    rows = [(leaf.page.number, leaf.sheet.rows) for leaf in leaves]
    packet = recognise(rows, forms, by_print)
    chosen = strongest(packet, forms)
    read, doubts = _readings(leaves, packet, forms)
    remarks += doubts
    readings = addressed(in_time(together(chosen, read), arrived), stations) if chosen else []
    if chosen:
        remarks += told_otherwise(chosen, read)
        chosen, readings, unknown = _beside_unknown(chosen, readings, rows, packet, forms)
        remarks += unknown
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


def _beside_unknown(
    chosen: Form,
    readings: list[Reading],
    rows: Sequence[tuple[int, Sequence[Row]]],
    packet: Sequence[PageForm],
    forms: Sequence[Form],
) -> tuple[Form | None, list[Reading], list[str]]:
    """The form a packet is filed under, its readings and a remark, in view of pages that could not be made out.

    One before all known forms may be the request; one after them may be a court's warrant.
    """
    if number := passed_over(rows, packet, chosen, forms):
        told = (
            f"page {number} may be a form that could not be made out: the document is filed under none of the forms "
            "after it, a person must say what it is"
        )
        return None, [asked(reading) for reading in readings], [told]
    kinds = {form.kind for form in forms if form.id in {page.form for page in packet}}
    if "judicial-warrant" not in kinds and (number := left_unknown(rows, packet)):
        told = (
            f"page {number} could not be made out and may be a court's warrant: a person must say what it is"
        )
        return chosen, [asked(r) if r.field.startswith("warrant.") else r for r in readings], [told]
    return chosen, readings, []


def _readings(
    leaves: Sequence[Leaf], packet: Sequence[PageForm], forms: Sequence[Form]
) -> tuple[list[FormRead], list[str]]:
    """Every form's first page in the packet, read, and a remark on each whose text is not what it shows."""
    kinds = {form.id: form for form in forms}
    by_number = {leaf.page.number: leaf for leaf in leaves}
    found, remarks = [], []
    for page in packet:
        if page.first and page.form is not None:
            form, leaf = kinds[page.form], by_number[page.page]
            readings, denied = (
                (_by_picture(form, leaf, leaf.picture), []) if leaf.picture else _by_text(form, leaf)
            )
            placed = [
                msgspec.structs.replace(reading, box=_as_it_came(reading.box, leaf))
                for reading in in_capacity(form, readings)
            ]
            found.append(FormRead(form, tuple(placed)))
            if denied:
                remarks.append(f"page {page.page} shows other characters than its text: {', '.join(denied)}")
    return found, remarks


def _by_text(form: Form, leaf: Leaf) -> tuple[list[Reading], list[str]]:
    """The readings of a page by its own text, and the fields it does not show as that has them, which are asked.

    All are asked where nobody has looked whether the page shows what its text says.
    """
    readings = read_form(form, leaf.own, partial(_again, leaf.page.raster))
    if leaf.seen is None:
        return [asked(reading) for reading in readings], []
    denied = denied_of(readings, leaf.own, leaf.seen)
    return [asked(r) if r.field in denied else r for r in readings], denied


def _by_picture(form: Form, leaf: Leaf, picture: "Pictured") -> list[Reading]:
    if picture.form and picture.lies:
        from trustact.intake.pictured import read_by_place

        return read_by_place(picture, form, picture.lies)
    return read_form(form, leaf.sheet, partial(_again, picture.raster))


def _again(raster: Raster, boxes: Sequence[Box]) -> list[list[Look]]:
    """Further looks at single lines of a page."""
    if not ocr.available():
        return [[] for _ in boxes]
    return [
        [Look(seen.reader, (seen.text,), seen.confidence) for seen in looks]
        for looks in ocr.look_again(raster, boxes)
    ]


def _as_it_came(box: Box, leaf: Leaf) -> Box:
    """A box of the page as it was read on the page as it came, to a tenth of a point."""
    if picture := leaf.picture:
        from trustact.intake.straightening import Turn

        turn = Turn(picture.degrees, leaf.page.width, leaf.page.height, picture.quarters)
        box = ocr.on_the_page(box, turn)
    return Box(*(round(edge, 1) for edge in box))
