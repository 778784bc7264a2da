"""PDF opened: visible native words, form fields and a picture of each page. Nothing in it is ever run.

Runs inside the limited process only. The library (pdfium, without JavaScript and XFA) both reads and draws,
so that what is read and what is shown come from one understanding of the file.
"""

import ctypes
import math
import re
from collections.abc import Callable, Iterator

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from trustact.intake.confinement import Limits
from trustact.intake.exchange import Refusal
from trustact.intake.page import POINTS, Box, Opened, Page, Widget, Word, raster_of
from trustact.intake.pdf_words import drawn_characters, on_page, words_of
from trustact.intake.shown import leave_out_text, shown_where

DRAWN_DPI = 200.0
_COMPARED_DPI = 100.0
"""Enough to tell whether a character is seen at all."""
_TEXT_FIELDS = (
    pdfium.FPDF_FORMFIELD_TEXTFIELD,
    pdfium.FPDF_FORMFIELD_COMBOBOX,
    pdfium.FPDF_FORMFIELD_LISTBOX,
)
_ACTIONS = re.compile(rb"/S\s*/(?:JavaScript|Launch|ImportData)\b")
"""Actions as a PDF writes them; in a compressed object they are not seen, and not run either."""
_TICK_FIELDS = (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON)


def open_pdf(data: bytes, limits: Limits) -> Opened:
    """The first pages of a PDF with words, form fields and pictures; raises Refusal where it cannot be read."""
    document = _load(data)
    count = len(document)
    read = min(count, limits.pages)
    taken = [_page(document, number, limits) for number in range(1, read + 1)]
    remarks = *_remarks(document, data, count, read), *(remark for _, remark in taken if remark)
    return Opened("pdf", count, tuple(page for page, _ in taken), remarks)


def draw_pdf(data: bytes, page: int, dpi: float, limits: Limits) -> Image.Image:
    """One page (from 1) drawn in grey at `dpi`, or smaller where the page is very large; raises Refusal."""
    document = _load(data)
    if not 1 <= page <= len(document):
        raise Refusal(f"the document has no page {page}")
    return _draw(document[page - 1], dpi, limits)[0]


def _load(data: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as wrong:
        if wrong.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise Refusal(
                "the PDF is locked with a password: ask the sender to send it again without one"
            ) from None
        raise Refusal("the PDF is damaged or cut short: ask the sender to send it again") from None
    if document.get_formtype() == pdfium.FORMTYPE_XFA_FULL:
        raise Refusal("the PDF is an XFA form, shown only by Adobe's own program: ask for it printed to PDF")
    if document.get_formtype() != pdfium.FORMTYPE_NONE:
        document.init_forms()
    if not len(document):
        raise Refusal("the PDF has no pages: ask the sender to send it again")
    return document


def _remarks(document: pypdfium2.PdfDocument, data: bytes, count: int, read: int) -> Iterator[str]:
    if count > read:
        yield f"only the first {read} of {count} pages are read"
    if document.count_attachments():
        yield "the PDF has files attached to it: they are kept but not opened"
    if pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0 or _ACTIONS.search(data):
        yield "the PDF carries scripts or commands: they are never run"


def _page(document: pypdfium2.PdfDocument, number: int, limits: Limits) -> tuple[Page, str]:
    """One page, and a remark where its text layer says what the page does not show."""
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        raise Refusal(f"page {number} of the PDF is damaged: ask the sender to send it again") from None
    width, height = page.get_size()
    if not (width > 0 and height > 0):
        raise Refusal(f"page {number} of the PDF has no size: ask the sender to send it again")
    image, dpi = _draw(page, DRAWN_DPI, limits)
    raster = raster_of(image.width, image.height, dpi, image.tobytes())
    widgets = tuple(_widgets(document, page))
    if widgets:
        page = _flattened(document, page, number)
    words, hidden = _words(page, limits)
    page.close()
    remark = f"page {number}: {hidden} characters of its text are not to be seen on it and are not read"
    return Page(number, width, height, words, widgets, raster), remark if hidden else ""


def _words(page: pypdfium2.PdfPage, limits: Limits) -> tuple[tuple[Word, ...], int]:
    """The words seen on a page, and how many characters of its text are not. Afterwards the page has no text."""
    drawn = list(drawn_characters(page))
    if not any(drawn):
        return (), 0
    image, dpi = _draw(page, _COMPARED_DPI, limits)
    leave_out_text(page)
    seen = shown_where(image, _draw(page, _COMPARED_DPI, limits)[0], dpi)
    shown = [each for each in drawn if each is None or seen(each[1])]
    return tuple(words_of(shown)), len(drawn) - len(shown)


def _flattened(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, number: int) -> pypdfium2.PdfPage:
    """The page with what its fields show made part of it, so that it is read where it is shown."""
    page.flatten()
    page.close()
    return document[number - 1]


def _draw(page: pypdfium2.PdfPage, dpi: float, limits: Limits) -> tuple[Image.Image, float]:
    """The page in grey, and the dots an inch it was drawn at."""
    width, height = page.get_size()
    scale = min(dpi / POINTS, math.sqrt(limits.drawn_pixels / (width * height)))
    bitmap = page.render(scale=scale, grayscale=True)
    return bitmap.to_pil().convert("L"), scale * POINTS


def _widgets(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[Widget]:
    """The text fields and tick boxes of a page, in the file's order."""
    if document.formenv is None:
        return
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        kind = pdfium.FPDFAnnot_GetFormFieldType(document.formenv, annotation)
        if kind in _TEXT_FIELDS or kind in _TICK_FIELDS:
            checked = None
            if kind in _TICK_FIELDS:
                checked = bool(pdfium.FPDFAnnot_IsChecked(document.formenv, annotation))
            name = _text(pdfium.FPDFAnnot_GetFormFieldName, document.formenv, annotation)
            value = _text(pdfium.FPDFAnnot_GetFormFieldValue, document.formenv, annotation)
            yield Widget(name, value if checked is None else "", _place(page, annotation), checked)
        pdfium.FPDFPage_CloseAnnot(annotation)


def _text(question: Callable[..., int], *arguments: object) -> str:
    """The UTF-16 answer of a pdfium function that fills a buffer."""
    length = question(*arguments, None, 0)
    buffer = ctypes.create_string_buffer(length)
    question(*arguments, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), length)
    return buffer.raw[:length].decode("utf-16-le", "replace").rstrip("\0")


def _place(page: pypdfium2.PdfPage, annotation: object) -> Box:
    rectangle = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, rectangle)
    return on_page(page, rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
