"""Tick boxes found and read in a picture: every size and place, noise, brackets, and never a guess."""

from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from trustact.intake.marks import EMPTY, TICKED, Plate, find_marks, ink_share, plate_of
from trustact.intake.page import Box, raster_of
from trustact.intake.ticks import read_tick_at

DPI = 204
SCALE = DPI / 72


def drawn(
    side: float, x: float, y: float, mark: str, *, noise: int = 0, seed: int = 0
) -> tuple[Image.Image, Box]:
    """A picture of 100 by 40 points with one tick box."""
    image = Image.new("L", (round(100 * SCALE), round(40 * SCALE)), 255)
    pen = ImageDraw.Draw(image)
    edges = [round(v * SCALE) for v in (x, y, x + side, y + side)]
    left, top, right, bottom = edges
    if mark == "[":
        for upright, foot in ((left, left + 5), (right, right - 5)):
            pen.line([(foot, top), (upright, top), (upright, bottom), (foot, bottom)], width=2)
    else:
        pen.rectangle(edges, outline=0, width=2)
    inset = round(0.2 * side * SCALE)
    if mark in "xX":
        pen.line([(left + inset, top + inset), (right - inset, bottom - inset)], width=3)
        pen.line([(left + inset, bottom - inset), (right - inset, top + inset)], width=3)
    if mark == "v":
        pen.line([(left + inset, top + (bottom - top) // 2), (left + 2 * inset, bottom - inset)], width=3)
        pen.line([(left + 2 * inset, bottom - inset), (right - inset, top + inset)], width=3)
    if mark == ".":
        middle = (left + right) // 2
        pen.line([(middle, (top + bottom) // 2), (middle + inset, top + inset)], width=3)
    if mark == "#":
        pen.rectangle([left + inset, top + inset, right - inset, bottom - inset], fill=0)
    chance = Random(seed)
    for _ in range(noise):
        image.putpixel((chance.randrange(image.width), chance.randrange(image.height)), 0)
    return image, Box(x, y, x + side, y + side)


def plate(image: Image.Image) -> Plate:
    return plate_of(raster_of(image.width, image.height, DPI, image.tobytes()))


@given(
    st.floats(7, 14),
    st.floats(5, 60),
    st.floats(5, 20),
    st.sampled_from([(" ", False), ("x", True), ("v", True), ("#", True)]),
    st.integers(0, 60),
    st.integers(0, 9),
)
def test_a_box_is_found_and_read_wherever_it_stands(
    side: float, x: float, y: float, mark: tuple[str, bool], noise: int, seed: int
) -> None:
    image, box = drawn(side, x, y, mark[0], noise=noise, seed=seed)
    (found,) = find_marks(plate(image), Box(0, 0, 100, 40))

    assert all(abs(a - b) < 1.5 for a, b in zip(found.box, box, strict=True))
    assert (found.ink >= TICKED) if mark[1] else (found.ink <= EMPTY)


@given(
    st.floats(7, 14),
    st.floats(-0.9, 0.9),
    st.floats(-0.9, 0.9),
    st.sampled_from([(" ", False), ("x", True), ("v", True), ("#", True), (".", None)]),
    st.integers(0, 60),
    st.integers(0, 3),
    st.sampled_from([0, 0, 2, 5]),
)
def test_a_box_at_its_place_is_never_read_wrongly(
    side: float, off: float, down: float, mark: tuple[str, bool | None], noise: int, seed: int, lost: int
) -> None:
    assume(mark[1] is not None or not lost)  # a stroke as small as that may be lost whole
    image, box = drawn(side, 30, 12, mark[0], noise=noise, seed=seed)
    for row in range(lost):  # a fax has lost rows of dots through it
        at = round((12 + side * (row + 0.5) / lost) * SCALE)
        ImageDraw.Draw(image).line([(0, at), (image.width, at)], fill=255, width=2)
    place = Box(box.x0 + off, box.y0 + down, box.x1 + off, box.y1 + down)
    found = read_tick_at(plate(image), place, labelled=True)

    assert found.status == "ask" or found.value is mark[1]
    assert read_tick_at(plate(image), place, labelled=False).status == "ask"


@given(st.floats(7, 14), st.floats(-0.6, 0.6), st.floats(-0.6, 0.6), st.sampled_from([" ", "x"]))
def test_a_clear_box_at_its_place_is_read(side: float, off: float, down: float, mark: str) -> None:
    image, box = drawn(side, 30, 12, mark)
    place = Box(box.x0 + off, box.y0 + down, box.x1 + off, box.y1 + down)
    found = read_tick_at(plate(image), place, labelled=True)

    assert (found.value, found.status) == (mark == "x", "accepted")


def test_square_brackets_are_a_box_too() -> None:
    image, box = drawn(10, 20, 10, "[")
    (found,) = find_marks(plate(image), Box(0, 0, 100, 40))

    assert all(abs(a - b) < 1.5 for a, b in zip(found.box, box, strict=True))
    assert found.ink <= EMPTY


def test_blank_paper_and_solid_ink_have_no_box() -> None:
    for level in (0, 255):
        image = Image.new("L", (200, 100), level)
        assert find_marks(plate(image), Box(0, 0, 100, 40)) == []
        assert ink_share(plate(image), Box(10, 10, 20, 20)) == 0


@given(st.binary(min_size=2400, max_size=2400))
def test_no_picture_breaks_it(noise: bytes) -> None:
    find_marks(plate_of(raster_of(60, 40, 100, noise)), Box(-5, -5, 70, 50))
