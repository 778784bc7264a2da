"""Act: what was actually done is recorded, and set against what the law said could be done.

A hold or a transfer on a court's warrant is proposed by the one who records it, and counts once another person agrees.
"""

from collections.abc import Iterator
from typing import Any, Literal

import msgspec
from django.db import transaction

from trustact.casework import Refused
from trustact.casework.events import Happening, case_of, happenings, latest
from trustact.casework.known import attested
from trustact.casework.persons import same
from trustact.law.answer import Answer
from trustact.records.append import append, lock_ledger
from trustact.records.models import Case
from trustact.records.office import Office

PROPOSED, RECORDED = "disposition-proposed", "disposition-recorded"

Outcome = Literal["not-acted-upon", "held", "not-in-custody"]
Release = Literal[
    "unknown", "bailed", "to-court", "charges-dropped", "time-served", "otherwise", "not-released"
]
HeldReason = Literal["", "judicial-criminal-warrant", "other-lawful-basis", "court-order"]
TransferredTo = Literal["none", "immigration", "other-agency"]


class Disposition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the agency did about a request; `held_reason` supports a hold past eligibility for release.

    `second_person` agreed to it; in a record of release 0.1.0, it was named by the first.
    """

    outcome: Outcome
    release: Release = "unknown"
    held_past_eligibility: bool = False
    held_reason: HeldReason = ""
    transferred_to: TransferredTo = "none"
    reimbursement_cents: int = 0
    note: str = ""
    second_person: str = ""


class Acted(msgspec.Struct, frozen=True):
    """What became of it: its entry, the findings it contradicts, and whether it waits for a second person to count."""

    entry: int
    contradicts: tuple[str, ...]
    waits: bool


def act(office: Office, number: str, done: Disposition, by: str) -> Acted:
    """Record what was done; what contradicts a finding puts the case before a supervisor.

    What was done is recorded even where the law forbade it: the record says so. Raises CaseNotFound, and Refused
    where no decision was made yet.
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
    if done.second_person:
        raise Refused(f"case {number}: a second person agrees in their own name; nobody names them")
    waits = _takes_two(done, happened)
    return _append(office, case, done, decision, by, waits=waits)


def agree(office: Office, number: str, entry: int, by: str) -> Acted:
    """Agree, as the second person, to what an entry proposed to record: from now on it counts.

    Raises CaseNotFound, and Refused for the person who proposed it or where that entry waits for nobody.
    """
    with transaction.atomic():
        lock_ledger()
        case = case_of(number)
        happened = happenings(office, case)
        proposal, decision = proposal_in(happened), latest(happened, "law-applied")
        if proposal is None or decision is None or proposal.entry != entry:
            raise Refused(f"case {number}: entry {entry} waits for no second person: look at the case again")
        if same(proposal.actor, by):
            raise Refused(f"case {number}: {by} recorded this: another person must agree to it")
        said = msgspec.convert(proposal.particulars["disposition"], Disposition)
        done = msgspec.structs.replace(said, second_person=by)
        return _append(office, case, done, decision, by, proposal=proposal)


def proposal_in(happened: list[Happening]) -> Happening | None:
    """What waits for a second person, unless the case went on without: other facts, another outcome."""
    last = latest(happened, PROPOSED, RECORDED, "law-applied", "set-aside")
    return last if last and last.kind == PROPOSED else None


def _append(
    office: Office,
    case: Case,
    done: Disposition,
    decision: Happening,
    by: str,
    *,
    waits: bool = False,
    proposal: Happening | None = None,
) -> Acted:
    against = tuple(_contradictions(done, decision))
    particulars: dict[str, Any] = {"disposition": msgspec.to_builtins(done), "contradicts": list(against)}
    refs: tuple[int, ...] = (decision.entry,)
    if proposal:
        particulars["proposed_by"] = proposal.actor
        refs = (decision.entry, proposal.entry)
    with transaction.atomic():
        kind = PROPOSED if waits else RECORDED
        entry = append(office, kind, particulars, actor=by, case=case, refs=refs)
        case.stage = "second-person" if waits else "supervisor" if against else "acted"
        case.save(update_fields=["stage"])
    return Acted(entry, against, waits)


def _takes_two(done: Disposition, happened: list[Happening]) -> bool:
    on_court_warrant = attested(happened).get("warrant.issued_by") == "court"
    return on_court_warrant and (done.held_past_eligibility or done.transferred_to != "none")


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
