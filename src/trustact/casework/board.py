"""The queue: every case, newest first, with what it wants next."""

from collections.abc import Iterator, Sequence

import msgspec
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef

from trustact.casework.dossier import Dossier, QueueLine
from trustact.casework.dossier_of import fold
from trustact.casework.events import SHREDDED, opened
from trustact.casework.receipt_index import receipts
from trustact.records.models import Case, Event
from trustact.records.office import Office

_WANTS = {
    "received": "Read the document",
    "quarantined": "Look at the document: it could not be read",
    "read": "Confirm the facts",
    "decided": "Record what was done",
    "second-person": "Second person: agree to what was done on a court's warrant",
    "supervisor": "Supervisor: what was done contradicts the finding",
    "acted": "",
    "set-aside": "",
}


PAGE = 100
"""Cases on one page of the queue."""

_LETTERS = ("letter-drafted", "letter-approved")


class Queue(msgspec.Struct, frozen=True):
    """A page of the queue, and what is counted of all of it.

    `page` of `pages`, from 1; `matching` cases are of the stage and station asked for. `total`, `open` (they wait for a
    person), `by_stage` and `stations` are of every case that was not shredded.
    """

    lines: tuple[QueueLine, ...]
    page: int
    pages: int
    matching: int
    total: int
    open: int
    by_stage: dict[str, int]
    stations: tuple[str, ...]


def queue(office: Office, *, stage: str = "", station: str = "", page: int = 1) -> Queue:
    """A page of the cases of a stage and a station, or of all, the last received first; of pages past the end the last.

    Raises VaultError where a record does not open.
    """
    firsts = receipts(office).filter(first=True)
    narrowed = {"event__case__stage": stage, "station": station}
    shown = firsts.filter(**{name: wanted for name, wanted in narrowed.items() if wanted})
    found = Paginator(shown.order_by("-received_at", "-event__case__number"), PAGE).get_page(page)
    by_stage = _by_stage()
    return Queue(
        lines=tuple(_lines(office, [receipt.pk for receipt in found])),
        page=found.number,
        pages=found.paginator.num_pages,
        matching=found.paginator.count,
        total=sum(by_stage.values()),
        open=sum(many for name, many in by_stage.items() if _WANTS[name]) + _unapproved(),
        by_stage=by_stage,
        stations=tuple(firsts.order_by("station").values_list("station", flat=True).distinct()),
    )


def _lines(office: Office, entries: Sequence[int]) -> Iterator[QueueLine]:
    """The lines of the cases that these entries opened, in their order."""
    cases = Case.objects.filter(events__in=entries).prefetch_related("events__row", "events__sealed")
    lines = {}
    for case in cases:
        happened = [opened(office, event) for event in case.events.all()]
        lines[happened[0].entry] = line(fold(office, case, happened))
    return (lines[entry] for entry in entries)


def _by_stage() -> dict[str, int]:
    counted = Case.objects.exclude(stage=SHREDDED).values("stage").annotate(many=Count("pk"))
    return dict(counted.values_list("stage", "many"))


def _unapproved() -> int:
    """Cases whose outcome is recorded and whose last letter nobody has approved."""
    letters = Event.objects.filter(kind__in=_LETTERS)
    followed = letters.filter(case=OuterRef("case"), pk__gt=OuterRef("pk"))
    last = letters.filter(kind="letter-drafted", case__stage="acted").exclude(Exists(followed))
    return last.count()


def line(file: Dossier) -> QueueLine:
    """A dossier as its line in the queue."""
    first = file.receipts[0]
    holding = [f.finding.value for d in file.decisions[-1:] for f in d.findings if f.action == "hold"]
    return QueueLine(
        number=file.number,
        stage=file.stage,
        received_at=first.received_at,
        station=first.station,
        channel=first.channel,
        form_title=file.form_title,
        subject_name=_subject(file),
        wants=_wants(file),
        holding=holding[0] if holding else "",
        copy_of=file.copy_of,
        late=first.late,
    )


def _subject(file: Dossier) -> str:
    """The subject's name as a person attested it, else as it was read."""
    read = {reading.field: reading.value for reading in file.readings}
    return str(file.attested_readings.get("subject.name") or read.get("subject.name") or "")


def _wants(file: Dossier) -> str:
    if file.stage == "acted" and file.letters and not file.letters[-1].approved_by:
        return "Approve the reply letter"
    return _WANTS[file.stage]
