"""Set aside: a document that is no request leaves the queue; its receipt stays in the ledger and in every count."""

from django.db import transaction

from trustact.casework import Refused
from trustact.casework.events import case_of
from trustact.records.append import append
from trustact.records.office import Office


def set_aside(office: Office, number: str, reason: str, by: str) -> None:
    """Record that a case holds no request, and why. Raises CaseNotFound, and Refused without a reason."""
    case = case_of(number)
    if not reason.strip():
        raise Refused(f"case {number}: say why the document is no request")
    with transaction.atomic():
        append(office, "set-aside", {"reason": reason.strip()}, actor=by, case=case)
        case.stage = "set-aside"
        case.save(update_fields=["stage"])
