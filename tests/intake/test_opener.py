"""Untrusted bytes opened: what each kind gives, and how hostile ones end, always with one clear line."""

import io
import subprocess
import sys
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter

from tests.intake import paper
from tests.intake.paper import Paper, assembled, pdf
from trustact.intake.confinement import Limits
from trustact.intake.opener import OpenError, open_document, page_png
from trustact.intake.page import grey_bytes

SHORT = Limits(seconds=6.0)


def picture(kind: str, size: tuple[int, int] = (850, 1100)) -> bytes:
    out = io.BytesIO()
    Image.new("L", size, 255).save(out, kind)
    return out.getvalue()


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


def encrypted() -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(pdf(Paper()))))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def xfa() -> bytes:
    return assembled([
        b"<< /Type /Catalog /Pages 2 0 R /NeedsRendering true /AcroForm << /XFA 4 0 R /Fields [] >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>",
        b"<< /Length 12 >>\nstream\n<xdp></xdp> \nendstream",
    ])  # fmt: skip


def laughs(levels: int = 12) -> bytes:
    """Form XObjects each of which draws the next ten times."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /XObject << /X 5 0 R >> >> /Contents 4 0 R >>",
        b"<< /Length 5 >>\nstream\n/X Do\nendstream",
    ]
    for level in range(levels):
        stream = b"/X Do " * 10 if level < levels - 1 else b"0 0 9 9 re f"
        inner = b"/Resources << /XObject << /X %d 0 R >> >>" % (6 + level) if level < levels - 1 else b""
        objects.append(
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 612 792] %s /Length %d >>\nstream\n%s\nendstream"
            % (inner, len(stream), stream)
        )
    return assembled(objects)


def flate_bomb() -> bytes:
    """Three thousand million spaces; the same deflated million over and over, which needs no time to make."""
    squeezer = zlib.compressobj(9)
    head = squeezer.compress(b" ") + squeezer.flush(zlib.Z_FULL_FLUSH)
    million = squeezer.compress(b" " * 1_000_000) + squeezer.flush(zlib.Z_FULL_FLUSH)
    stream = head + million * 3000 + squeezer.flush()
    return assembled([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream),
    ])  # fmt: skip


def cyclic() -> bytes:
    return assembled([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"])


def huge_png() -> bytes:
    out = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG")
    return out.getvalue()


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "zero bytes": (lambda: b"", "empty"),
    "HTML named .pdf": (lambda: b"<!DOCTYPE html><html>fax.pdf</html>", "web page"),
    "a zip": (lambda: b"PK\x03\x04" + bytes(60), "Word document or an archive"),
    "a HEIC photo": (lambda: b"\0\0\0\x18ftypheic" + bytes(40), "HEIC"),
    "noise": (lambda: bytes(range(256)), "not known"),
    "a cut PDF": (lambda: pdf(paper.inline())[:300], "damaged or cut short"),
    "a cut TIFF": (lambda: paper.faxed(pdf(paper.inline()))[:900], "damaged"),
    "a cut PNG": (lambda: picture("PNG")[:200], "damaged"),
    "a cut JPEG": (lambda: picture("JPEG")[:400], "damaged"),
    "a locked PDF": (encrypted, "password"),
    "an XFA form": (xfa, "XFA"),
    "a cyclic page tree": (cyclic, "damaged"),
    "a 30,000 by 30,000 PNG": (huge_png, "million"),
}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_cannot_be_opened_ends_in_one_line(name: str) -> None:
    made, words = REFUSED[name]
    with pytest.raises(OpenError, match=words) as refused:
        open_document(made())

    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("made", [laughs, flate_bomb])
def test_a_bomb_ends_within_its_limits(made: Callable[[], bytes]) -> None:
    ended = ending(made(), SHORT)

    assert ended == "1 page" or ended.endswith("ask the sender for a plain copy")


def ending(data: bytes, limits: Limits | None = None) -> str:
    """How many pages a document has, or why it was refused."""
    try:
        opened = open_document(data, limits)
    except OpenError as refused:
        return str(refused)
    return f"{opened.page_count} page"


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


CONFINED = """
from trustact.intake.confinement import Limits, limit_resources, refuse_the_outside
import socket, subprocess, os, ctypes
limit_resources(Limits()); refuse_the_outside()
try:
    {act}
except (PermissionError, OSError) as refused:
    print(type(refused).__name__)
else:
    print("done")
"""


@pytest.mark.parametrize(
    "act",
    [
        "socket.socket()",
        "subprocess.run(['true'])",
        "os.system('true')",
        "os.fork()",
        "open('/tmp/x', 'w')",
        "os.open('/tmp/x', os.O_CREAT | os.O_WRONLY)",
        "os.remove('/tmp/x')",
        "ctypes.CDLL('libc.so.6')",
    ],
)
def test_the_limited_process_reaches_nothing_outside(act: str) -> None:
    run = subprocess.run(
        [sys.executable, "-I", "-B", "-c", CONFINED.format(act=act)],
        capture_output=True,
        text=True,
        check=True,
    )

    assert run.stdout.strip() in {"PermissionError", "BlockingIOError"}
