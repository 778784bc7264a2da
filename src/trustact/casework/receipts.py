"""Receipts: what is given for a document received, at once, with the proof that the ledger has it.

The proof opens what its entry commits to of the document, so that whoever has both needs nobody's word.
"""

import datetime as dt
from dataclasses import replace

import msgspec

from trustact.casework import Refused
from trustact.casework.department import department_of
from trustact.casework.events import SHREDDED, Happening, case_of, opened
from trustact.ledger.proof import Proof
from trustact.ledger.receipt import RECEIVED, ReceiptOpening
from trustact.publish.receipt_page import ReceiptPage, receipt_pdf
from trustact.records.append import entry_bytes
from trustact.records.models import Case, Event
from trustact.records.office import Office
from trustact.records.publication import receipt_of


class ReceiptNotFound(Refused):
    """No document was received under that entry of the ledger."""


class Receiving(msgspec.Struct, frozen=True):
    """One arrival of a document as its receipt tells it. `again`: the same bytes had come before.

    `received_at` as the channel says, in the office's time zone; `logged_at` when the ledger had it, in UTC.
    """

    number: str
    entry: int
    received_at: dt.datetime
    logged_at: dt.datetime
    station: str
    channel: str
    size: int
    sha256: str
    filename: str
    late: bool
    again: bool


def receiving(office: Office, entry: int) -> Receiving:
    """The arrival logged in an entry. Raises ReceiptNotFound, CaseShredded, and VaultError where it does not open."""
    event, case = _event(entry)
    case_of(case.number)
    first = Event.objects.filter(case=case, kind=RECEIVED).order_by("pk").first()
    return _told(case.number, opened(office, event), again=first != event)


def _event(entry: int) -> tuple[Event, Case]:
    event = Event.objects.filter(pk=entry, kind=RECEIVED).select_related("row", "sealed", "case").first()
    if event is None or event.case is None:
        raise ReceiptNotFound(f"there is no receipt {entry}")
    return event, event.case


def _told(number: str, happened: Happening, *, again: bool) -> Receiving:
    told = happened.particulars
    return Receiving(
        number=number,
        entry=happened.entry,
        received_at=dt.datetime.fromisoformat(told["received_at"]),
        logged_at=happened.at,
        station=told["station"],
        channel=told["channel"],
        size=told["bytes"],
        sha256=told["sha256"],
        filename=told["filename"],
        late=told["late"],
        again=again,
    )


def proof_of(office: Office, entry: int) -> Proof:
    """The proof that the ledger has a receipt, with what opens its commitment to the document. Raises ReceiptNotFound.

    A document that was shredded, or entered by an earlier release, has nothing to be opened.
    """
    event, case = _event(entry)
    proof = receipt_of(office, entry)
    happened = None if case.stage == SHREDDED else opened(office, event)
    if happened is None or "document_salt" not in happened.particulars:
        return proof
    told = ReceiptOpening(
        bytes(event.row.entry),
        happened.opening or {},
        bytes.fromhex(happened.opening_salt),
        bytes.fromhex(happened.particulars["document_salt"]),
    )
    return replace(proof, extra=told.encode())


def entry_text(entry: int) -> str:
    """The entry of the ledger itself, which the proof is about: one line of canonical JSON."""
    return entry_bytes(entry).decode()


def receipt_on_paper(office: Office, entry: int) -> bytes:
    """The receipt as a PDF to print. Raises ReceiptNotFound."""
    found, proof = receiving(office, entry), proof_of(office, entry)
    page = ReceiptPage(
        number=found.number,
        received_at=found.received_at,
        station=found.station,
        channel=found.channel,
        size=found.size,
        sha256=found.sha256,
        entry=found.entry,
        proof=proof.encode().decode(),
        opens=bool(proof.extra),
        address=office.settings.public_address,
    )
    today = office.clock().astimezone(office.zone).date()
    return receipt_pdf(page, department_of(office), dated=today)
