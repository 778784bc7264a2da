"""Legal hold: while one stands, nothing it covers is shredded. A named person places it, with the reason, and lifts it."""

import datetime as dt

import msgspec
from django.db import transaction
from django.db.models import QuerySet

from trustact.casework import Refused
from trustact.casework.events import case_of, opened
from trustact.ledger.entry import parse_entry
from trustact.records.append import append, lock_ledger
from trustact.records.models import Event
from trustact.records.office import Office

PLACED, LIFTED = "legal-hold-placed", "legal-hold-lifted"


class Hold(msgspec.Struct, frozen=True):
    """A hold that stands: the entry that placed it, the case it covers (empty: every case), why, by whom, when."""

    entry: int
    number: str
    reason: str
    by: str
    placed_at: dt.datetime


def place(office: Office, number: str, reason: str, by: str) -> Hold:
    """Place a hold on a case, or on every case where the number is empty. Raises CaseNotFound, and Refused."""
    _demand(reason, by)
    case = case_of(number) if number else None
    entry = append(office, PLACED, {"reason": reason.strip()}, actor=by, case=case)
    return _hold(office, Event.objects.select_related("case", "row", "sealed").get(pk=entry))


def lift(office: Office, entry: int, reason: str, by: str) -> None:
    """Lift the hold that an entry placed. Raises Refused where none stands by that entry, or without a reason."""
    _demand(reason, by)
    with transaction.atomic():
        lock_ledger()
        placed = _standing().filter(pk=entry).first()
        if placed is None:
            raise Refused(f"no legal hold stands that entry {entry} placed")
        particulars = {"placed": entry, "reason": reason.strip()}
        append(office, LIFTED, particulars, actor=by, case=placed.case, refs=(entry,))


def standing(office: Office) -> list[Hold]:
    """The holds that stand, oldest first."""
    return [_hold(office, event) for event in _standing()]


def _standing() -> QuerySet[Event]:
    lifted = Event.objects.filter(kind=LIFTED).select_related("row")
    ended = {ref for event in lifted for ref in parse_entry(bytes(event.row.entry)).refs}
    return Event.objects.filter(kind=PLACED).exclude(pk__in=ended).select_related("case", "row", "sealed")


def _demand(reason: str, by: str) -> None:
    if not reason.strip() or not by.strip():
        raise Refused("a legal hold needs its reason, and the name of who places or lifts it")


def _hold(office: Office, event: Event) -> Hold:
    happened = opened(office, event)
    number = event.case.number if event.case else ""
    return Hold(event.pk, number, happened.particulars["reason"], event.actor, happened.at)
