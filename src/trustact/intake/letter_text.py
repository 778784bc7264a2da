"""The text of a message laid out as letter pages: words with their places for the reader, a picture for the desk.

Runs inside the limited process only.
"""

import textwrap
from collections.abc import Iterator

from PIL import Image, ImageDraw, ImageFont

from trustact.intake.exchange import Refusal
from trustact.intake.page import POINTS, Box, Page, Word, raster_of

MOST_PAGES = 3
_WIDTH, _HEIGHT = 612.0, 792.0
_MARGIN = 54.0
_SIZE = 10.0
_LEADING = 13.0
_ACROSS = 92
"""Characters on a line at most, so that even wide letters stay inside the margins."""

_DOWN = int((_HEIGHT - 2 * _MARGIN) / _LEADING)
_BLANK_DPI = 36.0


def text_pages(text: str) -> list[Page]:
    """The text as pages. Their picture is blank, so that nobody tries to read again what is already text."""
    width, height = int(_WIDTH * _BLANK_DPI / POINTS), int(_HEIGHT * _BLANK_DPI / POINTS)
    blank = raster_of(width, height, _BLANK_DPI, b"\xff" * (width * height))
    return [
        Page(number, _WIDTH, _HEIGHT, tuple(_words(lines)), (), blank)
        for number, lines in enumerate(_laid_out(text), start=1)
    ]


def draw_text(text: str, page: int, dpi: float) -> Image.Image:
    """One page of the text (from 1) as a grey picture; raises Refusal where there is none."""
    pages = _laid_out(text)
    if not 1 <= page <= len(pages):
        raise Refusal("the document has no such page")
    scale = dpi / POINTS
    image = Image.new("L", (round(_WIDTH * scale), round(_HEIGHT * scale)), 255)
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(_SIZE * scale)
    for row, line in enumerate(pages[page - 1]):
        pen.text((_MARGIN * scale, (_MARGIN + row * _LEADING) * scale), line, fill=0, font=font)
    return image


def _laid_out(text: str) -> list[list[str]]:
    """Pages of lines; control characters out, empty lines at both ends too."""
    shown = "".join(char if char.isprintable() or char == "\n" else " " for char in text[:50_000])
    lines: list[str] = []
    for line in shown.strip().split("\n"):
        lines += textwrap.wrap(line, _ACROSS) or [""]
    if not any(lines):
        return []
    return [lines[start : start + _DOWN] for start in range(0, min(len(lines), MOST_PAGES * _DOWN), _DOWN)]


def _words(lines: list[str]) -> Iterator[Word]:
    """Every word where `draw_text` draws it."""
    font = ImageFont.load_default(_SIZE)
    for row, line in enumerate(lines):
        top = _MARGIN + row * _LEADING
        at = 0
        for word in line.split():
            at = line.index(word, at)
            left = _MARGIN + font.getlength(line[:at])
            yield Word(word, Box(left, top, left + font.getlength(word), top + _SIZE))
            at += len(word)
