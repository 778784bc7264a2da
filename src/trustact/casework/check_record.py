"""Checks the tables of an office against its ledger, and its ledger against what the office published.

The database may have been changed by whoever owns the machine: nothing in it is believed that an entry of the
published ledger does not bear out. Events and their sealed records are checked by `check_events`.
"""

import hashlib
from functools import partial
from itertools import zip_longest

from trustact.audit.entries import every_entry
from trustact.audit.source import Fetch
from trustact.casework.check_shredded import check_loose_records, check_shredded
from trustact.casework.enclosed import check_enclosed
from trustact.casework.events import Happening, opened
from trustact.casework.receipt_index import check_index
from trustact.casework.remains import KIND as SHREDDING
from trustact.casework.rows import AT_ONCE
from trustact.casework.stage import marks_of, stage_of
from trustact.casework.why import archived_law
from trustact.ledger.checkpoint import open_checkpoint
from trustact.ledger.errors import VerificationError
from trustact.ledger.merkle import Frontier, leaf_hash, root_at
from trustact.ledger.receipt import document_commitment
from trustact.records.append import unseal, with_nodes
from trustact.records.models import (
    Case,
    Document,
    LawArchive,
    LedgerCheckpoint,
    LedgerRow,
    SealedRecord,
)
from trustact.records.office import Office


def check_rows(fetch: Fetch, size: int, root: str) -> None:
    """Every row is the published entry of its index, with the tree's own nodes. Raises VerificationError.

    Together they give the root that verified, whatever is served for the entries when they are asked for again.
    """
    edge = Frontier()
    rows = LedgerRow.objects.order_by("index").iterator()
    for index, (row, entry) in enumerate(zip_longest(rows, every_entry(fetch, size))):
        if row is None or row.index != index:
            raise VerificationError(f"ledger_row: entry {index} is missing from the office's record")
        ours = bytes(row.entry)
        if entry is not None and ours != entry:
            raise VerificationError(f"ledger_row: entry {index} is not the one published")
        if bytes(row.nodes) != b"".join(edge.append(leaf_hash(ours))):
            raise VerificationError(
                f"ledger_row: the tree nodes beside entry {index} are not those of the entries"
            )
        if edge.size == size and edge.root().hex() != root:
            raise VerificationError(
                f"ledger_row: the first {size} entries do not give the root that verified"
            )


def check_checkpoints(office: Office) -> None:
    """Every checkpoint ever signed is of this ledger. Raises VerificationError."""
    rows = LedgerRow.objects.count()
    for kept in LedgerCheckpoint.objects.order_by("size").iterator():
        where = f"ledger_checkpoint: the one of {kept.size} entries"
        try:
            head = open_checkpoint(bytes(kept.note), [office.ledger_key])
        except VerificationError as wrong:
            raise VerificationError(f"{where}: {wrong}") from None
        if head.size != kept.size or head.size > rows or with_nodes(partial(root_at, head.size)) != head.root:
            raise VerificationError(f"{where} is not of this ledger")


def check_cases(office: Office) -> None:
    """Every case is what its events make it, with its one document and its letters. Raises VerificationError."""
    gone = Case.objects.filter(events__kind=SHREDDING)
    for case in gone.iterator():
        check_shredded(case)
    letters: set[str] = set()
    cases = Case.objects.exclude(pk__in=gone).prefetch_related("events__row", "events__sealed")
    for case in cases.iterator(AT_ONCE):
        happened = [opened(office, event) for event in case.events.all()]
        if not happened:
            raise VerificationError(f"case_file: case {case.number} has no entry in the ledger")
        stage = stage_of(happened)
        if case.stage != stage:
            raise VerificationError(
                f"case_file: case {case.number} is '{case.stage}', its entries make it '{stage}'"
            )
        if (case.sameness, case.subject) != marks_of(office, happened):
            raise VerificationError(
                f"case_file: the fingerprints of case {case.number} are not those of its form"
            )
        _check_document(office, case, happened[0])
        check_index(case, happened)
        check_enclosed(office, case, happened)
        letters |= _check_letters(office, happened)
    check_loose_records(letters)


def check_laws() -> None:
    """Every law archived is the one it says. Raises VerificationError."""
    for digest in LawArchive.objects.values_list("digest", flat=True):
        archived_law(digest)


def _check_document(office: Office, case: Case, receipt: Happening) -> None:
    """A case has one document: the one received, by the tables' word of it, by its bytes, and by the commitment."""
    documents = Document.objects.filter(case=case).select_related("sealed")
    if len(documents) != 1:
        raise VerificationError(f"document: case {case.number} has {len(documents)} documents instead of one")
    said, found = receipt.particulars, documents[0]
    fingerprint = office.key_ring.blind_index("document", bytes.fromhex(said["sha256"]))
    if (found.fingerprint, found.media_type, found.size) != (fingerprint, said["media_type"], said["bytes"]):
        raise VerificationError(
            f"document: what is said of that of entry {receipt.entry} is not what was received"
        )
    data = unseal(office, found.sealed)
    if (len(data), hashlib.sha256(data).hexdigest()) != (said["bytes"], said["sha256"]):
        raise VerificationError(f"document: that of entry {receipt.entry} is not the one that was received")
    if "document_salt" in said:
        salt = bytes.fromhex(said["document_salt"])
        if (receipt.opening or {}).get("document") != document_commitment(salt, len(data), said["sha256"]):
            raise VerificationError(f"document: entry {receipt.entry} commits to another than it received")


def _check_letters(office: Office, happened: list[Happening]) -> set[str]:
    """The vault's records of these letters, each of which opens; those of the first release have no hash."""
    letters = [h for h in happened if "pdf_record" in h.particulars]
    for h in letters:
        pdf = unseal(office, SealedRecord.objects.get(pk=h.particulars["pdf_record"]))
        digest = hashlib.sha256(pdf).hexdigest()
        if h.particulars.get("pdf_sha256", digest) != digest:
            raise VerificationError(f"the vault: the letter of entry {h.entry} is not the one written")
    return {h.particulars["pdf_record"] for h in letters}
