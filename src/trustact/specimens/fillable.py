"""A sheet as a fillable PDF: a real AcroForm whose fields carry their values and their looks.

Each field's look is a page typeset to the field's size and put in as a form XObject, so that every letter
has its glyph and viewers need not draw anything themselves (PDF 32000-1, 12.7).
"""

import io
from typing import cast

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from trustact.specimens import typeset
from trustact.specimens.page import HEIGHT, Sheet, Tick, Value, spans_of
from trustact.specimens.typeset import Spot, Stamp

_PRINTED = 4
"""Annotation flag: the widget is printed (PDF 32000-1, table 165)."""

_MULTILINE = 1 << 12
"""Field flag of a text field with more than one line (table 228)."""


def pdf(sheet: Sheet) -> bytes:
    """The sheet as a fillable PDF, filled in: text fields, check boxes, NeedAppearances false."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(typeset.pdf(sheet, "ink"))))
    spans = {
        span.name: span for page in sheet.pages for span in spans_of(page) if isinstance(span, Value | Tick)
    }
    spots = typeset.spots(sheet)
    looks = PdfReader(
        io.BytesIO(typeset.stamps(sheet.style, tuple(_stamp(spans[at.name], at) for at in spots)))
    )
    fields = ArrayObject()
    for at, look in zip(spots, looks.pages, strict=True):
        page = writer.pages[at.page - 1]
        widget = _widget(writer, spans[at.name], at, look)
        widget[NameObject("/P")] = page.indirect_reference or NullObject()
        fields.append(_kept(writer, widget))
        if "/Annots" not in page:
            page[NameObject("/Annots")] = ArrayObject()
        cast("ArrayObject", page["/Annots"]).append(fields[-1])
    writer.root_object[NameObject("/AcroForm")] = _kept(writer, _acro_form(fields))
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _kept(writer: PdfWriter, thing: PdfObject) -> IndirectObject:
    return writer._add_object(thing)  # noqa: SLF001  pypdf has no other way to add an object of one's own


def _stamp(span: Value | Tick, at: Spot) -> Stamp:
    if isinstance(span, Tick):
        return Stamp(text="", tick=True, lines=1, centred=False, width=at.width, height=at.height)
    return Stamp(span.text, False, span.lines, span.centred, at.width, at.height)


def _form_xobject(writer: PdfWriter, look: PageObject, *, empty: bool = False) -> StreamObject:
    """The page of one stamp, as a form XObject with its fonts; `empty` leaves out what is drawn on it."""
    contents = look.get_contents()
    drawing = StreamObject()
    drawing.set_data(b"" if contents is None or empty else contents.get_data())
    drawing[NameObject("/Type")] = NameObject("/XObject")
    drawing[NameObject("/Subtype")] = NameObject("/Form")
    drawing[NameObject("/BBox")] = ArrayObject(FloatObject(side) for side in look.mediabox)
    drawing[NameObject("/Resources")] = look["/Resources"].clone(writer)
    return drawing


def _widget(writer: PdfWriter, span: Value | Tick, at: Spot, look: PageObject) -> DictionaryObject:
    """Field and widget in one dictionary, as is usual where a field has one widget."""
    drawn = _kept(writer, _form_xobject(writer, look))
    widget = _placed(span.name, at)
    if isinstance(span, Tick):
        widget.update(_check_box(span, drawn, _kept(writer, _form_xobject(writer, look, empty=True))))
    else:
        widget.update(_text_field(span, drawn))
    return widget


def _placed(name: str, at: Spot) -> DictionaryObject:
    """What every field has: its name, and where on the page it is."""
    left, top = at.x, HEIGHT - at.y
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/Rect"): ArrayObject(
                FloatObject(round(side, 3)) for side in (left, top - at.height, left + at.width, top)
            ),
            NameObject("/F"): NumberObject(_PRINTED),
            NameObject("/T"): TextStringObject(name),
        }
    )


def _text_field(span: Value, look: IndirectObject) -> DictionaryObject:
    return DictionaryObject(
        {
            NameObject("/FT"): NameObject("/Tx"),
            NameObject("/Ff"): NumberObject(_MULTILINE if span.lines > 1 else 0),
            NameObject("/V"): TextStringObject(span.text),
            NameObject("/DA"): TextStringObject("/Helv 9 Tf 0 g"),
            NameObject("/AP"): DictionaryObject({NameObject("/N"): look}),
        }
    )


def _check_box(span: Tick, ticked: IndirectObject, empty: IndirectObject) -> DictionaryObject:
    state = NameObject("/Yes" if span.ticked else "/Off")
    return DictionaryObject(
        {
            NameObject("/FT"): NameObject("/Btn"),
            NameObject("/V"): state,
            NameObject("/AS"): state,
            NameObject("/AP"): DictionaryObject(
                {
                    NameObject("/N"): DictionaryObject(
                        {NameObject("/Yes"): ticked, NameObject("/Off"): empty}
                    ),
                }
            ),
        }
    )


def _acro_form(fields: ArrayObject) -> DictionaryObject:
    helvetica = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    return DictionaryObject(
        {
            NameObject("/Fields"): fields,
            NameObject("/NeedAppearances"): BooleanObject(False),
            NameObject("/DR"): DictionaryObject(
                {
                    NameObject("/Font"): DictionaryObject({NameObject("/Helv"): helvetica}),
                }
            ),
        }
    )
