"""A form's first page read by place: every value where the registered print has it, its label checked there.

The engines' looks come from `ocr`; what they amount to is settled here.
"""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from trustact.intake.calibration import calibrated
from trustact.intake.form import FIELDS, Form, ValueKind
from trustact.intake.look import Look
from trustact.intake.looks import FIGURES, NAMES, Settled, Status, clearness, settle
from trustact.intake.page import Box
from trustact.intake.prints import Print
from trustact.intake.reading import Reading
from trustact.intake.ticks import Ticked

_TELLING: tuple[ValueKind, ...] = ("country", "event-number", "sex")
"""Values that tell by themselves what they are: no form has another place for one like them."""
_PLAINLY = 0.95
"""How well a page reads of whose numbers the first looks are enough: on a worse one a figure may be another to them all."""
_LEAST_RIGHT = 0.98
"""The share of values like it that was right, at least, where one is accepted."""


class Seen(msgspec.Struct, frozen=True):
    """What was seen at one place of a print: the looks, whether all its print was caught and its label is there."""

    looks: tuple[Look, ...]
    whole: bool
    labelled: bool
    box: Box


def read_placed(
    form: Form, on: Print, number: int, seen: Mapping[Box, Seen], ticks: Sequence[Reading]
) -> list[Reading]:
    """The values of a registered page, settled, with its tick boxes, in the order of FIELDS; a blank has no value."""
    kinds = {field.field: field.kind for field in form.fields}
    readings, clear = list(ticks), clearness(at.looks for at in seen.values())
    for spot in on.places:
        at = seen[spot.box]
        settled, status = _told(kinds[spot.field], at, clear)
        readings.append(
            Reading(spot.field, settled.value, calibrated(settled, status), status, number, at.box)
        )
    return sorted(readings, key=lambda reading: FIELDS.index(reading.field))


def unsettled(form: Form, on: Print, seen: Mapping[Box, Seen]) -> Iterator[Box]:
    """The places that need further looks: one is in its place and not accepted yet, a person's name, or a number of a worn page."""
    kinds = {field.field: field.kind for field in form.fields}
    clear = clearness(at.looks for at in seen.values())
    doubly = NAMES if clear >= _PLAINLY else (*NAMES, *FIGURES)
    for box, at in seen.items():
        own = {kinds[spot.field] for spot in on.places if spot.box == box}
        wanting = (kind in doubly or settle(kind, at.looks, clear=clear).status == "ask" for kind in own)
        if at.looks and any(_in_place(kind, at) for kind in own) and any(wanting):
            yield box


def _told(kind: ValueKind, at: Seen, clear: float) -> tuple[Settled, Status]:
    """What a place gives, accepted where it stands in its place and values like it are right."""
    settled = settle(kind, at.looks, clear=clear)
    if not _in_place(kind, at) or calibrated(settled, "accepted") < _LEAST_RIGHT:
        return settled, "ask"
    return settled, settled.status


def _in_place(kind: ValueKind, at: Seen) -> bool:
    """Whether a value stands where it should: its print was caught whole, and its label is there or it needs none."""
    return at.whole and (at.labelled or kind in _TELLING)


def ticked(field: str, tick: Ticked, number: int) -> Reading:
    """A tick box as a reading."""
    return Reading(field, tick.value, tick.confidence, tick.status, number, tick.box)
