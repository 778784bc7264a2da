"""The index of receipts: station, channel, gateway and moment of each, so that a page need not open them all.

It is written with the receipt, and holds nothing that the sealed record does not bear out (`check_index`).
"""

import datetime as dt
from collections.abc import Mapping
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from trustact.casework.events import SHREDDED, Happening, opened
from trustact.ledger.errors import VerificationError
from trustact.ledger.receipt import RECEIVED
from trustact.records.models import Case, Event, ReceiptIndex
from trustact.records.office import Office

_AT_ONCE = 500
_TOLD = ("station", "channel", "gateway", "received_at", "received_on")


def index_receipt(entry: int, actor: str, particulars: Mapping[str, Any], *, first: bool) -> None:
    """Write the row of a receipt; call it in the transaction that appends it."""
    ReceiptIndex.objects.create(event_id=entry, first=first, **_told(actor, particulars))


def receipts(office: Office) -> QuerySet[ReceiptIndex]:
    """The row of every receipt whose case was not shredded. Raises VaultError where one of an earlier release does not open."""
    _index_earlier(office)
    gone = Event.objects.filter(case__stage=SHREDDED, kind=RECEIVED)
    return ReceiptIndex.objects.exclude(event__in=gone.values("pk"))


def check_index(case: Case, happened: list[Happening]) -> None:
    """The rows of a case are what its receipts say. Raises VerificationError."""
    rows = {row.pk: row for row in ReceiptIndex.objects.filter(event__case=case)}
    arrivals = [each for each in happened if each.kind == RECEIVED]
    for place, each in enumerate(arrivals):
        row = rows.pop(each.entry, None)
        says = {"first": place == 0, **_told(each.actor, each.particulars)}
        if row is None or (row.station and any(getattr(row, name) != value for name, value in says.items())):
            raise VerificationError(f"receipt_index: the row of entry {each.entry} is not what was received")
    for entry in rows:
        raise VerificationError(f"receipt_index: entry {entry} is no receipt of case {case.number}")


def _index_earlier(office: Office) -> None:
    """Look into the receipts of earlier releases that have an empty row."""
    empty = ReceiptIndex.objects.filter(station="").exclude(event__case__stage=SHREDDED)
    waiting = iter(list(empty.values_list("pk", flat=True)))
    while some := list(islice(waiting, _AT_ONCE)):
        rows = ReceiptIndex.objects.filter(pk__in=some).select_related("event__row", "event__sealed")
        filled = []
        for row in rows:
            for name, value in _told(row.event.actor, opened(office, row.event).particulars).items():
                setattr(row, name, value)
            filled.append(row)
        ReceiptIndex.objects.bulk_create(
            filled, update_conflicts=True, unique_fields=["event"], update_fields=_TOLD
        )


def _told(actor: str, particulars: Mapping[str, Any]) -> dict[str, Any]:
    moment = dt.datetime.fromisoformat(particulars["received_at"])
    who, _, name = actor.partition(" ")
    return {
        "station": particulars["station"],
        "channel": particulars["channel"],
        "gateway": name if who in ("channel", "gateway") else "",
        "received_at": moment,
        "received_on": moment.date(),
    }
