"""Replays every recorded decision: the archived law, the recorded facts and moment must give the same bytes."""

from trustact.casework.events import opened
from trustact.casework.vault_check import check_shredding, check_whole, shreddings
from trustact.casework.why import answer_in, archived_law, facts_in
from trustact.law.answer import answer
from trustact.law.loading import Law
from trustact.ledger.entry import opens, parse_entry
from trustact.ledger.errors import VerificationError
from trustact.records.append import particulars_of
from trustact.records.models import Event
from trustact.records.office import Office


def replay(office: Office) -> int:
    """Replay every decision of an office, and check every sealed record against its commitment.

    Records whose shredding the ledger has are passed over: their entries stand all the same. Returns how many
    decisions were replayed. Raises VerificationError for the first that differs, for a record that is gone without
    its shredding or there in spite of it, and for a document that is not the one received.
    """
    laws: dict[str, Law] = {}
    count, gone = 0, shreddings()
    for event in Event.objects.select_related("row", "sealed", "case").order_by("row").iterator():
        if not check_shredding(event, gone):
            continue
        _check_commitments(office, event)
        if event.kind == "law-applied":
            _check_decision(office, event, laws)
            count += 1
    check_whole(office)
    return count


def _check_commitments(office: Office, event: Event) -> None:
    record = particulars_of(office, event)
    entry = parse_entry(bytes(event.row.entry))
    # Entries of the first releases commit to the particulars alone, not to who did it in which case.
    whole = "actor" in record
    sealed = (
        {key: record[key] for key in ("actor", "case", "particulars")} if whole else record["particulars"]
    )
    commitments = ((entry.sealed, sealed, "salt"), (entry.public, record.get("opening"), "opening_salt"))
    for committed, value, salt in commitments:
        if committed is None:
            continue
        if salt not in record or not opens(committed, bytes.fromhex(record[salt]), value):
            raise VerificationError(
                f"entry {event.pk}: its sealed record is not what the ledger committed to"
            )
    said = (event.actor, event.case.number if event.case else None)
    if whole and (record["actor"], record["case"]) != said:
        raise VerificationError(
            f"entry {event.pk}: the record's table names another person or case than the ledger committed to"
        )


def _check_decision(office: Office, event: Event, laws: dict[str, Law]) -> None:
    happened = opened(office, event)
    said = answer_in(happened)
    if said.pack_digest not in laws:
        laws[said.pack_digest] = archived_law(said.pack_digest)
    law = laws[said.pack_digest]
    if answer(law, facts_in(happened, law), said.at).encode() != happened.particulars["answer"].encode():
        raise VerificationError(f"entry {event.pk}: the decision does not replay to the same bytes")
