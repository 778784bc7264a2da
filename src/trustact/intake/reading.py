"""The readings of a form: every contract field found on its pages, by the words printed beside it.

Pure: the looks of OCR engines are handed in (`again`), as is everything else.
"""

from collections.abc import Callable, Sequence

import msgspec

from trustact.intake.form import FIELDS, Field, Form
from trustact.intake.labels import Hit, locate
from trustact.intake.layout import Row
from trustact.intake.look import TEXT_LAYER, Look
from trustact.intake.looks import Status, settle
from trustact.intake.marks import Plate
from trustact.intake.page import Box, Widget, Word, around, middle_in
from trustact.intake.places import LEADING, Line, Place, places_of
from trustact.intake.signers import capacity
from trustact.intake.ticks import read_tick
from trustact.intake.values import value_of
from trustact.intake.wording import matches

Again = Callable[[Sequence[Box]], Sequence[Sequence[Look]]]
"""Looks once more at boxes of one printed line each; every look has one line."""


class Sheet(msgspec.Struct, frozen=True):
    """A page ready to be read: its number, words in rows, who read them, form fields, its picture unpacked."""

    number: int
    rows: tuple[Row, ...]
    reader: str
    widgets: tuple[Widget, ...]
    plate: Plate


class Reading(msgspec.Struct, frozen=True):
    """One field as read: a proposal. `accepted` is shown as read; `ask` means a person must look.

    `value` is None where the field's words are there but no value could be read. `box` is in PDF points from the
    top left of the page as it came.
    """

    field: str
    value: str | bool | None
    confidence: float
    status: Status
    page: int
    box: Box


def asked(reading: Reading) -> Reading:
    """The same reading, for a person to look at."""
    return msgspec.structs.replace(reading, status="ask")


def read_form(form: Form, sheet: Sheet, again: Again) -> list[Reading]:
    """The readings of a form's first page, in the order of FIELDS; fields whose words are not there are left out.

    What was read by words from a picture is asked, all of it: the print is one nobody has taught the reader, and where
    a value begins and ends on it is a guess that two engines share.
    """
    hits = locate(form, sheet.rows)
    found = {
        field.field: place for field in form.fields if (place := _best(field, hits, sheet.rows)) is not None
    }
    lines = [line for place in found.values() for line in place.lines]
    seen = dict(zip(map(id, lines), again([line.crop for line in lines]), strict=True))
    readings = [_reading(sheet, place, [seen[id(line)] for line in place.lines]) for place in found.values()]
    for tick in form.ticks:
        ticked = read_tick(tick, hits, sheet.rows, sheet.widgets, sheet.plate)
        if ticked is not None:
            readings.append(
                Reading(tick.field, ticked.value, ticked.confidence, ticked.status, sheet.number, ticked.box)
            )
    if sheet.reader != TEXT_LAYER:
        readings = [asked(reading) for reading in readings]
    return sorted(readings, key=lambda reading: FIELDS.index(reading.field))


def in_capacity(form: Form, readings: Sequence[Reading]) -> list[Reading]:
    """The readings, the signer's title asked where it tells none of the capacities in which the form is signed."""
    return [
        asked(reading)
        if reading.field == "warrant.signer_title"
        and form.signers
        and capacity(str(reading.value)) not in form.signers
        else reading
        for reading in readings
    ]


def _best(field: Field, hits: Sequence[Hit], rows: Sequence[Row]) -> Place | None:
    """The first place whose value meets its grammar, or else reads as a value at all, or else stands there."""
    places = list(places_of(field, hits, rows))
    values = [value_of(field.kind, tuple(line.text for line in place.lines)) for place in places]
    for wanted in (
        [value is not None and value.sure for value in values],
        [value is not None for value in values],
        [bool(place.lines) for place in places],
        [True for _ in places],
    ):
        for place, fits in zip(places, wanted, strict=True):
            if fits:
                return place
    return None


def _reading(sheet: Sheet, place: Place, again: Sequence[Sequence[Look]]) -> Reading:
    """One field settled from the page's own words and the further looks at each of its lines."""
    if not place.lines:
        return Reading(place.field.field, None, 0.0, "ask", sheet.number, place.label)
    sure = min(line.confidence for line in place.lines)
    looks = [Look(sheet.reader, tuple(line.text for line in place.lines), sure)]
    looks += _joined(place.lines, again)
    settled = settle(place.field.kind, looks)
    box = around(line.box for line in place.lines)
    return Reading(place.field.field, settled.value, settled.confidence, settled.status, sheet.number, box)


def _joined(lines: Sequence[Line], again: Sequence[Sequence[Look]]) -> list[Look]:
    """The further looks at single lines as looks at the whole value: the n-th of every line together."""
    joined = []
    for looks in zip(*again, strict=True):
        texts = tuple(without_lead(line.lead, look.lines[0]) for line, look in zip(lines, looks, strict=True))
        joined.append(Look(looks[0].reader, texts, min(look.confidence for look in looks)))
    return joined


def without_lead(lead: str, text: str) -> str:
    """A line seen again, without the label that stands before its value."""
    if not lead:
        return text
    colon = text.find(":")
    if ":" in lead and 0 <= colon <= len(lead) + 2:
        return text[colon + 1 :].lstrip(LEADING)
    found = next(matches(lead, text[: len(lead) + 6], 75), None)
    return text[found.end :].lstrip(LEADING) if found and found.start <= 3 else text


def words_of(words: Sequence[Word], widgets: Sequence[Widget]) -> list[Word]:
    """A page's native words, and the contents of text fields that the file itself does not draw."""
    unshown = [
        widget
        for widget in widgets
        if widget.value.strip() and not any(middle_in(word.box, widget.box) for word in words)
    ]
    return [*words, *(word for widget in unshown for word in _in_field(widget))]


def _in_field(widget: Widget) -> list[Word]:
    """The words of a text field, spread over its lines in proportion to their letters."""
    lines = [line for line in widget.value.splitlines() if line.strip()]
    height = (widget.box.y1 - widget.box.y0) / len(lines)
    fitting = (widget.box.x1 - widget.box.x0) / (0.5 * min(height, 12.0))
    longest = max(fitting, *map(len, lines))
    step = (widget.box.x1 - widget.box.x0) / longest
    words = []
    for number, line in enumerate(lines):
        top, at = widget.box.y0 + number * height, 0
        for text in line.split():
            at = line.index(text, at)
            left = widget.box.x0 + at * step
            words.append(Word(text, Box(left, top, left + len(text) * step, top + height)))
            at += len(text)
    return words
