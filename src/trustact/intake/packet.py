"""Several forms in one packet put together as one set of readings."""

from collections.abc import Sequence

import msgspec

from trustact.intake.form import FIELDS, Form
from trustact.intake.reading import Reading, asked
from trustact.intake.values import value_of

_WARRANTS = ("judicial-warrant", "administrative-warrant")


class FormRead(msgspec.Struct, frozen=True):
    """One form of a packet with the readings of its first page."""

    form: Form
    readings: tuple[Reading, ...]


def together(chosen: Form, packet: Sequence[FormRead]) -> list[Reading]:
    """The readings of a packet filed under the chosen form.

    The chosen form speaks for the request and the subject. All `warrant.*` readings come from one instrument,
    the court's warrant before an officer's, so that no signer is ever joined to another's warrant. Where the forms
    name different people, or the chosen form is there twice, a person must look.
    """
    own = [read for read in packet if read.form.id == chosen.id]
    readings = {reading.field: reading for reading in own[0].readings}
    warrant = min(
        (read for read in packet if read.form.kind in _WARRANTS),
        key=lambda read: _WARRANTS.index(read.form.kind),
        default=None,
    )
    if warrant is not None:
        readings |= {r.field: r for r in warrant.readings if r.field.startswith("warrant.")}
    several = len({name for read in packet if (name := _subject(read)) is not None}) > 1
    doubted = set(readings) if len(own) > 1 else {"subject.name"} if several else set()
    ordered = sorted(readings.values(), key=lambda reading: FIELDS.index(reading.field))
    return [asked(reading) if reading.field in doubted else reading for reading in ordered]


def _subject(read: FormRead) -> str | None:
    """The subject's name as one form gives it, ready to compare."""
    for reading in read.readings:
        if reading.field == "subject.name" and isinstance(reading.value, str):
            value = value_of("name", (reading.value,))
            return "".join(sorted(filter(str.isalpha, value.key))) if value else None
    return None
