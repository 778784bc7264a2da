"""The reading queue: every case received and not yet read, oldest first. The record itself is the queue.

A reader claims a case before it begins. If it is killed, its claim falls to the reader of the same name that follows
it; a document that stops its reader too often is set in quarantine, in sight, and the queue moves on.
"""

from django.db import DatabaseError, transaction

from trustact.casework.read import read
from trustact.records.append import append, lock_ledger
from trustact.records.models import Case, ReadingTry
from trustact.records.office import Office

MOST_TRIES = 3
READER = "trustact"


def waiting() -> int:
    """How many documents wait to be read."""
    return Case.objects.filter(stage="received").count()


def quarantined() -> int:
    """How many documents could not be read and wait for a person."""
    return Case.objects.filter(stage="quarantined").count()


def read_next(office: Office, reader: str) -> str | None:
    """Read the oldest document nobody reads; its case number, or None when none waits.

    Whatever is wrong with the document, the case ends read or in quarantine. Raises DatabaseError.
    """
    claimed = _claim(reader)
    if claimed is None:
        return None
    number = claimed.case.number
    if claimed.tries > MOST_TRIES:
        _quarantine(
            office, claimed.case, f"reading it stopped the reader {MOST_TRIES} times: look at it by hand"
        )
    else:
        _read(office, claimed)
    ReadingTry.objects.filter(pk=claimed.pk).delete()
    return number


def _claim(reader: str) -> ReadingTry | None:
    with transaction.atomic():
        lock_ledger()
        others = ReadingTry.objects.exclude(reader=reader).exclude(reader="")
        case = (
            Case.objects.filter(stage="received").exclude(pk__in=others.values("pk")).order_by("pk").first()
        )
        if case is None:
            return None
        claimed, _ = ReadingTry.objects.get_or_create(case=case)
        claimed.tries += 1
        claimed.reader = reader
        claimed.save()
        return claimed


def _read(office: Office, claimed: ReadingTry) -> None:
    number = claimed.case.number
    try:
        read(office, number, READER)
    except DatabaseError:
        raise
    except (KeyboardInterrupt, SystemExit):
        ReadingTry.objects.filter(pk=claimed.pk).update(tries=claimed.tries - 1, reader="")
        raise
    except Exception as wrong:  # noqa: BLE001 - one document must not stop the queue, whatever it does to a reader
        _quarantine(office, claimed.case, f"the reading failed ({type(wrong).__name__}): look at it by hand")


def _quarantine(office: Office, case: Case, reason: str) -> None:
    """Set a case in quarantine with the reason, unless a person has gone on with it."""
    with transaction.atomic():
        lock_ledger()
        case.refresh_from_db(fields=["stage"])
        if case.stage == "received":
            append(office, "reading-failed", {"error": reason}, actor=READER, case=case)
            case.stage = "quarantined"
            case.save(update_fields=["stage"])
