"""Act: what was actually done is recorded, and set against what the law said could be done."""

from collections.abc import Iterator
from typing import Any, Literal

import msgspec
from django.db import transaction

from trustact.casework import Refused
from trustact.casework.events import Happening, case_of, happenings, latest
from trustact.casework.known import attested
from trustact.law.answer import Answer
from trustact.records.append import append
from trustact.records.office import Office

Outcome = Literal["not-acted-upon", "held", "not-in-custody"]
Release = Literal[
    "unknown", "bailed", "to-court", "charges-dropped", "time-served", "otherwise", "not-released"
]
HeldReason = Literal["", "judicial-criminal-warrant", "other-lawful-basis", "court-order"]
TransferredTo = Literal["none", "immigration", "other-agency"]


class Disposition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the agency did about a request; `held_reason` supports a hold past eligibility for release."""

    outcome: Outcome
    release: Release = "unknown"
    held_past_eligibility: bool = False
    held_reason: HeldReason = ""
    transferred_to: TransferredTo = "none"
    reimbursement_cents: int = 0
    note: str = ""
    second_person: str = ""


def act(office: Office, number: str, done: Disposition, by: str) -> tuple[str, ...]:
    """Record what was done; returns the findings it contradicts, which put the case before a supervisor.

    What was done is recorded even where the law forbade it: the record says so. Raises CaseNotFound, and Refused
    where no decision was made yet, or where a hold or transfer on a court's warrant lacks its second person.
    """
    case = case_of(number)
    happened = happenings(office, case)
    decision = latest(happened, "law-applied")
    if decision is None:
        raise Refused(f"case {number}: confirm the facts first, so that the law can be applied to them")
    if done.held_past_eligibility != bool(done.held_reason):
        raise Refused(
            f"case {number}: a hold past eligibility needs its reason, and only such a hold has one"
        )
    _demand_second_person(number, done, by, happened)
    against = tuple(_contradictions(done, decision))
    with transaction.atomic():
        particulars: dict[str, Any] = {"disposition": msgspec.to_builtins(done), "contradicts": list(against)}
        append(office, "disposition-recorded", particulars, actor=by, case=case, refs=(decision.entry,))
        case.stage = "supervisor" if against else "acted"
        case.save(update_fields=["stage"])
    return against


def _demand_second_person(number: str, done: Disposition, by: str, happened: list[Happening]) -> None:
    on_court_warrant = attested(happened).get("warrant.issued_by") == "court"
    acts = done.held_past_eligibility or done.transferred_to != "none"
    if on_court_warrant and acts and done.second_person.strip() in ("", by):
        raise Refused(f"case {number}: acting on a court's warrant needs a second person who confirmed it")


def _contradictions(done: Disposition, decision: Happening) -> Iterator[str]:
    answer = msgspec.json.decode(decision.particulars["answer"], type=Answer)
    said = {finding.action.value: finding.finding.value for finding in answer.findings}
    acts = {"hold": done.held_past_eligibility, "transfer": done.transferred_to == "immigration"}
    for action, was_done in acts.items():
        if was_done and said.get(action) == "prohibited":
            yield f"{action}: done although prohibited"
        if was_done and said.get(action) == "undetermined":
            yield f"{action}: done although undetermined"
        if not was_done and said.get(action) == "required":
            yield f"{action}: not done although required"
