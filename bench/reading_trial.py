"""One trial of the reader: a specimen read through `read_document`, and every field of it beside the truth."""

import datetime as dt
import hashlib
import itertools
import os
import resource
import time
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import msgspec

from trustact.intake.document import Read, read_document
from trustact.intake.form import Form, read_forms
from trustact.intake.opener import OpenError
from trustact.records.office import agency_of
from trustact.shelves import shelf
from trustact.specimens import LOOK_ALIKE, Specimen, one

ROOT = Path(__file__).parents[1]
LEVELS = ("scan", "fine", "standard", "bad", "phone")
"""The five degradations, in the order they are reported."""
HANDS = 5
"""One specimen in so many has places stamped or written by hand."""


PACKETS = ("i-247a+i-200", "i-247a+i-205", "i-247a+ao-442", "i-247g+i-205+ao-442")
"""Several forms in one fax; of two warrants the court's counts."""


class Trial(msgspec.Struct, frozen=True):
    """Which specimen is read; the forms of a packet are joined by `+`."""

    form: str
    print_id: str
    level: str
    seed: int
    by_hand: bool


class Cell(msgspec.Struct, frozen=True):
    """One field: what stands on the page (None: nothing), what was read, how sure, and in whose hand it was filled in."""

    field: str
    want: str | bool | None
    got: str | bool | None
    confidence: float
    accepted: bool
    hand: str


class Outcome(msgspec.Struct, frozen=True):
    """What came of a trial. `cpu` and `seconds` are a page's; `peak` is in MiB, of the largest process so far."""

    trial: Trial
    pages: int
    wanted: str | None
    form: str | None
    confidence: float
    cells: tuple[Cell, ...]
    seconds: float
    cpu: float
    peak: int
    failure: str = ""


def trials(
    seeds: Sequence[int], forms: Sequence[str], levels: Sequence[str], *, once: bool = False
) -> Iterator[Trial]:
    """Every form at every level for every seed, prints by turns; any beginning of the row is evenly mixed.

    `once`: every form at one level a seed, the levels by turns; every seed is a person, so these are more persons.
    """
    turns = [(seed, seed // 4 % len(levels)) for seed in seeds]
    for seed, turn in turns if once else itertools.product(seeds, range(len(levels))):
        for place, form in enumerate(forms):
            print_id = "ABCD"[(seed + place + turn) % 4]
            level = levels[(place + turn) % len(levels)]
            if "+" not in form or level != "phone":  # a photograph shows one page
                yield Trial(form, print_id, level, seed, (seed + place + turn) % HANDS == 0)


def run(trial: Trial) -> Outcome:
    """Make the specimen, read it, lay its fields beside the truth. A document that cannot be opened is told."""
    first, *enclosed = trial.form.split("+")
    specimen = one(
        first, trial.seed, trial.print_id, trial.level, enclosed=tuple(enclosed), by_hand=trial.by_hand
    )  # type: ignore[arg-type]
    begun, spent = time.perf_counter(), _cpu()
    try:
        arrived = dt.datetime.fromisoformat(specimen.received_at).date()
        read = read_document(specimen.data, forms=_forms(), arrived=arrived, stations=_stations())
    except OpenError as failure:
        read, said = Read(1, None, 0.0, (), ()), str(failure)
    else:
        said = ""
    pages = max(1, read.pages)
    return Outcome(
        trial,
        pages,
        None if specimen.form == LOOK_ALIKE else specimen.form,
        read.form,
        read.form_confidence,
        tuple(_cells(specimen, read)),
        (time.perf_counter() - begun) / pages,
        (_cpu() - spent) / pages,
        max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        // 1024,
        said,
    )


def _cells(specimen: Specimen, read: Read) -> Iterator[Cell]:
    """Every field of the truth, and every further field the reader accepted."""
    readings = {reading.field: reading for reading in read.readings}
    for field, want in specimen.truth.items():
        reading, hand = readings.pop(field, None), specimen.hands[field]
        if reading is None:
            yield Cell(field, want, None, 0.0, accepted=False, hand=hand)
        else:
            accepted = reading.status == "accepted"
            yield Cell(field, want, reading.value, reading.confidence, accepted, hand)
    for field, reading in readings.items():
        if reading.status == "accepted" and reading.value is not None:
            yield Cell(field, None, reading.value, reading.confidence, accepted=True, hand="typed")


def _cpu() -> float:
    """Seconds of processor time this process and its ended children have used."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


@cache
def _forms() -> tuple[Form, ...]:
    return read_forms(shelf("forms"))


@cache
def _stations() -> tuple[str, ...]:
    """Those of the department to which specimens are addressed."""
    return tuple(agency_of("us-ma-boston").stations)


def digest() -> str:
    """Of all that an outcome depends on here: reader, specimens, shelf. Outcomes of another are not kept."""
    parts = [*(ROOT / "src/trustact/intake").rglob("*"), *(ROOT / "src/trustact/specimens").rglob("*")]
    parts += [*(ROOT / "forms").rglob("*"), Path(__file__)]
    every = hashlib.sha256()
    for path in sorted(part for part in parts if part.is_file() and "__pycache__" not in part.parts):
        every.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return every.hexdigest()[:16]
