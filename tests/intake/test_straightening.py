"""Crooked pages made straight, and boxes led back to the page as it came. Needs the `ocr` extra."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.intake import paper
from trustact.intake.opener import open_document
from trustact.intake.page import Box, grey_bytes
from trustact.intake.straightening import Turn, on_the_page, straighten, tilt


@pytest.fixture(scope="module")
def page() -> Image.Image:
    raster = open_document(paper.pdf(paper.inline())).pages[0].raster
    return Image.frombytes("L", (raster.width, raster.height), grey_bytes(raster))


@pytest.mark.parametrize("degrees", [-4.0, -1.3, 0.0, 0.4, 2.0])
def test_the_tilt_of_a_page_is_found_and_undone(page: Image.Image, degrees: float) -> None:
    crooked = np.asarray(page.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255))

    assert tilt(crooked) == pytest.approx(degrees, abs=0.2)
    assert tilt(straighten(crooked, tilt(crooked))) == pytest.approx(0, abs=0.2)


@settings(max_examples=20)
@given(st.floats(-4, 4), st.integers(60, 540), st.integers(60, 700))
def test_a_box_leads_back_to_where_it_was(degrees: float, x: int, y: int) -> None:
    dot = Image.new("L", (612, 792), 255)
    dot.paste(0, (x, y, x + 8, y + 8))
    straight = straighten(np.asarray(dot), degrees)
    inked = np.argwhere(straight < 128)
    (top, left), (bottom, right) = inked.min(axis=0), inked.max(axis=0) + 1
    box = on_the_page(Box(float(left), float(top), float(right), float(bottom)), Turn(degrees, 612, 792))

    assert box.x0 - 1.5 <= x
    assert x + 8 <= box.x1 + 1.5
    assert box.y0 - 1.5 <= y
    assert y + 8 <= box.y1 + 1.5
    assert (box.x1 - box.x0) * (box.y1 - box.y0) < 160


@given(st.integers(0, 3), st.integers(60, 500), st.integers(60, 700))
def test_a_box_of_a_page_set_upright_leads_back_to_where_it_was(quarters: int, x: int, y: int) -> None:
    came = np.full((792, 612), 255, np.uint8)
    came[y : y + 8, x : x + 20] = 0
    inked = np.argwhere(np.rot90(came, -quarters) < 128)
    (top, left), (bottom, right) = inked.min(axis=0), inked.max(axis=0) + 1
    box = on_the_page(
        Box(float(left), float(top), float(right), float(bottom)), Turn(0.0, 612, 792, quarters)
    )

    assert box == (x, y, x + 20, y + 8)
