"""Paperless: what was asked without a document is written down, and sealed as the original; or a person describes one.

A call, an e-mail, an alert, a look-up in a database, a word on a task force: each is a request like any other, with a
number, a receipt and a case (NYC Department of Investigation, December 2025: contacts that left no form were not logged).
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Literal

import msgspec
from django.db import transaction

from trustact.casework import Refused
from trustact.casework.confirm import confirm
from trustact.casework.events import Happening, case_of, latest
from trustact.casework.receive import Receipt, receive
from trustact.facts import Value
from trustact.ledger.entry import canonical
from trustact.records.append import append
from trustact.records.office import Office

Kind = Literal["call", "in-person", "email", "alert", "look-up", "task-force", "other"]

FORMS: dict[Kind, str] = {
    "call": "verbal",
    "in-person": "verbal",
    "email": "email",
    "alert": "other",
    "look-up": "ncic-hit",
    "task-force": "other",
    "other": "other",
}
"""The value of `request.form` for each kind."""

TITLES: dict[Kind, str] = {
    "call": "Telephone call",
    "in-person": "Request in person",
    "email": "E-mail",
    "alert": "Alert",
    "look-up": "Database look-up (NCIC)",
    "task-force": "Task-force request",
    "other": "Another request without paper",
}

FORMAT = "trustact note 1"


class Note(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What was written down: who asked for what, on what basis as they said, and who took it.

    `agency` is their office as they named it; `reached` is where they can be called or written back.
    """

    kind: Kind
    asked: str
    basis: str = ""
    caller: str = ""
    agency: str = ""
    reached: str = ""
    taken_by: str


def note_down(
    office: Office,
    note: Note,
    *,
    station: str,
    channel: str,
    received_at: dt.datetime | None = None,
    facts: Mapping[str, Value] | None = None,
    readings: Mapping[str, Value] | None = None,
    by: str,
    delivery: str = "",
) -> Receipt:
    """Take in what was asked without paper; the canonical JSON of what was written down is sealed as the original.

    The facts are attested at once under `by`, and the law is applied to them; without any, the case waits for
    a person. Raises Refused as `receive` and `confirm` do, and where nothing is said to have been asked.
    """
    if not note.asked.strip():
        raise Refused("write down what was asked")
    moment = (received_at or office.clock()).astimezone(office.zone)
    said = {**msgspec.to_builtins(note), "format": FORMAT, "asked_at": moment.isoformat(timespec="seconds")}
    with transaction.atomic():
        receipt = receive(
            office,
            canonical(said),
            station=station,
            channel=channel,
            received_at=moment,
            by=by,
            delivery=delivery,
        )
        if receipt.again:
            return receipt
        case = case_of(receipt.number)
        append(office, "request-noted", {"note": msgspec.to_builtins(note)}, actor=by, case=case)
        case.stage = "read"
        case.save(update_fields=["stage"])
        if facts:
            confirm(office, receipt.number, facts, by, readings)
    return receipt


def describe(
    office: Office,
    number: str,
    says: str,
    by: str,
    facts: Mapping[str, Value],
    readings: Mapping[str, Value] | None = None,
) -> None:
    """Record what a person sees in a document that no machine could open, and attest the facts it gives.

    Raises CaseNotFound, and Refused where nothing is said or the case is past this.
    """
    case = case_of(number)
    if case.stage not in ("received", "quarantined"):
        raise Refused(f"case {number}: its document was read or described already; change the facts instead")
    if not says.strip():
        raise Refused(f"case {number}: say what the document is and what it asks for")
    if not facts:
        raise Refused(f"case {number}: say at least which document it is")
    with transaction.atomic():
        append(office, "document-described", {"says": says.strip()}, actor=by, case=case)
        confirm(office, number, facts, by, readings)


def noted(happened: list[Happening]) -> Note | None:
    """What was written down where a case came without paper."""
    found = latest(happened, "request-noted")
    return msgspec.convert(found.particulars["note"], Note) if found else None


def described(happened: list[Happening]) -> str:
    """What a person said a document is that could not be opened; empty where nobody did."""
    found: dict[str, Any] = last.particulars if (last := latest(happened, "document-described")) else {}
    return str(found.get("says", ""))
