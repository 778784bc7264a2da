"""TIFF, PNG, JPEG and HEIC opened: every frame a page, pixels made square, grey, upright.

Runs inside the limited process only.
"""

import io
import math
from collections.abc import Iterator
from typing import Literal

import PIL.TiffImagePlugin  # noqa: F401 - of a format it does not know yet Pillow asks every parser it has
from PIL import Image, ImageOps

from trustact.intake.confinement import Limits
from trustact.intake.exchange import Refusal
from trustact.intake.page import POINTS, Opened, Page, Raster, raster_of

Picture = Literal["tiff", "png", "jpeg", "heic"]

_FORMATS = {"tiff": "TIFF", "png": "PNG", "jpeg": "JPEG", "heic": "HEIF"}

_LETTER = 8.5, 11.0
_PLAUSIBLE_INCHES = 3.0, 18.0
_TOO_LARGE = "a page has too many million pixels to be opened here: ask the sender for a smaller picture"
_FAX_WIDTHS = 1728, 2048, 2432
"""Pixels across a fax page: ITU-T T.4, at 204 dots an inch."""


def open_picture(data: bytes, limits: Limits, *, kind: Picture) -> Opened:
    """Every frame of a picture as a Page; raises Refusal where it is damaged or too large."""
    pages = tuple(
        Page(number, raster.width / raster.dpi * POINTS, raster.height / raster.dpi * POINTS, (), (), raster)
        for number, raster in enumerate(_rasters(data, kind, limits), start=1)
    )
    remarks: tuple[str, ...] = ()
    with _opened(data, kind) as image:
        count = max(len(pages), getattr(image, "n_frames", 1))
    if count > len(pages):
        remarks = (f"only the first {len(pages)} of {count} pages are read",)
    return Opened(kind, count, pages, remarks)


def draw_picture(data: bytes, page: int, dpi: float, limits: Limits, *, kind: Picture) -> Image.Image:
    """One frame (from 1), upright, grey, at `dpi` or less; raises Refusal where there is no such frame."""
    for number, (image, own_dpi) in enumerate(_frames(data, kind, limits), start=1):
        if number == page:
            scale = min(1.0, dpi / own_dpi)
            return image.resize(
                (round(image.width * scale), round(image.height * scale)), Image.Resampling.BOX
            )
    raise Refusal(f"the document has no page {page}")


def _rasters(data: bytes, kind: Picture, limits: Limits) -> Iterator[Raster]:
    for image, dpi in _frames(data, kind, limits):
        yield raster_of(image.width, image.height, dpi, image.tobytes())


def _frames(data: bytes, kind: Picture, limits: Limits) -> Iterator[tuple[Image.Image, float]]:
    """Each frame, upright, grey and square, with its dots an inch, up to the page limit."""
    with _opened(data, kind) as image:
        for number in range(limits.pages):
            try:
                image.seek(number)
            except EOFError:
                return
            except Image.DecompressionBombError:
                raise Refusal(_TOO_LARGE) from None
            if image.width * image.height > limits.pixels:
                raise Refusal(_TOO_LARGE)
            yield _square(ImageOps.exif_transpose(image), limits)


def _opened(data: bytes, kind: Picture) -> Image.Image:
    if kind == "heic":
        _know_heic()
    try:
        return Image.open(io.BytesIO(data), formats=[_FORMATS[kind]])
    except Image.DecompressionBombError:
        raise Refusal(_TOO_LARGE) from None


def _know_heic() -> None:
    """Teach Pillow HEIC, all in the limited process; raises Refusal where it is not installed."""
    try:
        import pi_heif
    except ImportError:
        raise Refusal(
            "this is a HEIC photo, for which trustact[heic] is not installed: install it, or ask the sender for a JPEG"
        ) from None
    pi_heif.register_heif_opener(thumbnails=False, decode_threads=0)


def _square(image: Image.Image, limits: Limits) -> tuple[Image.Image, float]:
    """A frame in grey with the same dots an inch both ways, at most `drawn_pixels` large."""
    across, down = _resolution(image)
    finer = max(across, down)
    width, height = image.width * finer / across, image.height * finer / down
    shrink = min(1.0, math.sqrt(limits.drawn_pixels / (width * height)))
    size = max(1, round(width * shrink)), max(1, round(height * shrink))
    grey = _on_white(image)
    if size != grey.size:
        way = Image.Resampling.BICUBIC if shrink == 1.0 else Image.Resampling.BOX
        grey = grey.resize(size, way)
    return grey, finer * shrink


def _on_white(image: Image.Image) -> Image.Image:
    """The image in grey, with anything transparent shown on white paper."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        solid = image.convert("RGBA")
        paper = Image.new("RGBA", solid.size, "white")
        return Image.alpha_composite(paper, solid).convert("L")
    if image.mode.startswith("I;16") or image.mode == "I":
        return image.convert("I").point(lambda level: level / 256).convert("L")
    return image.convert("L")


def _resolution(image: Image.Image) -> tuple[float, float]:
    """Dots an inch across and down: as stated where that gives a page, otherwise from the shape of the page."""
    stated = image.info.get("dpi") or image.info.get("resolution")
    if stated is not None and len(stated) == 2 and all(float(dots) > 1 for dots in stated):
        across, down = float(stated[0]), float(stated[1])
        small, large = _PLAUSIBLE_INCHES
        if small <= image.width / across <= large and small <= image.height / down <= large:
            return across, down
        if not 0.8 <= across / down <= 1.25:
            return _from_width(image, across / down)
    if any(abs(image.width - width) < 0.01 * width for width in _FAX_WIDTHS):
        return 204.0, 196.0 if image.height > 0.9 * image.width else 98.0
    return _from_width(image, 1.0)


def _from_width(image: Image.Image, ratio: float) -> tuple[float, float]:
    """Dots an inch that make the picture a letter page, upright or lying as it is wider or higher."""
    upright = image.width / ratio <= image.height
    across = image.width / (_LETTER[0] if upright else _LETTER[1])
    return across, across / ratio
