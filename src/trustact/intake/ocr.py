"""Print read from pictures: the only caller of OCR. Nothing it reads is kept.

Two engines that err differently: PP-OCR models through onnxruntime (the `rapidocr` wheel carries them and works
offline; the `ocr` extra), which reads whole pages, and Tesseract, where the system has it, which looks again at
single lines.
"""

import functools
import importlib.util
from collections.abc import Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, NamedTuple

from PIL import Image

from trustact.intake import tesseract
from trustact.intake.page import POINTS, Box, Raster, Word, grey_bytes, raster_of

if TYPE_CHECKING:
    from trustact.intake.straightening import Grey

THREADS = 2
RAPIDOCR = "rapidocr"
_DETECTION_SIDE = 1280
"""Pixels along the longer side at which lines are found; they are read at full size."""
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
    found = {RAPIDOCR: version("rapidocr")} if available() else {}
    second = tesseract.version()
    return found | {tesseract.READER: second} if second else found


def read_page(raster: Raster) -> list[Word]:
    """Every word on the picture of a page, with its box in points and its confidence.

    Raises OcrUnavailable where the `ocr` extra is missing.
    """
    result = _engine()(
        _colour(_array(raster)), use_det=True, use_cls=False, use_rec=True, return_word_box=True
    )
    scale = POINTS / raster.dpi
    words = []
    for line in result.word_results or ():
        for text, confidence, corners in line:
            xs, ys = [corner[0] * scale for corner in corners], [corner[1] * scale for corner in corners]
            if text.strip():
                words.append(Word(text.strip(), Box(min(xs), min(ys), max(xs), max(ys)), float(confidence)))
    return words


def look_again(raster: Raster, boxes: Sequence[Box]) -> list[list[Seen]]:
    """Each box of one printed line read anew by every engine there is, in the same order for every box.

    Raises OcrUnavailable.
    """
    page = _array(raster)
    crops = [_crop(page, box, raster.dpi) for box in boxes]
    looks = [[_rapidocr_line(soft)] for _, soft in crops]
    both = [Image.fromarray(picture) for pair in crops for picture in pair]
    for index, (text, confidence) in enumerate(tesseract.read_lines(both, raster.dpi)):
        looks[index // 2].append(Seen(tesseract.READER, text, confidence))
    return looks


def straightened(raster: Raster) -> tuple[Raster, float]:
    """The picture with its print level, and the tilt it had in degrees. Raises OcrUnavailable."""
    _require()
    from trustact.intake.straightening import straighten, tilt

    page = _array(raster)
    degrees = tilt(page)
    level = straighten(page, degrees)
    return raster_of(raster.width, raster.height, raster.dpi, level.tobytes()), degrees


def on_the_page(box: Box, degrees: float, width: float, height: float) -> Box:
    """A box on a straightened page as the box around it on the page as it came; sizes in points."""
    from trustact.intake.straightening import Turn, on_the_page

    return on_the_page(box, Turn(degrees, width, height))


@functools.cache
def _engine() -> Any:
    """The PP-OCR engine, loaded once a process (about a second, 300 MB)."""
    _require()
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.max_side_len": 10_000,
            "Det.limit_type": "max",
            "Det.limit_side_len": _DETECTION_SIDE,
            "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _require() -> None:
    if not available():
        raise OcrUnavailable(MISSING)


def _array(raster: Raster) -> "Grey":
    import numpy as np

    return np.frombuffer(grey_bytes(raster), dtype=np.uint8).reshape(raster.height, raster.width)


def _colour(grey: "Grey") -> Any:
    import cv2

    return cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR)


def _crop(page: "Grey", box: Box, dpi: float) -> tuple["Grey", "Grey"]:
    """One line cut out with a white margin, as it is and softened against single dots."""
    import cv2

    scale = dpi / POINTS
    x0, y0 = max(0, int((box.x0 - _MARGIN) * scale)), max(0, int((box.y0 - _MARGIN / 2) * scale))
    x1, y1 = int((box.x1 + _MARGIN) * scale) + 1, int((box.y1 + _MARGIN / 2) * scale) + 1
    cut = page[y0 : max(y1, y0 + 8), x0 : max(x1, x0 + 8)]
    soft = cv2.GaussianBlur(cut, (0, 0), 0.005 * dpi)
    return cut, soft.astype(page.dtype)


def _rapidocr_line(crop: "Grey") -> Seen:
    result = _engine()(_colour(crop), use_det=False, use_cls=False, use_rec=True, return_word_box=False)
    texts, scores = result.txts or ("",), result.scores or (0.0,)
    return Seen(RAPIDOCR, texts[0].strip(), float(scores[0]))
