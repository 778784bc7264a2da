"""Receive: a document is sealed, hashed and in the ledger before anything reads it."""

import datetime as dt
import hashlib
import os
import secrets
from collections.abc import Mapping
from typing import Any

import msgspec
from django.db import transaction

from trustact.casework import Refused
from trustact.casework.events import opened
from trustact.casework.receipt_index import index_receipt
from trustact.intake.exchange import Refusal
from trustact.intake.kind import kind_of
from trustact.ledger.entry import SALT_BYTES
from trustact.ledger.receipt import RECEIVED, document_commitment
from trustact.records.append import append, lock_ledger, seal
from trustact.records.models import Case, Delivery, Document, Event
from trustact.records.office import Office

MOST_BYTES = 50_000_000
LATE_AFTER = dt.timedelta(days=1)
DOCUMENT = "document"
_MEDIA_TYPES = {
    "pdf": "application/pdf",
    "tiff": "image/tiff",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "heic": "image/heic",
    "mail": "message/rfc822",
}


class Receipt(msgspec.Struct, frozen=True):
    """What the sender is told: the case, the ledger entry, its bytes, and whether the same bytes came before.

    `same_delivery`: this very delivery had its receipt already, and nothing was added.
    """

    number: str
    entry: int
    sha256: str
    received_at: dt.datetime
    logged_at: dt.datetime
    again: bool
    same_delivery: bool = False


def receive(
    office: Office,
    data: bytes,
    *,
    station: str,
    channel: str,
    filename: str = "",
    received_at: dt.datetime | None = None,
    by: str,
    delivery: str = "",
    told: Mapping[str, str] | None = None,
) -> Receipt:
    """Take a document in. When this returns, the document is in the ledger, whatever dies next.

    The same bytes again are the same case received once more; the same `delivery` (what the channel calls it) again
    is the receipt it had. `told` is what else the channel said of it, kept with the receipt. Raises Refused for an empty or an oversized
    document, for a received time without offset or in the future, and for a missing station or channel.
    """
    now = office.clock()
    moment = received_at or now
    _check(data, station, channel, moment, now)
    digest = hashlib.sha256(data).digest()
    fingerprint = office.key_ring.blind_index("document", digest)
    local = moment.astimezone(office.zone)
    salt = os.urandom(SALT_BYTES)
    particulars: dict[str, Any] = {
        **(told or {}),
        "bytes": len(data),
        "channel": channel,
        "document_salt": salt.hex(),
        "filename": filename,
        "late": now - moment > LATE_AFTER,
        "media_type": _media_type(data),
        "received_at": local.isoformat(),
        "seen_at": now.astimezone(office.zone).isoformat(),
        "sha256": digest.hex(),
        "station": station,
    }
    mark = office.key_ring.blind_index("delivery", delivery.encode()) if delivery else ""
    opening = {
        "channel": channel,
        "document": document_commitment(salt, len(data), digest.hex()),
        "received_on": local.date().isoformat(),
        "station": station,
    }
    with transaction.atomic():
        lock_ledger()
        before = Delivery.objects.filter(mark=mark).select_related("event__case").first() if mark else None
        if before:
            return _receipt_of(office, before.event)
        earlier = Document.objects.filter(fingerprint=fingerprint).select_related("case").first()
        case = earlier.case if earlier else _open_case(local.year)
        refs = (_first_entry(case),) if earlier else ()
        entry = append(office, RECEIVED, particulars, actor=by, case=case, opening=opening, refs=refs)
        index_receipt(entry, by, particulars, first=not earlier)
        if not earlier:
            Document.objects.create(
                id=secrets.token_hex(16),
                case=case,
                fingerprint=fingerprint,
                media_type=particulars["media_type"],
                size=len(data),
                sealed_id=seal(office, DOCUMENT, data),
            )
        if mark:
            Delivery.objects.create(mark=mark, event_id=entry)
    return Receipt(case.number, entry, digest.hex(), local, now, earlier is not None)


def _receipt_of(office: Office, event: Event) -> Receipt:
    """The receipt a delivery was given when it first came."""
    happened = opened(office, event)
    kept = happened.particulars
    received_at = dt.datetime.fromisoformat(kept["received_at"])
    number = event.case.number if event.case else ""
    return Receipt(number, event.pk, kept["sha256"], received_at, happened.at, again=True, same_delivery=True)


def _check(data: bytes, station: str, channel: str, moment: dt.datetime, now: dt.datetime) -> None:
    if not data:
        raise Refused("the document is empty: ask the sender for it again")
    if len(data) > MOST_BYTES:
        raise Refused(f"the document has {len(data):,} bytes, over the {MOST_BYTES:,} taken in one piece")
    if not station.strip() or not channel.strip():
        raise Refused("say at which station and through which channel the document came")
    if moment.tzinfo is None:
        raise Refused("the time of receipt needs its offset from UTC, as in 2025-06-01T22:10:00-04:00")
    if moment > now + dt.timedelta(minutes=5):
        raise Refused(f"the time of receipt, {moment.isoformat()}, lies in the future")


def _media_type(data: bytes) -> str:
    try:
        return _MEDIA_TYPES[kind_of(data)]
    except Refusal:  # kept all the same; the reading will say what is wrong with it
        return "application/octet-stream"


def _open_case(year: int) -> Case:
    last = Case.objects.filter(number__startswith=f"{year}-").order_by("-number").first()
    number = int(last.number[5:]) + 1 if last else 1
    return Case.objects.create(number=f"{year}-{number:05d}", token=secrets.token_hex(16), stage="received")


def _first_entry(case: Case) -> int:
    return Event.objects.filter(case=case, kind=RECEIVED).values_list("pk", flat=True)[0]
