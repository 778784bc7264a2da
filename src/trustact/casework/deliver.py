"""Deliver: a document handed in under a key of its sender's choosing, so that one sent twice is received once."""

import datetime as dt
import hashlib

from django.db import transaction

from trustact.casework import Refused
from trustact.casework.receipts import Receiving, receiving
from trustact.casework.receive import receive
from trustact.records.append import lock_ledger
from trustact.records.models import Delivery
from trustact.records.office import Office


class KeyReused(Refused):
    """The key was used before for another document."""


def deliver(
    office: Office,
    data: bytes,
    *,
    key: tuple[str, ...],
    station: str,
    channel: str,
    filename: str = "",
    received_at: dt.datetime | None = None,
    by: str,
) -> tuple[Receiving, bool]:
    """The receipt of a document, and whether it was received just now: the same key again gives the same receipt.

    Raises Refused as `receive` does, and KeyReused where the key stands for other bytes.
    """
    name = hashlib.sha256("\0".join(key).encode()).hexdigest()
    fingerprint = office.key_ring.blind_index("document", hashlib.sha256(data).digest())
    with transaction.atomic():
        lock_ledger()
        earlier = Delivery.objects.filter(key=name).first()
        if earlier and earlier.fingerprint != fingerprint:
            raise KeyReused("this key was used for another document: give every document a key of its own")
        if earlier:
            return receiving(office, earlier.event_id), False
        receipt = receive(
            office,
            data,
            station=station,
            channel=channel,
            filename=filename,
            received_at=received_at,
            by=by,
        )
        Delivery.objects.create(key=name, fingerprint=fingerprint, event_id=receipt.entry)
    return receiving(office, receipt.entry), True
