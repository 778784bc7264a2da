"""Arrivals: what a channel hands over, taken in whatever the gateway's clock says."""

import datetime as dt

import msgspec
from django.db import transaction

from trustact.casework.receive import Receipt, receive
from trustact.records.models import Acknowledgement
from trustact.records.office import Office

OLDEST = dt.timedelta(days=366)
AHEAD = dt.timedelta(minutes=5)


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """One delivery of one channel: the bytes as they came, where, how, and when as the gateway says.

    `delivery` is what tells this delivery from every other, so that it is counted once however often it is seen;
    empty where the channel cannot tell. `told` is what else to keep with the receipt, such as a message's id.
    `reply_to` is the mail address that is sent a receipt; empty for none.
    """

    data: bytes
    station: str
    channel: str
    delivery: str = ""
    filename: str = ""
    said_at: dt.datetime | None = None
    told: dict[str, str] = {}
    reply_to: str = ""


def arrive(office: Office, arrival: Arrival, by: str) -> Receipt:
    """Take a delivery in; when this returns it is in the ledger. Raises Refused as `receive` does.

    What the gateway's clock says is kept beside our own. Where it says a time that cannot be (in the future, or
    more than a year ago), the document counts as received now, for a wrong clock must not keep it out.
    """
    said = _with_zone(arrival.said_at, office)
    now = office.clock()
    possible = said is not None and now - OLDEST <= said <= now + AHEAD
    answer = {"reply_to": arrival.reply_to} if arrival.reply_to else {}
    with transaction.atomic():
        receipt = receive(
            office,
            arrival.data,
            station=arrival.station,
            channel=arrival.channel,
            filename=arrival.filename,
            received_at=said if possible else None,
            by=by,
            delivery=arrival.delivery,
            told={**arrival.told, **answer, "gateway_said": said.isoformat() if said else ""},
        )
        if arrival.reply_to and not receipt.same_delivery:
            Acknowledgement.objects.create(event_id=receipt.entry)
    return receipt


def _with_zone(said: dt.datetime | None, office: Office) -> dt.datetime | None:
    """The gateway's time; one without an offset is read as the office's own."""
    return said.replace(tzinfo=office.zone) if said and said.tzinfo is None else said
