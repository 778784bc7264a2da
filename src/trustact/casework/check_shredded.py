"""Checks that what was shredded stays so: an older copy of the database would bring it back."""

from collections.abc import Collection

from trustact.casework.events import SHREDDED
from trustact.ledger.errors import VerificationError
from trustact.records.models import Case, Delivery, SealedRecord

_PSEUDONYM = 32  # characters; a fingerprint has 64


def check_shredded(case: Case) -> None:
    """Nothing of a case that was shredded is there but its number. Raises VerificationError."""
    if case.stage != SHREDDED:
        raise VerificationError(f"case_file: case {case.number} was shredded, and is '{case.stage}' again")
    if case.sameness or len(case.subject) != _PSEUDONYM:
        raise VerificationError(
            f"case_file: case {case.number} was shredded, and its fingerprints are there again"
        )
    for document in case.documents.select_related("sealed"):
        if document.fingerprint or _is_there(document.sealed):
            raise VerificationError(f"document: that of case {case.number} was shredded, and is there again")
    if case.enclosures.exists():
        raise VerificationError(f"enclosure: those of case {case.number} were shredded, and are there again")
    if Delivery.objects.filter(event__case=case).exists():
        raise VerificationError(f"delivery: those of case {case.number} were shredded, and are there again")


def check_loose_records(letters: Collection[str]) -> None:
    """What is no event's and no document's is a letter of a case that is there, or empty. Raises VerificationError."""
    for record in SealedRecord.objects.filter(event=None, document=None).iterator():
        if record.pk not in letters and _is_there(record):
            raise VerificationError(f"the vault: the record {record.pk} belongs to no case that is there")


def _is_there(record: SealedRecord) -> bool:
    return bool(record.wrapped_key or record.ciphertext)
