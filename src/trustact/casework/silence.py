"""Silence: when each station, channel and gateway last delivered, and which have been silent for longer than expected.

A request that is not taken in is not reported. For 2024 a department counted 15 where the federal government claimed
198, and pointed to faxes at its stations: so a silent station is shown, without saying why it is silent.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from statistics import median
from typing import Literal, get_args

import msgspec
from django.db.models import Count, Max

from trustact.casework.channel_states import channel_states
from trustact.casework.receipt_index import receipts
from trustact.casework.tokens import gateways
from trustact.ledger.entry import parse_entry
from trustact.records.models import LedgerRow
from trustact.records.office import Office

Source = Literal["station", "channel", "gateway"]
SOURCES: tuple[Source, ...] = get_args(Source)
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
    found = {source: _deliveries(office, source) for source in SOURCES}
    says = {state.name: state.says for state in channel_states()}
    own = office.settings
    listed: dict[Source, Iterable[str]] = {
        "station": own.stations,
        "channel": own.channels,
        "gateway": [*says, *(each.name for each in gateways() if not each.ended_at)],
    }
    keys = [(source, code) for source, codes in listed.items() for code in codes]
    keys += [
        (source, code)
        for source in SOURCES
        for code in found[source]
        if (source, code) not in keys and source != "gateway"
    ]
    first = _first_entry()
    return [
        _line(office, source, code, found[source].get(code, _NEVER), first, says) for source, code in keys
    ]


class _Deliveries(msgspec.Struct, frozen=True):
    """How many deliveries of one source, the last of them, and the days on which any came, in order."""

    count: int
    last: dt.datetime | None
    days: tuple[dt.date, ...]


_NEVER = _Deliveries(0, None, ())


def _deliveries(office: Office, source: Source) -> dict[str, _Deliveries]:
    """By the code of each source of a kind."""
    days = receipts(office).exclude(**{source: ""}).values(source, "received_on")
    counted = days.annotate(many=Count("pk"), last=Max("received_at")).order_by(source, "received_on")
    told = counted.values_list(source, "received_on", "many", "last")
    return {
        code: _Deliveries(
            sum(many for _, _, many, _ in lines),
            max(last for _, _, _, last in lines),
            tuple(day for _, day, _, _ in lines),
        )
        for code, lines in ((code, list(lines)) for code, lines in groupby(told, itemgetter(0)))
    }


def _line(
    office: Office,
    source: Source,
    code: str,
    found: _Deliveries,
    first: dt.datetime | None,
    says: dict[str, str],
) -> SilenceLine:
    expected = office.settings.expected_days.get(code, EXPECTED_DAYS)
    since = found.last or first
    silent = max(0, (office.clock() - since).days) if since else 0
    never = source == "gateway" and found.last is None
    return SilenceLine(
        source=source,
        code=code,
        deliveries=found.count,
        last=found.last.astimezone(office.zone) if found.last else None,
        usual_days=_usual(found.days),
        silent_days=silent,
        expected_days=expected,
        longer=silent > expected or never,
        says=says.get(code, "") if source == "gateway" else "",
    )


def _usual(days: Sequence[dt.date]) -> int | None:
    """The median of days between the days on which something arrived."""
    if len(days) < FEW:
        return None
    return round(median((after - before).days for before, after in pairwise(days)))


def _first_entry() -> dt.datetime | None:
    first = LedgerRow.objects.order_by("index").first()
    return parse_entry(bytes(first.entry)).at if first else None
