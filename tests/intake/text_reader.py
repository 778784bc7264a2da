"""Reads a PDF by its own text alone: fast, and enough to test where values stand."""

from collections.abc import Sequence

from trustact.intake.form import Form
from trustact.intake.layout import Row, rows_of
from trustact.intake.look import TEXT_LAYER, Look
from trustact.intake.marks import plate_of
from trustact.intake.opener import open_document
from trustact.intake.page import Box
from trustact.intake.reading import Reading, Sheet, read_form, words_of


def rows(data: bytes, page: int = 1) -> list[Row]:
    opened = open_document(data).pages[page - 1]
    return rows_of(words_of(opened.words, opened.widgets))


def read(data: bytes, form: Form, page: int = 1) -> dict[str, Reading]:
    """The readings of one page as that form, by field."""
    opened = open_document(data).pages[page - 1]
    sheet = Sheet(page, tuple(rows(data, page)), TEXT_LAYER, opened.widgets, plate_of(opened.raster))
    return {reading.field: reading for reading in read_form(form, sheet, _nothing)}


def _nothing(boxes: Sequence[Box]) -> list[list[Look]]:
    return [[] for _ in boxes]
