"""The queue: every case, newest first, with what it wants next."""

from trustact.casework.dossier import Dossier, QueueLine
from trustact.casework.dossier_of import fold
from trustact.casework.events import SHREDDED, opened
from trustact.records.models import Case
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


def queue(office: Office) -> list[QueueLine]:
    """Every case that was not shredded as a line, the last received first. Raises VaultError where a record does not open."""
    cases = Case.objects.exclude(stage=SHREDDED).prefetch_related("events__row", "events__sealed")
    lines = [
        line(fold(office, case, [opened(office, event) for event in case.events.all()])) for case in cases
    ]
    return sorted(lines, key=lambda found: (found.received_at, found.number), reverse=True)


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
