"""What an audit with the office looks for in the vault: records lost, brought back, or put in another's place."""

from hashlib import sha256

from trustact.casework.events import SHREDDED, opened
from trustact.casework.remains import KIND
from trustact.ledger.entry import parse_entry
from trustact.ledger.errors import VerificationError
from trustact.records.append import unseal
from trustact.records.models import Document, Event, LedgerRow, SealedRecord
from trustact.records.office import Office
from trustact.records.vault import VaultError


def shreddings() -> dict[str, int]:
    """The shredded cases by the token their entries bear, each with the entry that shredded it."""
    rows = Event.objects.filter(kind=KIND).values_list("row__entry", "pk")
    return {parse_entry(bytes(entry)).case or "": index for entry, index in rows}


def check_shredding(event: Event, gone: dict[str, int]) -> bool:
    """Whether the sealed record of an event is there, as it should be.

    Raises VerificationError where the ledger and the vault disagree on that, or on what kind of event it is.
    """
    entry = parse_entry(bytes(event.row.entry))
    token = event.case.token if event.case else None
    if (entry.kind, entry.case) != (event.kind, token):
        raise VerificationError(
            f"entry {event.pk} is {entry.kind} of another case than the record says, or of another kind"
        )
    by = gone.get(entry.case or "", -1)
    there = bool(event.sealed.wrapped_key or event.sealed.ciphertext)
    if event.pk < by and there:
        raise VerificationError(
            f"entry {event.pk}: its record was shredded by entry {by}, and is there again"
        )
    if event.pk >= by and not there:
        raise VerificationError(f"entry {event.pk}: its record is gone, and no entry shredded it")
    return there


def check_whole(office: Office) -> None:
    """Every entry has its event, every document and letter its bytes. Raises VerificationError for the first without."""
    lost = LedgerRow.objects.filter(event=None).order_by("index").values_list("index", flat=True).first()
    if lost is not None:
        raise VerificationError(f"entry {lost}: the record has lost the event that belongs to it")
    _check_documents(office)
    _check_letters(office)


def _check_letters(office: Office) -> None:
    letters = Event.objects.filter(kind__startswith="letter-").exclude(case__stage=SHREDDED)
    for event in letters.select_related("row", "sealed").iterator():
        try:
            unseal(office, SealedRecord.objects.get(pk=opened(office, event).particulars["pdf_record"]))
        except (VaultError, SealedRecord.DoesNotExist) as wrong:
            raise VerificationError(f"the letter of entry {event.pk} is not in the vault: {wrong}") from None


def _check_documents(office: Office) -> None:
    """Every document is the one its receipt's hash says. Raises VerificationError for the first that is not."""
    for document in (
        Document.objects.exclude(case__stage=SHREDDED).select_related("case", "sealed").iterator()
    ):
        receipt = (
            document.case.events.filter(kind="document-received").select_related("row", "sealed").first()
        )
        if receipt is None:
            raise VerificationError(f"case {document.case.number} has a document that no entry received")
        try:
            digest = sha256(unseal(office, document.sealed)).hexdigest()
        except VaultError as wrong:
            raise VerificationError(f"the document of entry {receipt.pk}: {wrong}") from None
        if digest != opened(office, receipt).particulars["sha256"]:
            raise VerificationError(f"the document of entry {receipt.pk} is not the one that was received")
