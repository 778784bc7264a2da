"""The whole answer to a case: findings and duties of a law at a moment, as `trustact decide --json` prints it."""

import datetime as dt
from collections.abc import Iterable, Mapping

import msgspec

from trustact.law.decide import decide
from trustact.law.duty import DutyDue, duties
from trustact.law.finding import Finding
from trustact.law.in_force import in_force
from trustact.law.loading import Law
from trustact.terms import Action


class Answer(msgspec.Struct, frozen=True):
    """What a law, named by its digest, says of a case at a moment; `notes` are the gaps of the law that day."""

    law: str
    at: dt.datetime
    pack_digest: str
    findings: list[Finding]
    duties: list[DutyDue]
    notes: tuple[str, ...] = ()

    def encode(self) -> bytes:
        """The answer as JSON: the same facts at the same moment under the same digest give the same bytes."""
        return msgspec.json.encode(self)


def answer(
    law: Law, facts: Mapping[str, object], at: dt.datetime, actions: Iterable[Action | str] | None = None
) -> Answer:
    """The answer for some actions (all twelve without). Raises FactError or ValueError as `decide` does."""
    findings = decide(law, facts, at, actions)
    known = law.book.check(facts)
    return Answer(law.id, at, law.digest, findings, duties(law, known, at), in_force(law, at).notes)
