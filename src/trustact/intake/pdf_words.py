"""The visible native words of a PDF page, each with its box in points from the top left."""

import ctypes
from collections.abc import Iterable, Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from trustact.intake.page import Box, Word, around

MOST_CHARACTERS = 60_000
_FINENESS = 20
"""Device units to a point, when pdfium is asked where a point of the page is shown."""
_APART = 0.35
"""A gap this share of the line height, or more, parts two words."""

Character = tuple[str, Box]


def words_of(characters: Iterable[Character | None]) -> Iterator[Word]:
    """Characters put together to words, where no space, line end or gap parts them."""
    letters: list[Character] = []
    for letter in characters:
        if letter is None or (letters and _parted(letters[-1][1], letter[1])):
            yield from _word(letters)
            letters = []
        if letter is not None:
            letters.append(letter)
    yield from _word(letters)


def drawn_characters(page: pypdfium2.PdfPage) -> Iterator[Character | None]:
    """Each character that is drawn, with its box, and None for every space or line end.

    Text in the invisible rendering mode, as laid under scans, is left out.
    """
    text = page.get_textpage()
    for index in range(min(text.count_chars(), MOST_CHARACTERS)):
        character = chr(pdfium.FPDFText_GetUnicode(text, index))
        if character.isspace() or character in "\0\ufffe\ufeff":
            yield None
        elif not _invisible(text, index):
            box = pdfium.FS_RECTF()
            if pdfium.FPDFText_GetLooseCharBox(text, index, box):
                yield character, on_page(page, box.left, box.bottom, box.right, box.top)
    text.close()


def _invisible(text: pypdfium2.PdfTextPage, index: int) -> bool:
    drawn = pdfium.FPDFText_GetTextObject(text, index)
    return bool(drawn) and pdfium.FPDFTextObj_GetTextRenderMode(drawn) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE


def _parted(before: Box, after: Box) -> bool:
    height = before.y1 - before.y0
    shift = abs((before.y0 + before.y1) - (after.y0 + after.y1)) / 2
    return after.x0 - before.x1 > _APART * height or shift > 0.6 * height or after.x0 < before.x0 - height


def _word(letters: list[Character]) -> Iterator[Word]:
    if letters:
        yield Word("".join(letter for letter, _ in letters), around(box for _, box in letters))


def on_page(page: pypdfium2.PdfPage, left: float, bottom: float, right: float, top: float) -> Box:
    """A rectangle in the file's own space as a Box in points from the top left, the page's rotation applied."""
    width, height = page.get_size()
    across, down = round(width * _FINENESS), round(height * _FINENESS)
    x, y = ctypes.c_int(), ctypes.c_int()
    corners = []
    for file_x, file_y in ((left, top), (right, bottom)):
        pdfium.FPDF_PageToDevice(page, 0, 0, across, down, 0, file_x, file_y, x, y)
        corners.append((x.value / _FINENESS, y.value / _FINENESS))
    (x0, y0), (x1, y1) = corners
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
