"""Print read from pictures: the only caller of OCR. Nothing it reads is kept.

Engines that err differently: the line reader (see `linereader`) and PP-OCR models (the `rapidocr` wheel carries them and
works offline) through onnxruntime, with the `ocr` extra, and Tesseract, where the system has it, which reads whole pages.
"""

import importlib.util
from collections.abc import Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, NamedTuple

from PIL import Image

from trustact.intake import linereader, ppocr, tesseract
from trustact.intake.line import words_of
from trustact.intake.page import POINTS, Box, Raster, Word, grey_bytes, raster_of

if TYPE_CHECKING:
    from trustact.intake.straightening import Grey, Turn

_MOST_LINES = 250
"""Lines of a page read closely at most: what bounds a page that is nothing but noise."""
_MARGIN = 2.5
"""White left around a line looked at again, in points."""


MISSING = "reading pictures needs the extra: pip install 'trustact[ocr]'"


class OcrUnavailable(Exception):
    """The OCR engine is not installed; says how to get it."""


class Seen(NamedTuple):
    """What one engine read in one line: its name, the text, how sure it is (0 to 1)."""

    reader: str
    text: str
    confidence: float


def available() -> bool:
    """Whether pages can be read at all: the `ocr` extra is installed."""
    return all(importlib.util.find_spec(name) for name in ("rapidocr", "onnxruntime", "cv2", "numpy"))


def readers() -> dict[str, str]:
    """The engines that would be used here, each with its version."""
    found = (
        {ppocr.READER: version("rapidocr"), linereader.READER: linereader.version()} if available() else {}
    )
    second = tesseract.version()
    return found | {tesseract.READER: second} if second else found


def read_page(raster: Raster) -> list[Word]:
    """Every word on the picture of a page, with its box in points and its confidence, by the fastest engine there is."""
    if not tesseract.available():
        return read_page_closely(raster)
    _require()
    from trustact.intake.cleaning import cleaned

    page, scale = cleaned(grey_page(raster), raster.dpi), POINTS / raster.dpi
    return [
        Word(cell.text, Box(*(edge * scale for edge in cell[1:5])), cell.confidence)
        for cell in tesseract.read_page(Image.fromarray(page), raster.dpi)
    ]


def read_page_closely(raster: Raster) -> list[Word]:
    """Every word on a page by the engine that reads noise best, several times slower."""
    _require()
    page, scale = grey_page(raster), POINTS / raster.dpi
    lines = [_upright(page, corners) for corners in ppocr.find_lines(page)[:_MOST_LINES]]
    read = ppocr.read_lines([line for _, line in lines])
    return [
        word
        for (box, _), line in zip(lines, read, strict=True)
        for word in words_of(line, Box(*(edge * scale for edge in box)))
    ]


def _upright(page: "Grey", corners: Any) -> tuple[Box, "Grey"]:
    """A line by its four corners, drawn level, and the box around it in pixels."""
    import cv2
    import numpy as np

    wide, high = (max(8.0, float(np.linalg.norm(corners[1 + side] - corners[side]))) for side in (0, 1))
    level = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    turn = cv2.getPerspectiveTransform(corners.astype(np.float32), level)
    line = cv2.warpPerspective(page, turn, (round(wide), round(high)), flags=cv2.INTER_CUBIC, borderValue=255)
    (left, top), (right, bottom) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
    return Box(left, top, right, bottom), line.astype(page.dtype)


def look_again(raster: Raster, boxes: Sequence[Box]) -> list[list[Seen]]:
    """Each box of one printed line read anew by PP-OCR and Tesseract, in the same order for every box.

    The line reader knows lines cut level by a print's measure, and no others. Raises OcrUnavailable.
    """
    page = grey_page(raster)
    crops = [_crop(page, box, raster.dpi) for box in boxes]
    pictures = [picture for pair in crops for picture in pair]
    looks: list[list[Seen]] = [[] for _ in boxes]
    for index, line in enumerate(ppocr.read_lines(pictures)):
        looks[index // 2].append(Seen(ppocr.READER, line.text, line.confidence))
    for index, (text, confidence) in enumerate(
        tesseract.read_lines([*map(Image.fromarray, pictures)], raster.dpi)
    ):
        looks[index // 2].append(Seen(tesseract.READER, text, confidence))
    return looks


def straightened(raster: Raster) -> tuple[Raster, float]:
    """The picture with its print level, and the tilt it had in degrees. Raises OcrUnavailable."""
    _require()
    from trustact.intake.straightening import straighten, tilt

    page = grey_page(raster)
    degrees = tilt(page)
    level = straighten(page, degrees)
    if level is page:
        return raster, degrees
    return raster_of(raster.width, raster.height, raster.dpi, level.tobytes()), degrees


def quarters_off(raster: Raster) -> int:
    """How many quarters of a turn, clockwise, would set the page upright, as far as can be told. Raises OcrUnavailable."""
    _require()
    from trustact.intake.cleaning import cleaned

    return tesseract.quarters_off(Image.fromarray(cleaned(grey_page(raster), raster.dpi)), raster.dpi)


def turned(raster: Raster, quarters: int) -> Raster:
    """The picture turned clockwise by quarters of a turn."""
    import numpy as np

    page = np.ascontiguousarray(np.rot90(grey_page(raster), -quarters))
    height, width = page.shape
    return raster_of(width, height, raster.dpi, page.tobytes())


def on_the_page(box: Box, turn: "Turn") -> Box:
    """A box on a page set upright and straightened as the box around it on the page as it came; sizes in points."""
    from trustact.intake.straightening import on_the_page

    return on_the_page(box, turn)


def _require() -> None:
    if not available():
        raise OcrUnavailable(MISSING)


def grey_page(raster: Raster) -> "Grey":
    """The picture as an array of rows."""
    import numpy as np

    return np.frombuffer(grey_bytes(raster), dtype=np.uint8).reshape(raster.height, raster.width)


def _crop(page: "Grey", box: Box, dpi: float) -> tuple["Grey", "Grey"]:
    """One line cut out with a white margin, as it is and softened against single dots."""
    import cv2

    scale = dpi / POINTS
    x0, y0 = max(0, int((box.x0 - _MARGIN) * scale)), max(0, int((box.y0 - _MARGIN / 2) * scale))
    x1, y1 = int((box.x1 + _MARGIN) * scale) + 1, int((box.y1 + _MARGIN / 2) * scale) + 1
    cut = page[y0 : max(y1, y0 + 8), x0 : max(x1, x0 + 8)]
    soft = cv2.GaussianBlur(cut, (0, 0), 0.005 * dpi)
    return cut, soft.astype(page.dtype)
