"""Untrusted bytes opened: what each kind gives, and how hostile ones end, always with one clear line."""

import io
import sys
import venv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.intake import paper
from tests.intake.hostile import photo, picture
from tests.intake.paper import Paper, pdf
from trustact.intake.confinement import Limits
from trustact.intake.opener import OpenError, open_document, page_png
from trustact.intake.page import grey_bytes


def test_a_pdf_gives_words_where_they_are_shown() -> None:
    page = Paper()
    page.text(100, 200, "Jesús Ñ. Adán-Ruiz")
    (opened,) = open_document(pdf(page)).pages

    assert [word.text for word in opened.words] == ["Jesús", "Ñ.", "Adán-Ruiz"]
    assert opened.words[0].box.x0 == pytest.approx(100, abs=1)
    assert opened.words[0].box.y0 < 195 < opened.words[0].box.y1
    assert (opened.width, opened.height) == (612, 792)


def test_a_turned_page_gives_words_where_they_are_shown() -> None:
    page = Paper()
    page.drawn.append("BT /Helvetica 10 Tf 0 1 -1 0 300 100 Tm (Upright again) Tj ET")
    (opened,) = open_document(pdf(page, turned=90)).pages

    assert (opened.width, opened.height) == (792, 612)
    assert [word.text for word in opened.words] == ["Upright", "again"]
    assert opened.words[0].box.x0 == pytest.approx(100, abs=1)
    assert opened.words[0].box.y0 < 295 < opened.words[0].box.y1


def test_words_drawn_invisible_are_no_words() -> None:
    page = Paper()
    page.text(100, 200, "Seen")
    page.text(100, 230, "Unseen", how="3 Tr")
    (opened,) = open_document(pdf(page)).pages

    assert [word.text for word in opened.words] == ["Seen"]


@pytest.mark.parametrize(("lines", "height"), [(196, 792), (98, 792)])
def test_fax_pixels_are_made_square(lines: int, height: int) -> None:
    (opened,) = open_document(paper.faxed(pdf(Paper()), lines=lines)).pages

    assert opened.width == pytest.approx(612, abs=3)
    assert opened.height == pytest.approx(height, abs=5)
    assert opened.raster.dpi == pytest.approx(204, abs=1)
    assert len(grey_bytes(opened.raster)) == opened.raster.width * opened.raster.height


def test_an_untagged_fax_is_known_by_its_width() -> None:
    (opened,) = open_document(picture("PNG", (1728, 1078))).pages

    assert opened.height == pytest.approx(792, abs=3)


@pytest.mark.parametrize(("kind", "name"), [("PNG", "png"), ("JPEG", "jpeg"), ("TIFF", "tiff")])
def test_pictures_are_told_by_their_first_bytes(kind: str, name: str) -> None:
    opened = open_document(picture(kind))

    assert opened.kind == name
    assert (opened.pages[0].width, opened.pages[0].height) == pytest.approx((612, 792), abs=2)


def test_a_heic_photo_is_a_picture() -> None:
    opened = open_document(photo())
    grey = grey_bytes(opened.pages[0].raster)

    assert (opened.kind, opened.page_count) == ("heic", 1)
    assert (min(grey) < 40, max(grey) > 215) == (True, True)


def test_at_most_forty_pages_are_read_and_all_are_counted() -> None:
    out = io.BytesIO()
    blank = Image.new("1", (60, 80), 1)
    blank.save(out, "TIFF", save_all=True, append_images=[blank] * 99)
    opened = open_document(out.getvalue())

    assert (opened.page_count, len(opened.pages)) == (100, 40)
    assert opened.remarks == ("only the first 40 of 100 pages are read",)


def test_a_page_for_the_desk_is_a_png() -> None:
    made = Image.open(io.BytesIO(page_png(pdf(Paper(), Paper()), 2, dpi=110)))

    assert made.format == "PNG"
    assert made.size == (935, 1210)


def test_a_page_that_is_not_there_is_told() -> None:
    with pytest.raises(OpenError, match="no page 3"):
        page_png(pdf(Paper()), 3)


def ending(data: bytes, limits: Limits | None = None) -> str:
    """How many pages a document has, or why it was refused."""
    try:
        opened = open_document(data, limits)
    except OpenError as refused:
        return str(refused)
    return f"{opened.page_count} page"


def test_an_opener_that_cannot_start_says_so_and_blames_no_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    venv.create(tmp_path / "bare")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bare" / "bin" / "python"))
    without_the_program = ending(pdf(Paper()))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nowhere"))
    without_python = ending(pdf(Paper()))

    assert "No module named 'trustact'" in without_the_program
    assert "No such file" in without_python
    for told in (without_the_program, without_python):
        assert told.startswith("the opener could not start: ")
        assert "MB" not in told
        assert "\n" not in told


def test_a_giant_page_is_drawn_small() -> None:
    data = pdf(Paper()).replace(b"[0 0 612 792]", b"[0 0 9e5 9e5]")
    (opened,) = open_document(data).pages

    assert opened.raster.width * opened.raster.height <= Limits().drawn_pixels


@settings(max_examples=8)
@given(st.data())
def test_a_damaged_document_opens_or_is_refused(data: st.DataObject) -> None:
    whole = pdf(paper.inline())
    at = data.draw(st.integers(0, len(whole) - 1))
    length = data.draw(st.integers(1, 200))
    damaged = whole[:at] + data.draw(st.binary(min_size=length, max_size=length)) + whole[at + length :]

    assert "\n" not in ending(damaged)
