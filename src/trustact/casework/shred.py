"""Shred: what its time is over is forgotten. One person proposes, another confirms; the ledger has both.

The data keys, the sealed bytes and the fingerprints of a case go, in one transaction with the entry that says so;
then the database's files are written anew without them, and searched for them. Entries, proofs and filed figures
stand: the ledger holds salted commitments, whose salts are gone.
"""

import secrets
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec
from django.db import transaction

from trustact.casework import Refused
from trustact.casework.copies import Original, erase_copies
from trustact.casework.events import Happening, opened
from trustact.casework.hold import lifted_since
from trustact.casework.persons import same
from trustact.casework.remains import KIND, Remains, particulars, receipts
from trustact.casework.retention import Due, due
from trustact.casework.rows import row_of
from trustact.records.append import append, lock_ledger
from trustact.records.erasure import forget, found_in_files, purge
from trustact.records.models import Case, Event
from trustact.records.office import Office

PROPOSED, CONFIRMED, ERASED = "shredding-proposed", "shredding-confirmed", "shredding-erased"

MOST_NEEDLES = 500


class Proposal(msgspec.Struct, frozen=True):
    """Who proposed to shred which cases, each with its rule, by which entry, and whose written approval was named."""

    entry: int
    by: str
    cases: dict[str, str]
    approval: str


class Shredding(msgspec.Struct, frozen=True):
    """What was shredded, and what stayed although it was proposed, with the reason.

    `copies` that a watched folder kept went too; `copies_stayed` could not be written.
    `found`: how many of the pieces looked for still lie in the database's files, none where it is well; None where this
    database user may not look.
    """

    entry: int
    shredded: tuple[str, ...]
    stayed: dict[str, tuple[str, ...]]
    copies: int
    copies_stayed: int
    found: int | None


def propose(office: Office, by: str, approval: str = "") -> Proposal:
    """Propose to shred every case that is due, that nothing keeps and that no proposal that waits names.

    Raises Refused where there is none, or where a rule wants a written approval and none is named.
    """
    _demand_name(by)
    proposed = {number for each in proposals(office) for number in each.cases}
    going = [each for each in due(office) if each.goes and each.number not in proposed]
    if not going:
        raise Refused("nothing is due for shredding that nothing keeps and nobody proposed already")
    wanted = sorted({each.approval for each in going if each.approval})
    if wanted and not approval.strip():
        raise Refused(f"the schedule asks for {', '.join(wanted)}: name the paper and its day")
    cases = {each.number: each.rule for each in going}
    told = {"approval": approval.strip(), "cases": cases}
    entry = append(office, PROPOSED, told, actor=by)
    return Proposal(entry, by, cases, approval.strip())


def proposals(office: Office) -> list[Proposal]:
    """The proposals nobody has confirmed yet, oldest first.

    A proposal ends where a hold on a case of it is lifted: both persons see that first, then agree to let it go.
    """
    confirmed = {opened(office, event).particulars["proposal"] for event in _events(CONFIRMED)}
    made = [_proposal(office, event) for event in _events(PROPOSED) if event.pk not in confirmed]
    return [each for each in made if not lifted_since(each.entry, each.cases)]


def confirm(office: Office, entry: int, by: str) -> Shredding:
    """Shred what an entry proposed and is due still; another person must do it than the one who proposed.

    Raises Refused for an unknown proposal or the same person; OfficeError where it was shredded and yet the bytes may
    lie in the database's files still: `erase` again then.
    """
    _demand_name(by)
    with transaction.atomic():
        lock_ledger()
        proposal = next((each for each in proposals(office) if each.entry == entry), None)
        if proposal is None:
            raise Refused(f"entry {entry} is no proposal that waits to be confirmed")
        if same(proposal.by, by):
            raise Refused(f"{by} proposed this: another person must confirm it")
        found = {each.number: each for each in due(office)}
        going = [found[number] for number in proposal.cases if number in found and found[number].goes]
        told = {"cases": [each.number for each in going], "proposal": entry}
        confirmed = append(office, CONFIRMED, told, actor=by, refs=(entry,))
        gone = _shred(office, going, by, confirmed)
    stayed = {n: found[n].kept_by if n in found else ("it is not due",) for n in proposal.cases}
    for each in going:
        del stayed[each.number]
    copies, kept = erase_copies(office, gone.originals)
    left = erase(office, by, gone.needles, confirmed)
    return Shredding(confirmed, tuple(each.number for each in going), stayed, copies, kept, left)


def erase(
    office: Office, by: str, needles: list[bytes] | None = None, confirmed: int | None = None
) -> int | None:
    """Write the database's files anew without what was shredded; returns how many of the needles they still hold.

    Of many needles some are looked for, taken at random. None where this database user may not look. Raises
    OfficeError where another process is in the way.
    """
    purge()
    looked_for = secrets.SystemRandom().sample(needles or [], min(len(needles or []), MOST_NEEDLES))
    left = found_in_files(looked_for)
    found = None if left is None else len(left)
    told: dict[str, Any] = {"found": found, "looked_for": len(looked_for)}
    append(office, ERASED, told, actor=by, refs=() if confirmed is None else (confirmed,))
    return found


def not_erased() -> int | None:
    """The entry of the last shredding, where the database's files were not written anew since; else None."""
    last = Event.objects.filter(kind=CONFIRMED).order_by("-row").values_list("pk", flat=True).first()
    if last is None or Event.objects.filter(kind=ERASED, row__gt=last).exists():
        return None
    return last


def _shred(office: Office, going: list[Due], by: str, confirmed: int) -> "_Gone":
    """Forget these cases; returns by what the forgotten would be known again."""
    pseudonyms: dict[str, str] = {}
    gone = _Gone([], set())
    for each in going:
        case = Case.objects.get(number=each.number)
        told = tuple(receipt.opened for receipt in receipts(office, case))
        row = None if case.stage == "set-aside" else row_of(office, case)
        letters = [opened(office, event) for event in case.events.filter(kind__startswith="letter-")]
        pseudonym = pseudonyms.setdefault(case.subject or case.token, secrets.token_hex(16))
        gone.originals.update(_originals(office, case))
        gone.needles.extend(forget(case, pseudonym, [_record(letter) for letter in letters]))
        remains = particulars(Remains(each.rule, told, row))
        append(office, KIND, remains, actor=by, case=case, refs=(confirmed,))
    return gone


class _Gone(NamedTuple):
    """Pieces of what went from the database, and the documents that went."""

    needles: list[bytes]
    originals: set[Original]


def _originals(office: Office, case: Case) -> Iterator[Original]:
    for event in case.events.filter(kind="document-received").select_related("row", "sealed"):
        told = opened(office, event).particulars
        yield told["bytes"], told["sha256"]


def _record(letter: Happening) -> str:
    record: str = letter.particulars["pdf_record"]
    return record


def _proposal(office: Office, event: Event) -> Proposal:
    told = opened(office, event).particulars
    return Proposal(event.pk, event.actor, told["cases"], told["approval"])


def _events(kind: str) -> list[Event]:
    return list(Event.objects.filter(kind=kind).select_related("row", "sealed").order_by("row"))


def _demand_name(by: str) -> None:
    if not by.strip():
        raise Refused("say who does this: a shredding bears the names of two persons")
