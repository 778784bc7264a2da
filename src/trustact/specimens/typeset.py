"""Sheets made into PDF bytes, and where on the page each value was put.

Type comes from what typst carries (Libertinus Serif, New Computer Modern, DejaVu Sans Mono) and, for the
sans of the I-247 forms, from the ASCII cut of Aileron (CC0) that Pillow carries; never from the system.
"""

import json
import tempfile
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Literal

import msgspec
import typst
from PIL import ImageFont

from trustact.specimens.page import Sheet, Style


class Spot(msgspec.Struct, frozen=True):
    """Where a named value or tick stands: page from 1, box in points from the top left."""

    name: str
    page: int
    x: float
    y: float
    width: float
    height: float


class Stamp(msgspec.Struct, frozen=True):
    """One filled value on its own, to be drawn on a page of just its size."""

    text: str
    tick: bool
    lines: int
    centred: bool
    width: float
    height: float


Filled = Literal["all", "ink", "blank"]
"""How much of a sheet is filled in: everything, signatures only, or nothing."""


def pdf(sheet: Sheet, filled: Filled = "all") -> bytes:
    """The sheet as a PDF with a text layer. Same sheet, same bytes.

    Raises `typst.TypstError` if a letter has no glyph in the print's fonts.
    """
    return _compile(_source("sheet", {"style": sheet.style, "pages": sheet.pages, "filled": filled}))


def stamps(style: Style, wanted: tuple[Stamp, ...]) -> bytes:
    """A PDF with one page per stamp, in the print's own type: the looks of fillable fields."""
    return _compile(_source("stamps", {"style": style, "stamps": wanted}))


def spots(sheet: Sheet) -> tuple[Spot, ...]:
    """Where every value and tick of the sheet stands, in reading order."""
    source = _source("sheet", {"style": sheet.style, "pages": sheet.pages, "filled": "blank"})
    found = typst.query(source, "<spot>", field="value", font_paths=_fonts())
    return msgspec.json.decode(found, type=tuple[Spot, ...])


def _compile(source: bytes) -> bytes:
    # PDF/A-2u refuses a page with a missing glyph; the fixed moment keeps the bytes the same.
    return typst.compile(
        source,
        format="pdf",
        font_paths=_fonts(),
        pdf_standards=["a-2u"],
        timestamp=0,
        pdf_tags=False,
    )


def _source(kind: str, content: dict[str, object]) -> bytes:
    # A JSON string is also a typst string as long as non-ASCII letters stand for themselves.
    text = json.dumps(msgspec.json.encode(content).decode(), ensure_ascii=False)
    return f"{_template()}\n#draw-{kind}(json(bytes({text})))".encode()


@cache
def _template() -> str:
    return resources.files("trustact.specimens").joinpath("page.typ").read_text(encoding="utf-8")


@cache
def _fonts() -> typst.Fonts:
    sans = ImageFont.load_default(10)
    if not isinstance(sans, ImageFont.FreeTypeFont):
        raise TypeError("Pillow was built without FreeType, so it carries no outline font for the forms")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "aileron.ttf").write_bytes(sans.font_bytes)
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[folder])
        # typst reads a font file at its first use: use it while it is there.
        typst.compile(b'#set text(font: "Aileron")\nA', format="pdf", font_paths=fonts)
    return fonts
