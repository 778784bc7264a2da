"""A page as the opener hands it over: its size, its native words, its form fields and its picture.

All boxes are in PDF points (1/72 inch) from the top left of the page as shown.
"""

import zlib
from collections.abc import Iterable
from typing import Annotated, Literal, NamedTuple

import msgspec

POINTS = 72.0


class Box(NamedTuple):
    """A rectangle: left, top, right, bottom, in points from the top left of the page."""

    x0: float
    y0: float
    x1: float
    y1: float


class Word(msgspec.Struct, frozen=True, array_like=True):
    """A run of characters without a space, where it stands, and how sure its reader is of it (0 to 1)."""

    text: str
    box: Box
    confidence: float = 1.0


class Widget(msgspec.Struct, frozen=True, array_like=True):
    """A field of a fillable PDF: its name, its text, where it stands, and for a tick box whether it is set."""

    name: str
    value: str
    box: Box
    checked: bool | None = None


class Raster(msgspec.Struct, frozen=True, array_like=True):
    """A grey picture, one byte a pixel (0 black), rows from the top, deflated; square pixels of `dpi` an inch."""

    width: int
    height: int
    dpi: float
    deflated: bytes


class Page(msgspec.Struct, frozen=True, array_like=True):
    """One page: number from 1, size in points, visible native words, form fields, picture."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    widgets: tuple[Widget, ...]
    raster: Raster


Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
"""A SHA-256 in hexadecimal digits."""


class Opened(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """A document opened: its kind by its first bytes, how many pages it has, the pages read, and remarks.

    `enclosed`: of a mail, the SHA-256 of each document in it; none where it has more than are looked at.
    """

    kind: Literal["pdf", "tiff", "png", "jpeg", "heic", "mail"]
    page_count: int
    pages: tuple[Page, ...]
    remarks: tuple[str, ...] = ()
    enclosed: tuple[Digest, ...] = ()


def raster_of(width: int, height: int, dpi: float, grey: bytes) -> Raster:
    """A Raster of plain grey bytes."""
    return Raster(width, height, dpi, zlib.compress(grey, 1))


def grey_bytes(raster: Raster) -> bytes:
    """The plain grey bytes of a raster. Raises ValueError where they are not width times height many."""
    size = raster.width * raster.height
    inflater = zlib.decompressobj()
    grey = inflater.decompress(raster.deflated, size)
    if len(grey) != size or inflater.unconsumed_tail:
        raise ValueError(f"the picture is not {raster.width} by {raster.height} pixels")
    return grey


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds them all; there must be at least one."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


def middle_in(inner: Box, outer: Box) -> bool:
    """Whether the middle of one box lies in the other."""
    x, y = (inner.x0 + inner.x1) / 2, (inner.y0 + inner.y1) / 2
    return outer.x0 <= x <= outer.x1 and outer.y0 <= y <= outer.y1
