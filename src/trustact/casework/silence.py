"""Silence: when each station, channel and gateway last delivered, and which have been silent for longer than expected.

A request that is not taken in is not reported. For 2024 a department counted 15 where the federal government claimed
198, and pointed to faxes at its stations: so a silent station is shown, without saying why it is silent.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import pairwise
from statistics import median
from typing import Literal

import msgspec

from trustact.casework.channel_states import channel_states
from trustact.casework.events import SHREDDED, opened
from trustact.casework.tokens import gateways
from trustact.ledger.entry import parse_entry
from trustact.records.models import Event, LedgerRow
from trustact.records.office import Office

Source = Literal["station", "channel", "gateway"]
EXPECTED_DAYS = 30
FEW = 3
"""Deliveries from which one may speak of a usual interval."""


class SilenceLine(msgspec.Struct, frozen=True):
    """A source: its deliveries, when the last arrived, and how many days apart they usually come (None: too few).

    `silent_days` since the last delivery, or since the office's first entry where it never delivered;
    `longer` than the `expected_days`. `says` is what is wrong with it, where it is attended and something is.
    """

    source: Source
    code: str
    deliveries: int
    last: dt.datetime | None
    usual_days: int | None
    silent_days: int
    expected_days: int
    longer: bool
    says: str = ""


def silence(office: Office) -> list[SilenceLine]:
    """Every station, channel and gateway of the office, the settings' first; what was shredded counts no more.

    Raises VaultError where a record does not open.
    """
    moments: dict[tuple[Source, str], list[dt.datetime]] = {}
    for source, code, at in _arrivals(office):
        moments.setdefault((source, code), []).append(at)
    says = {state.name: state.says for state in channel_states()}
    own = office.settings
    listed: dict[Source, Iterable[str]] = {
        "station": own.stations,
        "channel": own.channels,
        "gateway": [*says, *(each.name for each in gateways() if not each.ended_at)],
    }
    keys = [(source, code) for source, codes in listed.items() for code in codes]
    seen = [key for key in moments if key not in keys and key[0] != "gateway"]
    return [
        _line(office, source, code, moments.get((source, code), []), says) for source, code in (*keys, *seen)
    ]


def _arrivals(office: Office) -> Iterator[tuple[Source, str, dt.datetime]]:
    events = Event.objects.filter(kind="document-received").exclude(case__stage=SHREDDED)
    events = events.select_related("row", "sealed")
    for event in events:
        told = opened(office, event).particulars
        at = dt.datetime.fromisoformat(told["received_at"])
        yield "station", told["station"], at
        yield "channel", told["channel"], at
        who, _, name = event.actor.partition(" ")
        if who in ("channel", "gateway"):
            yield "gateway", name, at


def _line(
    office: Office, source: Source, code: str, moments: list[dt.datetime], says: dict[str, str]
) -> SilenceLine:
    expected = office.settings.expected_days.get(code, EXPECTED_DAYS)
    last = max(moments, default=None)
    since = last or _first_entry()
    silent = max(0, (office.clock() - since).days) if since else 0
    never = source == "gateway" and last is None
    return SilenceLine(
        source=source,
        code=code,
        deliveries=len(moments),
        last=last,
        usual_days=_usual(office, moments),
        silent_days=silent,
        expected_days=expected,
        longer=silent > expected or never,
        says=says.get(code, "") if source == "gateway" else "",
    )


def _usual(office: Office, moments: list[dt.datetime]) -> int | None:
    """The median of days between the days on which something arrived."""
    days = sorted({at.astimezone(office.zone).date() for at in moments})
    if len(days) < FEW:
        return None
    return round(median((after - before).days for before, after in pairwise(days)))


def _first_entry() -> dt.datetime | None:
    first = LedgerRow.objects.order_by("index").first()
    return parse_entry(bytes(first.entry)).at if first else None
