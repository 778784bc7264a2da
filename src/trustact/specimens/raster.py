"""Pages drawn as grey pictures, and pictures put back into the files that scanners, faxes and phones make."""

import io
from datetime import datetime

import pypdfium2
from PIL import Image

FINE = 196
"""Lines an inch of a fine fax."""
DOTS_ACROSS = 204
"""Dots an inch across a fax line (ITU-T T.4: 1728 dots on 215 mm)."""


def draw(pdf: bytes, dpi: int) -> list[Image.Image]:
    """Each page of a PDF in greys, white paper, at so many dots an inch."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L") for page in document]
    finally:
        document.close()


def tiff(pages: list[Image.Image], lines_per_inch: int) -> bytes:
    """A fax as a gateway stores it: 1 bit, one directory a page, 204 dots by 196 lines (Group 4) or 98 (Group 3)."""
    made = io.BytesIO()
    pages[0].save(
        made,
        "TIFF",
        save_all=True,
        append_images=pages[1:],
        compression="group4" if lines_per_inch == FINE else "group3",
        dpi=(DOTS_ACROSS, lines_per_inch),
    )
    return made.getvalue()


def image_pdf(pages: list[Image.Image], dpi: int, made_at: datetime) -> bytes:
    """What an office scanner mails: a PDF of pictures with no text layer."""
    made = io.BytesIO()
    stamp = made_at.utctimetuple()
    pages[0].save(
        made,
        "PDF",
        save_all=True,
        append_images=pages[1:],
        resolution=dpi,
        quality=70,
        creationDate=stamp,
        modDate=stamp,
    )
    return made.getvalue()


def jpeg(page: Image.Image) -> bytes:
    """A photograph."""
    made = io.BytesIO()
    page.save(made, "JPEG", quality=82)
    return made.getvalue()
