"""Which characters of a PDF page are really shown: where its text is left out, the picture of the page must change.

One question for white on white, behind a picture, painted over, clipped away, too small to see. It does not ask whether
the shapes shown are the characters the file says they are (see `believing`).
"""

from collections.abc import Callable

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops

from trustact.intake.page import POINTS, Box

_SEEN = 24
"""Levels of grey, of 255, by which a character differs from what is behind it, or is not seen."""


def leave_out_text(page: pypdfium2.PdfPage) -> None:
    """Make every text of the page invisible, in forms drawn upon it too; only the page in memory changes."""
    text = page.get_textpage()
    for index in range(text.count_chars()):
        drawn = pdfium.FPDFText_GetTextObject(text, index)
        if drawn:
            pdfium.FPDFTextObj_SetTextRenderMode(drawn, pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)
    text.close()


def shown_where(image: Image.Image, without_text: Image.Image, dpi: float) -> Callable[[Box], bool]:
    """Whether text is seen in a box, by the page drawn with and without its text, both at `dpi`."""
    difference = ImageChops.difference(image, without_text).point(lambda level: 255 if level >= _SEEN else 0)
    scale = dpi / POINTS

    def seen(box: Box) -> bool:
        left, top = max(0, int(box.x0 * scale)), max(0, int(box.y0 * scale))
        right = min(difference.width, int(box.x1 * scale) + 1)
        bottom = min(difference.height, int(box.y1 * scale) + 1)
        if left >= right or top >= bottom:
            return False
        return difference.crop((left, top, right, bottom)).getbbox() is not None

    return seen
