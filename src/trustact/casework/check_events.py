"""Checks every event against its ledger entry: the tables' word of it, and the sealed record it committed to.

A record is there unless the ledger has its shredding; what is there is what the entry committed to.
"""

from trustact.casework.remains import KIND
from trustact.ledger.entry import Entry, opens, parse_entry
from trustact.ledger.errors import VerificationError
from trustact.records.append import particulars_of
from trustact.records.models import Document, Event, LedgerRow, SealedRecord
from trustact.records.office import Office


def check_events(office: Office) -> None:
    """Every entry has its event, every event its record. Raises VerificationError for the first that has not."""
    _check_none_is_lost()
    gone = _shreddings()
    for event in Event.objects.select_related("row", "sealed", "case").order_by("row").iterator():
        entry = parse_entry(bytes(event.row.entry))
        token = event.case.token if event.case else None
        if (entry.kind, entry.case) != (event.kind, token):
            raise VerificationError(
                f"entry {event.pk} is {entry.kind} of another case than the record says, or of another kind"
            )
        if _is_there(event, entry, gone):
            _check_commitments(office, event, entry)


def _check_none_is_lost() -> None:
    lost = LedgerRow.objects.filter(event=None).order_by("index").values_list("index", flat=True).first()
    if lost is not None:
        raise VerificationError(f"entry {lost}: the record has lost the event that belongs to it")
    records = SealedRecord.objects.values("pk")
    event = Event.objects.exclude(sealed_id__in=records).order_by("row").first()
    if event:
        raise VerificationError(f"sealed_record: that of entry {event.pk} is missing")
    document = Document.objects.exclude(sealed_id__in=records).first()
    if document:
        raise VerificationError(f"sealed_record: that of the document {document.pk} is missing")


def _shreddings() -> dict[str, int]:
    """The shredded cases by the token their entries bear, each with the entry that shredded it."""
    rows = Event.objects.filter(kind=KIND).values_list("row__entry", "pk")
    return {parse_entry(bytes(entry)).case or "": index for entry, index in rows}


def _is_there(event: Event, entry: Entry, gone: dict[str, int]) -> bool:
    """Whether the sealed record of an event is there, as it should be or not."""
    by = gone.get(entry.case or "", -1)
    there = bool(event.sealed.wrapped_key or event.sealed.ciphertext)
    if event.pk < by and there:
        raise VerificationError(
            f"entry {event.pk}: its record was shredded by entry {by}, and is there again"
        )
    if event.pk >= by and not there:
        raise VerificationError(f"entry {event.pk}: its record is gone, and no entry shredded it")
    return there


def _check_commitments(office: Office, event: Event, entry: Entry) -> None:
    record = particulars_of(office, event)
    # Entries of the first releases commit to the particulars alone, not to who did it in which case.
    whole = "actor" in record
    sealed = (
        {key: record[key] for key in ("actor", "case", "particulars")} if whole else record["particulars"]
    )
    commitments = ((entry.sealed, sealed, "salt"), (entry.public, record.get("opening"), "opening_salt"))
    for committed, value, salt in commitments:
        if committed is None:
            continue
        if salt not in record or not opens(committed, bytes.fromhex(record[salt]), value):
            raise VerificationError(
                f"entry {event.pk}: its sealed record is not what the ledger committed to"
            )
    said = (event.actor, event.case.number if event.case else None)
    if whole and (record["actor"], record["case"]) != said:
        raise VerificationError(
            f"entry {event.pk}: the record's table names another person or case than the ledger committed to"
        )
