"""The pages of a document on their way to be read: by their own text where the page bears it out, else by their picture.

Reaches outside through OCR only.
"""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import msgspec

from trustact.intake import ocr
from trustact.intake.believing import shows_print
from trustact.intake.form import Form
from trustact.intake.layout import rows_of
from trustact.intake.look import TEXT_LAYER
from trustact.intake.marks import plate_of
from trustact.intake.page import Box, Page, Word
from trustact.intake.reading import Sheet, words_of
from trustact.intake.recognise import PageForm, recognise

if TYPE_CHECKING:
    from trustact.intake.pictured import Pictured

MOST_PICTURES = 12
"""Pages of one document that are read by OCR at most; each takes some seconds."""


class Leaf(msgspec.Struct, frozen=True):
    """A page on its way: as it came, its sheet by its own text, and what its picture gave where it was read by that.

    `seen` are the words OCR sees on a page whose own text is that of a known form; None where nobody has looked.
    """

    page: Page
    own: Sheet
    picture: "Pictured | None" = None
    seen: tuple[Word, ...] | None = None

    @property
    def sheet(self) -> Sheet:
        """What the page is read by."""
        return self.picture.sheet if self.picture else self.own


def leaves_of(pages: Sequence[Page], forms: Sequence[Form]) -> tuple[list[Leaf], list[str]]:
    """Every page by its own text where that is a known form and what the page shows, otherwise by OCR; and remarks."""
    native = [_native(page) for page in pages]
    known = _recognised(native, forms)
    if not ocr.available():
        return native, list(_without_ocr(native, known))
    leaves = _borne_out(native, known, forms)
    remarks = []
    if denied := [leaf for leaf, told in zip(leaves, known, strict=True) if told.form and leaf.seen is None]:
        remarks.append(f"page {_numbers(denied)} shows other words than its text says: read as a picture")
    unread = [leaf for leaf in leaves if leaf.seen is None and not _blank(leaf)]
    if len(unread) > MOST_PICTURES:
        remarks.append(f"only the first {MOST_PICTURES} of {len(unread)} pictured pages are read")
    with ThreadPoolExecutor(os.cpu_count()) as together:
        pictured = together.map(lambda leaf: _by_picture(leaf, forms), unread[:MOST_PICTURES])
        again = {leaf.page.number: leaf for leaf in pictured}
    return [again.get(leaf.page.number, leaf) for leaf in leaves], remarks


def _native(page: Page) -> Leaf:
    rows = tuple(rows_of(words_of(page.words, page.widgets)))
    return Leaf(page, Sheet(page.number, rows, TEXT_LAYER, page.widgets, plate_of(page.raster)))


def _recognised(leaves: Sequence[Leaf], forms: Sequence[Form]) -> list[PageForm]:
    """What each page is by what OCR sees on it, or by its own text where nobody has looked."""
    rows = [leaf.own.rows if leaf.seen is None else rows_of(leaf.seen) for leaf in leaves]
    return recognise([(leaf.page.number, words) for leaf, words in zip(leaves, rows, strict=True)], forms)


def _borne_out(leaves: Sequence[Leaf], known: Sequence[PageForm], forms: Sequence[Form]) -> list[Leaf]:
    """The pages, those whose text is a known form looked at; where what is seen is not that form, without their text."""
    kinds = {form.id: form for form in forms}

    def looked(leaf: Leaf, told: PageForm) -> Leaf:
        return _looked_at(leaf, kinds[told.form], first=told.first) if told.form else leaf

    with ThreadPoolExecutor(os.cpu_count()) as together:
        seen = list(together.map(looked, leaves, known))
    shown = _recognised(seen, forms)
    return [
        _without_text(leaf) if told.form and (told.form, told.first) != (again.form, again.first) else leaf
        for leaf, told, again in zip(seen, known, shown, strict=True)
    ]


def _looked_at(leaf: Leaf, form: Form, *, first: bool) -> Leaf:
    """The page with what OCR sees on it; without its text where the form's print is not what is seen."""
    raster = leaf.page.raster
    seen = tuple(ocr.read_page(raster))

    def closely(boxes: Sequence[Box]) -> list[list[str]]:
        return [[look.text for look in looks] for looks in ocr.look_again(raster, boxes)]

    shown = not first or shows_print(form, leaf.own.rows, seen, closely)
    return msgspec.structs.replace(leaf, seen=seen) if shown else _without_text(leaf)


def _without_text(leaf: Leaf) -> Leaf:
    return msgspec.structs.replace(
        leaf, own=msgspec.structs.replace(leaf.own, rows=(), widgets=()), seen=None
    )


def _by_picture(leaf: Leaf, forms: Sequence[Form]) -> Leaf:
    from trustact.intake.pictured import read_picture  # numpy and OpenCV come with the `ocr` extra

    return msgspec.structs.replace(leaf, picture=read_picture(leaf.page.raster, leaf.page.number, forms))


def _blank(leaf: Leaf) -> bool:
    """Whether next to nothing is drawn on the page."""
    grey = leaf.sheet.plate.grey
    dark = grey.translate(bytes(1 if level < 128 else 0 for level in range(256))).count(1)
    return dark < 0.0005 * len(grey)


def _without_ocr(leaves: Sequence[Leaf], known: Sequence[PageForm]) -> Iterator[str]:
    """What is left undone where OCR is missing."""
    told = {page.page for page in known if page.form}
    if unread := [leaf for leaf in leaves if leaf.page.number not in told and not _blank(leaf)]:
        yield f"page {_numbers(unread)} not read: {ocr.MISSING}"
    if asked := [leaf for leaf in leaves if leaf.page.number in told]:
        yield f"page {_numbers(asked)} not compared with what its text says, so all of it is asked: {ocr.MISSING}"


def _numbers(leaves: Sequence[Leaf]) -> str:
    return ", ".join(str(leaf.page.number) for leaf in leaves)
