"""Tokens of gateways: each hands documents in through one channel; only the hash of a token is kept."""

import datetime as dt
import hashlib
import re
import secrets

import msgspec
from django.db import transaction

from trustact.casework import Refused
from trustact.records.append import append, lock_ledger
from trustact.records.models import ChannelToken
from trustact.records.office import Office

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_START = "trustact_"


class Gateway(msgspec.Struct, frozen=True):
    """Who hands documents in by token: its name and the one channel its receipts bear, and since when.

    `delivered_at` is when it last did, None where it never has; `ended_at` when its token stopped counting.
    """

    name: str
    channel: str
    made_at: dt.datetime
    delivered_at: dt.datetime | None
    ended_at: dt.datetime | None

    @property
    def actor(self) -> str:
        """Who the ledger says received what this gateway handed in."""
        return f"gateway {self.name}"


def make_token(office: Office, name: str, channel: str, by: str) -> str:
    """A fresh token of 256 random bits, shown once. Raises Refused for a wrong or used name, or an unknown channel."""
    known = office.settings.channels
    if not _NAME.fullmatch(name):
        raise Refused(
            f"the gateway's name '{name}' is not of small letters, digits and hyphens, as in fax-gateway"
        )
    if known and channel not in known:
        raise Refused(f"the office has no channel '{channel}': it has {', '.join(known)}")
    token = _START + secrets.token_urlsafe(32)
    with transaction.atomic():
        lock_ledger()
        if ChannelToken.objects.filter(name=name).exists():
            raise Refused(
                f"there is a gateway '{name}' already: end its token, and give the new one another name"
            )
        append(office, "gateway-let-in", {"name": name, "channel": channel}, actor=by)
        ChannelToken.objects.create(
            token_hash=_hash(token), name=name, channel=channel, made_at=office.clock()
        )
    return token


def end_token(office: Office, name: str, by: str) -> None:
    """End a gateway's token; what it handed in stays. Raises Refused where it has none that counts."""
    with transaction.atomic():
        lock_ledger()
        live = ChannelToken.objects.filter(name=name, ended_at=None)
        if not live.update(ended_at=office.clock()):
            raise Refused(f"there is no gateway '{name}' with a token that counts")
        append(office, "gateway-shut-out", {"name": name}, actor=by)


def gateway_of(token: str) -> Gateway | None:
    """The gateway whose token this is, if it counts."""
    found = ChannelToken.objects.filter(token_hash=_hash(token), ended_at=None).first()
    return _gateway(found) if found else None


def gateways() -> list[Gateway]:
    """Every gateway that was ever let in, by name."""
    return [_gateway(each) for each in ChannelToken.objects.order_by("name")]


def note_delivery(office: Office, gateway: Gateway) -> None:
    """Keep when a gateway last handed something in."""
    ChannelToken.objects.filter(name=gateway.name).update(last_used_at=office.clock())


def _gateway(row: ChannelToken) -> Gateway:
    return Gateway(row.name, row.channel, row.made_at, row.last_used_at, row.ended_at)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
