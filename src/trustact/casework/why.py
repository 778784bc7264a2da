"""Why: the trace of a recorded decision, worked out again from the law that decided it."""

import hashlib

import msgspec

from trustact.casework.events import Happening, case_of, happenings, latest
from trustact.law.answer import Answer
from trustact.law.explain import Trace, explain
from trustact.law.loading import Law, law_from_archive
from trustact.ledger.errors import VerificationError
from trustact.records.models import LawArchive
from trustact.records.office import Office
from trustact.shelves import ShelfError


class Why(msgspec.Struct, frozen=True):
    """The latest decision of a case: its answer, its ledger entry, and the trace of each of its findings."""

    answer: Answer
    entry: int
    traces: tuple[Trace, ...]


def why(office: Office, number: str) -> Why | None:
    """Why the law said what it said of a case; None while no law was applied. Raises CaseNotFound."""
    happened = latest(happenings(office, case_of(number)), "law-applied")
    if happened is None:
        return None
    said = answer_in(happened)
    law = archived_law(said.pack_digest)
    return Why(said, happened.entry, tuple(explain(law, facts_in(happened, law), said.at)))


def answer_in(happened: Happening) -> Answer:
    """The answer a decision recorded."""
    return msgspec.json.decode(happened.particulars["answer"], type=Answer)


def facts_in(happened: Happening, law: Law) -> dict[str, object]:
    """The facts a decision rested on, as far as its law asks for them."""
    return {name: value for name, value in happened.particulars["facts"].items() if name in law.book.facts}


def archived_law(digest: str) -> Law:
    """The law of that digest from the office's archive. Raises VerificationError where it is gone, or any byte changed."""
    kept = LawArchive.objects.filter(digest=digest).first()
    if kept is None:
        raise VerificationError(f"the law {digest} that decided is not in the office's archive")
    archive = bytes(kept.archive)
    now = "sha256:" + hashlib.sha256(archive).hexdigest()
    if now != digest:
        raise VerificationError(f"the archived law {digest} was changed: it is now {now}")
    try:
        return law_from_archive(archive)
    except (ShelfError, ValueError) as wrong:
        raise VerificationError(f"the archived law {digest} cannot be read: {wrong}") from None
