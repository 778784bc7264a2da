"""A look: what one reader saw in one place of a page."""

from typing import NamedTuple

from trustact.intake import ppocr, tesseract

TEXT_LAYER = "text layer"
"""The reader's name for words the file itself carries."""
BLIND = (tesseract.READER,)
"""Readers that tell neither accents reliably, nor a nought with a stroke from an 8, nor the tail of a y on a rule."""
HASTY = (ppocr.READER,)
"""Readers that make accents of dirt."""


class Look(NamedTuple):
    """What one reader (the file's own text, or an OCR engine by name) saw in a place, line by line."""

    reader: str
    lines: tuple[str, ...]
    confidence: float
