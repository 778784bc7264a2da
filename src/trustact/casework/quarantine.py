"""Quarantine: documents that could not be opened stay in sight, and their originals leave the vault on the record."""

import datetime as dt
import hashlib

import msgspec

from trustact.casework.events import case_of, happenings, latest
from trustact.casework.read import document_bytes
from trustact.records.append import append
from trustact.records.models import Case
from trustact.records.office import Office


class QuarantineLine(msgspec.Struct, frozen=True):
    """A document nobody could open: why, how often it was tried, since when, and how it arrived."""

    number: str
    reason: str
    tries: int
    since: dt.datetime
    received_at: dt.datetime
    station: str
    channel: str
    size: int


def quarantine(office: Office) -> list[QuarantineLine]:
    """Every document in quarantine, the one that waits longest first. Raises VaultError."""
    return [_line(office, case) for case in Case.objects.filter(stage="quarantined").order_by("pk")]


def _line(office: Office, case: Case) -> QuarantineLine:
    happened = happenings(office, case)
    receipt = happened[0]
    failed = [each for each in happened if each.kind == "reading-failed"]
    last = latest(happened, "reading-failed") or receipt
    return QuarantineLine(
        number=case.number,
        reason=last.particulars.get("error", ""),
        tries=len(failed),
        since=failed[0].at if failed else receipt.at,
        received_at=dt.datetime.fromisoformat(receipt.particulars["received_at"]),
        station=receipt.particulars["station"],
        channel=receipt.particulars["channel"],
        size=receipt.particulars["bytes"],
    )


def take_out(office: Office, number: str, by: str) -> bytes:
    """The original bytes of a case's document; that they left the vault, and with whom, is an entry of the ledger.

    Raises CaseNotFound, and VaultError when the record does not open.
    """
    case = case_of(number)
    data = document_bytes(office, case)
    digest = hashlib.sha256(data).hexdigest()
    append(office, "original-taken-out", {"sha256": digest}, actor=by, case=case)
    return data
