"""A printed page as a neutral description: what stands on it, in reading order, before any typesetting.

Spans stand in a line, blocks stand under one another, pages make a sheet. Lengths are PDF points.
"""

from collections.abc import Iterator
from typing import Literal

import msgspec

WIDTH, HEIGHT = 612.0, 792.0
"""US Letter, the paper of every form here, in points."""

PrintId = Literal["A", "B", "C", "D"]
"""Which of the four prints of a form: other type, rules and places, and where a form has them, other editions."""

ON_SHELF: tuple[PrintId, ...] = ("A", "B", "C")
"""The prints a reader may know by place. D is for pages in a print it has never seen: it is learnt nowhere."""

Hand = Literal["typed", "stamped", "written"]
"""How a place was filled in: by a machine, with a rubber stamp, or in imitated handwriting."""

Reads = tuple[tuple[str, str], ...]
"""What a reader should make of a printed value: pairs of reading field and canonical value."""


class Say(msgspec.Struct, frozen=True, tag="say", tag_field="kind"):
    """Words printed on the blank form. `size` is a factor on the print's label size."""

    text: str
    bold: bool = False
    italic: bool = False
    size: float = 1.0


class Value(msgspec.Struct, frozen=True, tag="value", tag_field="kind"):
    """A place to be filled in, and what was typed there. Width 0 takes what is left of the line.

    `name` is the form field's own name, unique on its sheet. More than one line is parted by newlines.
    """

    name: str
    text: str = ""
    reads: Reads = ()
    width: float = 0
    lines: int = 1
    ruled: bool = True
    centred: bool = False
    hand: Hand = "typed"


class Tick(msgspec.Struct, frozen=True, tag="tick", tag_field="kind"):
    """A tick box, and whether it is ticked. `field` is its reading field, empty if none reads it."""

    name: str
    ticked: bool = False
    field: str = ""


class Scrawl(msgspec.Struct, frozen=True, tag="scrawl", tag_field="kind"):
    """A signature in ink over a line: pen strokes as points, each inside 0..1 of the space it is given."""

    strokes: tuple[tuple[tuple[float, float], ...], ...] = ()


Span = Say | Value | Tick | Scrawl


class Para(msgspec.Struct, frozen=True, tag="para", tag_field="kind"):
    """A paragraph of spans. A `mark` (bullet, number, `To:`) hangs before it, `hang` points wide."""

    spans: tuple[Span, ...]
    size: float = 1.0
    align: Literal["left", "center", "right"] = "left"
    indent: float = 0
    mark: str = ""
    hang: float = 10
    after: float = 3


class Check(msgspec.Struct, frozen=True, tag="check", tag_field="kind"):
    """A tick box with the printed sentence it belongs to, hanging beside it."""

    tick: Tick
    spans: tuple[Span, ...]
    indent: float = 14
    after: float = 2.5


class Cell(msgspec.Struct, frozen=True):
    """One box of a row: a printed label above, beside or under its spans. `share` divides the row's width."""

    share: float
    label: str = ""
    spans: tuple[Span, ...] = ()
    caption: Literal["above", "inline", "below"] = "inline"
    border: Literal["print", "none"] = "print"


class Row(msgspec.Struct, frozen=True, tag="row", tag_field="kind"):
    """Boxes side by side, of one height."""

    cells: tuple[Cell, ...]
    height: float
    after: float = 0


class Bar(msgspec.Struct, frozen=True, tag="bar", tag_field="kind"):
    """A band across the page that opens a section."""

    text: str
    after: float = 3


class Gap(msgspec.Struct, frozen=True, tag="gap", tag_field="kind"):
    """Empty space."""

    height: float


Block = Para | Check | Row | Bar | Gap


class Style(msgspec.Struct, frozen=True):
    """How a print looks: type, sizes (points), margins, borders of its boxes, shape of its ticks."""

    label_font: str
    value_font: str
    size: float
    value_size: float
    margin: float
    top: float
    border: Literal["box", "line"]
    stroke: float
    tick: Literal["cross", "letter", "bracket"]
    leading: float = 0.45
    frame: bool = False
    outlined_bold: bool = False


class Page(msgspec.Struct, frozen=True):
    """The blocks of one page, the three parts of its foot line, and a type of its own where it has one."""

    blocks: tuple[Block, ...]
    foot: tuple[str, str, str] = ("", "", "")
    font: str = ""


class Sheet(msgspec.Struct, frozen=True):
    """One printed form, whole: its form id, its print's style and its pages."""

    form: str
    style: Style
    pages: tuple[Page, ...]


def spans_of(page: Page) -> Iterator[Span]:
    """Every span of a page, in reading order."""
    for block in page.blocks:
        match block:
            case Para():
                yield from block.spans
            case Check():
                yield block.tick
                yield from block.spans
            case Row():
                for cell in block.cells:
                    yield from cell.spans


def truth(sheet: Sheet) -> dict[str, str | bool]:
    """What a faultless reader would read off the sheet: reading field -> value, the first print of each."""
    readings: dict[str, str | bool] = {}
    for page in sheet.pages:
        for span in spans_of(page):
            if isinstance(span, Value):
                for field, meaning in span.reads:
                    readings.setdefault(field, meaning)
            elif isinstance(span, Tick) and span.field:
                readings.setdefault(span.field, span.ticked)
    return readings


def hands(sheet: Sheet) -> dict[str, Hand]:
    """In whose hand each reading of `truth` was filled in; a ticked box counts as typed."""
    found: dict[str, Hand] = {}
    for span in (span for page in sheet.pages for span in spans_of(page)):
        if isinstance(span, Value):
            for field, _ in span.reads:
                found.setdefault(field, span.hand)
        elif isinstance(span, Tick) and span.field:
            found.setdefault(span.field, "typed")
    return found
