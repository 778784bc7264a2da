"""The line reader on lines it was never taught: whatever it is shown, it says something of sense or nothing."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont
from rapidfuzz.distance import Levenshtein

from trustact.intake import cutting, linereader, ocr, picture
from trustact.intake.confinement import Limits
from trustact.intake.page import Box
from trustact.specimens import raster, wear

LINES = (
    "Boston Police Department, District B-3",
    "1165 Blue Hill Avenue, Boston, MA 02124",
    "PIERRE-LOUIS, Jean Wisly",
    "BOS2506014478",
    "June 2, 2025",
)


def faxed(lines: tuple[str, ...], level: str) -> list[np.ndarray]:
    """Lines typed one under the other, faxed, and cut out again."""
    page = Image.new("L", (1734, 2244), 255)
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(30)
    for place, text in enumerate(lines):
        pen.text((300, 500 + 110 * place), text, fill=0, font=font)
    worn = wear.FAX[level]
    sent = raster.tiff([wear.fax(page, worn, "A HEADER", random.Random(5))], worn.lines_per_inch)
    seen = picture.open_picture(sent, Limits(), kind="tiff").pages[0].raster
    assert seen is not None
    grey, scale = ocr.grey_page(seen), 72 / 204
    cuts = []
    for place in range(len(lines)):
        box = Box(90, (480 + 110 * place) * scale, 500, (570 + 110 * place) * scale)
        corners = np.array(
            [[box.x0, box.y0], [box.x1, box.y0], [box.x1, box.y1], [box.x0, box.y1]], np.float32
        )
        cuts += [cut.line for cut in cutting.cut(grey, corners / np.float32(scale), box)]
    return cuts


@pytest.mark.parametrize(("level", "most"), [("fine", 0), ("standard", 3)])
def test_lines_of_a_face_it_was_not_taught_are_read(level: str, most: int) -> None:
    read = linereader.read_lines(faxed(LINES, level))

    astray = [Levenshtein.distance(line.text, text) for line, text in zip(read, LINES, strict=True)]
    assert sum(astray) <= most
    assert all(line.confidence > 0.5 for line in read)
    assert all(len(line.places) == len(line.text) for line in read)


def test_how_a_letter_is_written_does_not_make_it_less_sure() -> None:
    letters = "\0eéf-"
    likely = np.array([[0, 0.5, 0.4, 0.1, 0], [0.9, 0.1, 0, 0, 0], [0.4, 0, 0, 0, 0.6]], np.float32)

    line = linereader.decoded(likely, letters)

    assert line.text == "e-"
    assert line.confidence == pytest.approx(0.9)


@given(
    st.integers(4, 90),
    st.integers(4, 700),
    st.integers(0, 2**32 - 1),
    st.sampled_from(["noise", "white", "black"]),
)
@settings(max_examples=30, deadline=None)
def test_any_picture_is_read_or_not(high: int, wide: int, seed: int, what: str) -> None:
    shades = {"white": 255, "black": 0}
    line = (
        np.full((high, wide), shades[what], np.uint8)
        if what in shades
        else np.random.default_rng(seed).integers(0, 256, (high, wide), dtype=np.uint8)
    )

    (read,) = linereader.read_lines([line])

    assert 0 <= read.confidence <= 1
    assert (read.confidence == 0) == (not any(map(str.isalnum, read.text)))
