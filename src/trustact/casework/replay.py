"""Replays every decision of an office from its archived law and its facts, and compares the bytes."""

from trustact.casework.events import SHREDDED, Happening, opened
from trustact.casework.why import answer_in, archived_law, facts_in
from trustact.law.answer import answer
from trustact.law.loading import Law
from trustact.ledger.errors import VerificationError
from trustact.records.models import Event
from trustact.records.office import Office


def replay(office: Office) -> int:
    """Replay every decision whose case was not shredded, and return how many they are.

    Raises VerificationError for the first that differs.
    """
    laws: dict[str, Law] = {}
    count = 0
    decisions = Event.objects.filter(kind="law-applied").exclude(case__stage=SHREDDED)
    for event in decisions.select_related("row", "sealed").order_by("row").iterator():
        _check_decision(opened(office, event), laws)
        count += 1
    return count


def _check_decision(happened: Happening, laws: dict[str, Law]) -> None:
    said = answer_in(happened)
    if said.pack_digest not in laws:
        laws[said.pack_digest] = archived_law(said.pack_digest)
    law = laws[said.pack_digest]
    if answer(law, facts_in(happened, law), said.at).encode() != happened.particulars["answer"].encode():
        raise VerificationError(f"entry {happened.entry}: the decision does not replay to the same bytes")
