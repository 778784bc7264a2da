"""What a case brought, by the bytes of each document: the document itself, or those inside its mail.

So the same document is known again whether it came as a fax or attached to a mail, and where no machine can read it.
"""

from django.db.models import Q, QuerySet

from trustact.casework.events import Happening, latest
from trustact.ledger.errors import VerificationError
from trustact.records.models import Case, Enclosure
from trustact.records.office import Office


def keep_enclosed(office: Office, case: Case, digests: list[str]) -> None:
    """Keep what a reading found inside a mail; call it in the transaction that records the reading."""
    case.enclosures.all().delete()
    Enclosure.objects.bulk_create(
        Enclosure(case=case, fingerprint=each) for each in sorted(_fingerprints(office, digests))
    )


def brought(case: Case) -> frozenset[str]:
    """The fingerprints of what a case brought; of a mail those of the documents in it, where it has any."""
    enclosed = case.enclosures.values_list("fingerprint", flat=True)
    return frozenset(enclosed or case.documents.exclude(fingerprint="").values_list("fingerprint", flat=True))


def sharing(cases: QuerySet[Case], fingerprints: frozenset[str]) -> QuerySet[Case]:
    """Those of the cases that brought one of these, in the order they were received."""
    shared = Q(documents__fingerprint__in=fingerprints) | Q(enclosures__fingerprint__in=fingerprints)
    return cases.filter(shared).distinct().order_by("pk")


def check_enclosed(office: Office, case: Case, happened: list[Happening]) -> None:
    """The fingerprints beside a case are those of its last reading. Raises VerificationError."""
    read = latest(happened, "document-read")
    said = _fingerprints(office, read.particulars.get("enclosed", ()) if read else ())
    if said != set(case.enclosures.values_list("fingerprint", flat=True)):
        raise VerificationError(
            f"enclosure: what lies in the mail of case {case.number} is not what was read"
        )


def _fingerprints(office: Office, digests: "list[str] | tuple[()]") -> set[str]:
    return {office.key_ring.blind_index("document", bytes.fromhex(digest)) for digest in digests}
