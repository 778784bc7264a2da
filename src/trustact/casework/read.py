"""Read: a received document is opened within limits, recognised and read; what is read only proposes."""

import datetime as dt
from typing import Any

import msgspec
from django.db import transaction

from trustact.casework import Refused
from trustact.casework.enclosed import keep_enclosed
from trustact.casework.events import case_of, happenings
from trustact.casework.forms import forms_of
from trustact.casework.known import accepted_readings
from trustact.casework.links import link, link_by_bytes
from trustact.intake.document import Read, read_document
from trustact.intake.opener import OpenError, page_png
from trustact.ledger.receipt import RECEIVED
from trustact.records.append import append, unseal
from trustact.records.models import Case, Document
from trustact.records.office import Office

PAGE_DPI = 110


def read(office: Office, number: str, by: str) -> Read | None:
    """Read the document of a case and record what it proposes; None where it cannot be opened.

    A document that cannot be opened stays sealed and in sight, with the reason. Raises CaseNotFound.
    """
    case = case_of(number)
    data = document_bytes(office, case)
    try:
        found = read_document(
            data, forms=forms_of(office), arrived=_arrived(office, case), stations=office.settings.stations
        )
    except OpenError as wrong:
        _record(office, case, "reading-failed", {"error": str(wrong)}, by, "quarantined")
        return None
    record_reading(office, case, found, by)
    return found


def _arrived(office: Office, case: Case) -> dt.date:
    """The day a case's document came, in the office's time zone."""
    receipt = next(happening for happening in happenings(office, case) if happening.kind == RECEIVED)
    return dt.datetime.fromisoformat(receipt.particulars["received_at"]).date()


def record_reading(office: Office, case: Case, found: Read, by: str) -> None:
    """Record what a reading of a case's document proposes."""
    _record(office, case, "document-read", msgspec.to_builtins(found), by, "read")


def _record(office: Office, case: Case, kind: str, particulars: dict[str, Any], by: str, stage: str) -> None:
    with transaction.atomic():
        append(office, kind, _without_fractions(particulars), actor=by, case=case)
        if kind == "document-read":
            keep_enclosed(office, case, particulars["enclosed"])
            link(office, case, particulars["form"], accepted_readings(happenings(office, case)), by)
        else:
            link_by_bytes(office, case, by)
        case.refresh_from_db(fields=["stage"])  # a person may have gone on while the machine read
        if case.stage in ("received", "quarantined"):
            case.stage = stage
            case.save(update_fields=["stage"])


def _without_fractions(value: Any) -> Any:
    """The same data with fractions as text, for the ledger's canonical JSON holds none (RFC 8785, our subset)."""
    match value:
        case float():
            return repr(round(value, 4))
        case dict():
            return {key: _without_fractions(item) for key, item in value.items()}
        case list() | tuple():
            return [_without_fractions(item) for item in value]
    return value


def document_bytes(office: Office, case: Case) -> bytes:
    """The bytes of a case's document as they arrived. Raises VaultError when the record does not open."""
    document = Document.objects.select_related("sealed").get(case=case)
    return unseal(office, document.sealed)


def page_image(office: Office, number: str, page: int) -> bytes:
    """A page of the document as a PNG, drawn within limits. Raises Refused where it cannot be drawn."""
    data = document_bytes(office, case_of(number))
    try:
        return page_png(data, page, dpi=PAGE_DPI)
    except OpenError as wrong:
        raise Refused(f"case {number}, page {page}: {wrong}") from None
