"""The events of a case, opened: what happened, when, by whom, with the particulars from the vault."""

import datetime as dt
from typing import Any

import msgspec

from trustact.casework import CaseNotFound, CaseShredded
from trustact.ledger.entry import parse_entry
from trustact.records.append import particulars_of
from trustact.records.models import Case, Event
from trustact.records.office import Office

SHREDDED = "shredded"
"""The stage of a case whose records are gone; its ledger entries, and what reports count of it, stand."""


class Happening(msgspec.Struct, frozen=True):
    """An event with its particulars; `salt` and `opening` are what a report needs to open a commitment."""

    entry: int
    kind: str
    at: dt.datetime
    actor: str
    particulars: dict[str, Any]
    opening: dict[str, Any] | None = None
    opening_salt: str = ""


def case_of(number: str) -> Case:
    """The case of that number. Raises CaseNotFound, and CaseShredded where its time is over."""
    try:
        case = Case.objects.get(number=number)
    except Case.DoesNotExist:
        raise CaseNotFound(f"there is no case {number}") from None
    if case.stage == SHREDDED:
        entry = case.events.filter(kind="case-shredded").values_list("pk", flat=True).first()
        raise CaseShredded(
            f"case {number} was shredded at the end of its retention: ledger entry {entry} says so"
        )
    return case


def happenings(office: Office, case: Case) -> list[Happening]:
    """Everything that happened in a case, oldest first. Raises VaultError where a record does not open."""
    return [opened(office, event) for event in case.events.select_related("row", "sealed")]


def opened(office: Office, event: Event) -> Happening:
    """One event, opened."""
    record = particulars_of(office, event)
    return Happening(
        event.pk,
        event.kind,
        parse_entry(bytes(event.row.entry)).at,
        event.actor,
        record["particulars"],
        record.get("opening"),
        record.get("opening_salt", ""),
    )


def latest(happened: list[Happening], *kinds: str) -> Happening | None:
    """The last event of one of these kinds, if there is one."""
    return next((h for h in reversed(happened) if h.kind in kinds), None)
