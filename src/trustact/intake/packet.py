"""Several forms in one packet put together as one set of readings."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

import msgspec
from rapidfuzz import fuzz

from trustact.intake.accents import STROKED
from trustact.intake.form import FIELDS, Form
from trustact.intake.grammar import unaccented
from trustact.intake.reading import Reading, asked

_WARRANTS = ("judicial-warrant", "administrative-warrant")
_WHO = {
    "subject.name": "name",
    "subject.date_of_birth": "date of birth",
    "request.file_number": "file number",
}
"""What tells of each form about whom it is, in words."""
_LIKELY = 0.8
"""How sure a reading that is asked must be for another than the request's to tell of another person."""
_ALIKE = 80.0
"""How alike, 0 to 100, two readings are of which one may be the other misread."""


class FormRead(msgspec.Struct, frozen=True):
    """One form of a packet with the readings of its first page."""

    form: Form
    readings: tuple[Reading, ...]


def together(chosen: Form, packet: Sequence[FormRead]) -> list[Reading]:
    """The readings of a packet filed under the chosen form.

    The chosen form speaks for the request and the subject, beside what the forms with it say of the same person. All
    `warrant.*` readings come from one instrument, the court's warrant before an officer's, so that no signer is ever
    joined to another's warrant. Where the chosen form is there twice, a person must look.
    """
    own, *twice = [read for read in packet if read.form.id == chosen.id]
    enclosed = [read for read in packet if read.form.id != chosen.id]
    readings = {reading.field: _beside(reading, own, enclosed) for reading in own.readings}
    warrant = min(
        (read for read in packet if read.form.kind in _WARRANTS),
        key=lambda read: _WARRANTS.index(read.form.kind),
        default=None,
    )
    if warrant is not None:
        readings |= {r.field: r for r in warrant.readings if r.field.startswith("warrant.")}
    ordered = sorted(readings.values(), key=lambda reading: FIELDS.index(reading.field))
    return [asked(reading) for reading in ordered] if twice else ordered


def told_otherwise(chosen: Form, packet: Sequence[FormRead]) -> list[str]:
    """A remark on each page of a packet that likely says otherwise about whom it is than the request does."""
    own = next(read for read in packet if read.form.id == chosen.id)
    others = [read for read in packet if read.form.id != chosen.id]
    return [
        f"page {other.page} has another {_WHO[reading.field]} than the request: look whether it is about the same person"
        for reading in own.readings
        for form in others
        for other in _who(form, reading.field)
        if _likely(reading) and _likely(other) and _key(other) != _key(reading)
    ]


def _beside(reading: Reading, own: FormRead, enclosed: Sequence[FormRead]) -> Reading:
    """What the request says of its subject, beside what the forms enclosed say of theirs.

    An accepted reading is asked where one of them tells of another person. One that is asked is accepted where they
    surely say the same; and of two names that are alike the sure one counts, where a file number shows one person.
    """
    told = [(form, other) for form in enclosed for other in _who(form, reading.field)]
    if reading.status == "accepted":
        return asked(reading) if any(_tells_of_another(other, reading) for _, other in told) else reading
    sure = [(form, other) for form, other in told if other.status == "accepted"]
    if len({_written(other) for _, other in sure}) != 1:
        return reading
    form, other = sure[0]
    if _written(other) == _written(reading):
        return msgspec.structs.replace(reading, status="accepted", confidence=other.confidence)
    named = reading.field == "subject.name" and _same_person(own, form) and _alike(other, reading)
    return other if named else reading


def _who(read: FormRead, field: str) -> Iterator[Reading]:
    """What a form says of that field, where it tells who the subject is."""
    if field in _WHO:
        yield from (r for r in read.readings if r.field == field and isinstance(r.value, str))


def _tells_of_another(other: Reading, reading: Reading) -> bool:
    """Whether a reading of another form cannot well be of the same person: it differs, and is no mere misreading."""
    if _key(other) == _key(reading):
        return other.status == "accepted" and _written(other) != _written(reading)
    return _likely(other) or not _alike(other, reading)


def _likely(reading: Reading) -> bool:
    """Whether a reading is likely right, though a person may have to look."""
    return reading.status == "accepted" or reading.confidence >= _LIKELY


def _same_person(own: FormRead, other: FormRead) -> bool:
    """Whether the other form surely has the request's file number."""
    field = "request.file_number"
    said = {_written(reading) for reading in _who(own, field)}
    sure = {_written(r) for r in _who(other, field) if r.status == "accepted"}
    return bool(said & sure)


def _alike(one: Reading, other: Reading) -> bool:
    first, second = _unmarked(one), _unmarked(other)
    return max(fuzz.ratio(first, second), fuzz.token_sort_ratio(first, second)) >= _ALIKE


def _key(reading: Reading) -> str:
    """What two forms are compared by: a name's letters without accents, however its words are parted; else digits."""
    unmarked = "".join(filter(str.isalnum, _unmarked(reading)))
    return "".join(sorted(unmarked)) if reading.field == "subject.name" else unmarked


def _unmarked(reading: Reading) -> str:
    """A value as written, without accents and strokes, which not every reader sees."""
    return unaccented(_written(reading)).translate(STROKED)


def _written(reading: Reading) -> str:
    """A value as two forms write it: a name's words with their accents, the family name first or last; else its digits."""
    said = unicodedata.normalize("NFKD", str(reading.value)).casefold()
    if reading.field == "subject.name":
        return " ".join(sorted(re.split(r"[\s,.-]+", said)))
    return "".join(filter(str.isdigit, said))
