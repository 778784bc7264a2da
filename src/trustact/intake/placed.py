"""A form's first page read by place: every value where the registered print has it, its label checked there.

The engines' looks come from `ocr`; what they amount to is settled here.
"""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from trustact.intake.calibration import calibrated
from trustact.intake.form import FIELDS, Form, ValueKind
from trustact.intake.look import Look
from trustact.intake.looks import NAMES, Settled, Status, settle
from trustact.intake.page import Box
from trustact.intake.prints import Print
from trustact.intake.reading import Reading
from trustact.intake.ticks import Ticked

_CERTAIN = 0.9
"""From this agreement of the looks on a person's name needs no more of them."""


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
    readings = list(ticks)
    for spot in on.places:
        at = seen[spot.box]
        settled = settle(kinds[spot.field], at.looks)
        status: Status = settled.status if at.whole and at.labelled else "ask"
        sure = calibrated(settled, status)
        readings.append(Reading(spot.field, settled.value, sure, status, number, at.box))
    return sorted(readings, key=lambda reading: FIELDS.index(reading.field))


def unsettled(form: Form, on: Print, seen: Mapping[Box, Seen]) -> Iterator[Box]:
    """The places that need further looks: whole and labelled, and not accepted yet, or a name not all but certain."""
    kinds = {field.field: field.kind for field in form.fields}
    for box, at in seen.items():
        own = {kinds[spot.field] for spot in on.places if spot.box == box}
        wanting = any(_wanting(kind, settle(kind, at.looks)) for kind in own)
        if at.looks and at.whole and at.labelled and wanting:
            yield box


def _wanting(kind: ValueKind, settled: Settled) -> bool:
    return settled.status == "ask" or (kind in NAMES and settled.confidence < _CERTAIN)


def ticked(field: str, tick: Ticked, number: int) -> Reading:
    """A tick box as a reading."""
    return Reading(field, tick.value, tick.confidence, tick.status, number, tick.box)
