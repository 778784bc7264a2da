"""What remains of a shredded case: its row of a report, which names nobody, and the openings of its receipts.

Both are sealed with the entry that shreds the case. The filed report published them already; a supplement needs them.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import msgspec

from trustact.audit.public import Opened
from trustact.casework.events import SHREDDED, opened
from trustact.ledger.entry import parse_entry
from trustact.publish.rows import RequestRow
from trustact.records.models import Case, Event
from trustact.records.office import Office

KIND = "case-shredded"


class Remains(msgspec.Struct, frozen=True):
    """What is kept: under which rule the case went, its receipts' openings, and its row if it was a request."""

    rule: str
    receipts: tuple[Opened, ...]
    row: RequestRow | None


class Receipt(msgspec.Struct, frozen=True):
    """A receipt's opened commitment, and the days it belongs to: received, and logged, by the office's own days."""

    opened: Opened
    days: tuple[dt.date, dt.date]


def particulars(remains: Remains) -> dict[str, Any]:
    """The remains as the particulars of the entry that shreds the case."""
    plain: dict[str, Any] = msgspec.to_builtins(remains)
    return plain


def remains_of(office: Office, case: Case) -> Remains:
    """What remains of a shredded case. Raises VaultError where its record does not open."""
    shredding = case.events.select_related("row", "sealed").get(kind=KIND)
    return msgspec.convert(opened(office, shredding).particulars, Remains)


def receipts(office: Office, *cases: Case) -> Iterator[Receipt]:
    """Every receipt of the office, or of these cases, in the order of the ledger."""
    events = (
        Event.objects.filter(kind="document-received").select_related("row", "sealed", "case").order_by("row")
    )
    gone: dict[int, Opened] = {}
    for event in events.filter(case__in=cases) if cases else events:
        if event.case and event.case.stage == SHREDDED:
            if event.pk not in gone:
                gone |= {each.entry: each for each in remains_of(office, event.case).receipts}
            yield _receipt(office, event, gone[event.pk])
        else:
            happened = opened(office, event)
            yield _receipt(office, event, Opened(event.pk, happened.opening or {}, happened.opening_salt))


def _receipt(office: Office, event: Event, told: Opened) -> Receipt:
    logged = parse_entry(bytes(event.row.entry)).at.astimezone(office.zone).date()
    return Receipt(told, (dt.date.fromisoformat(told.opening["received_on"]), logged))
