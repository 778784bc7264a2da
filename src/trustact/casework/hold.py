"""Legal hold: while one stands, nothing it covers is shredded. A named person places it, with the reason, and lifts it."""

import datetime as dt
from collections.abc import Iterable

import msgspec
from django.db import transaction
from django.db.models import Q, QuerySet

from trustact.casework import Refused
from trustact.casework.events import SHREDDED, case_of, opened
from trustact.ledger.entry import parse_entry
from trustact.records.append import append, lock_ledger
from trustact.records.models import Event
from trustact.records.office import Office

PLACED, LIFTED = "legal-hold-placed", "legal-hold-lifted"


MOST = 2000
"""Characters of a reason."""


class _Covering(msgspec.Struct, frozen=True):
    """What covers the case of that number, or every case where it is empty."""

    entry: int
    number: str
    reason: str
    by: str

    def covers(self, number: str) -> bool:
        """Whether it covers that case."""
        return self.number in ("", number)


class Hold(_Covering, frozen=True):
    """A hold that stands: the entry that placed it, the case it covers, why, by whom, when."""

    placed_at: dt.datetime


class Lifting(_Covering, frozen=True):
    """The end of a hold: the entry that lifted it, the case it covered, why, by whom."""


def place(office: Office, number: str, reason: str, by: str) -> Hold:
    """Place a hold on a case, or on every case where the number is empty. Raises CaseNotFound, and Refused."""
    _demand(reason, by)
    with transaction.atomic():
        lock_ledger()
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


def liftings(office: Office) -> list[Lifting]:
    """The holds that were lifted, in that order; of shredded cases nothing is told."""
    lifted = Event.objects.filter(kind=LIFTED).exclude(case__stage=SHREDDED).order_by("row")
    return [
        Lifting(event.pk, _number(event), opened(office, event).particulars["reason"], event.actor)
        for event in lifted.select_related("case", "row", "sealed")
    ]


def lifted_since(entry: int, numbers: Iterable[str]) -> bool:
    """Whether a hold on one of these cases, or on every case, was lifted after an entry."""
    touched = Q(case=None) | Q(case__number__in=numbers)
    return Event.objects.filter(touched, kind=LIFTED, pk__gt=entry).exists()


def _standing() -> QuerySet[Event]:
    lifted = Event.objects.filter(kind=LIFTED).select_related("row")
    ended = {ref for event in lifted for ref in parse_entry(bytes(event.row.entry)).refs}
    return Event.objects.filter(kind=PLACED).exclude(pk__in=ended).select_related("case", "row", "sealed")


def _demand(reason: str, by: str) -> None:
    if not reason.strip() or not by.strip():
        raise Refused("a legal hold needs its reason, and the name of who places or lifts it")
    if len(reason) > MOST:
        raise Refused(
            f"the reason of a legal hold has at most {MOST} characters: name the paper that says more"
        )


def _hold(office: Office, event: Event) -> Hold:
    happened = opened(office, event)
    return Hold(event.pk, _number(event), happened.particulars["reason"], event.actor, happened.at)


def _number(event: Event) -> str:
    return event.case.number if event.case else ""
