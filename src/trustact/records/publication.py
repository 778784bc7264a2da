"""Signs checkpoints of the ledger and writes what anyone may read, as C2SP tlog-tiles in the public folder."""

import os
from pathlib import Path

from django.db import transaction

from trustact.ledger.checkpoint import Checkpoint, open_checkpoint, sign
from trustact.ledger.merkle import inclusion_path, root_at
from trustact.ledger.proof import Proof
from trustact.ledger.tiles import published
from trustact.records.append import entry_bytes, node, size
from trustact.records.models import LedgerCheckpoint
from trustact.records.office import Office, OfficeError


def checkpoint(office: Office) -> Checkpoint:
    """The signed checkpoint of the ledger as it stands; the one already signed where nothing was added since."""
    with transaction.atomic():
        entries = size()
        kept = LedgerCheckpoint.objects.filter(size=entries).first()
        if kept:
            return open_checkpoint(bytes(kept.note), [office.ledger_key])
        head = sign(Checkpoint(office.ledger_key.name, entries, root_at(entries, node)), office.signing_key)
        LedgerCheckpoint.objects.create(size=entries, note=head.note)
        return head


def publish_ledger(office: Office) -> Checkpoint:
    """Write the ledger's tiles, entries and last of all its checkpoint into the public folder.

    Only what is new is written, each file whole or not at all. Raises OfficeError when the folder cannot be written.
    """
    head = checkpoint(office)
    try:
        for path, data in published(head.size, node, entry_bytes, since=_published_size(office)):
            write_whole(office.public / path, data)
        write_whole(office.public / "ledger.vkey", (office.ledger_key.text + "\n").encode())
        write_whole(office.public / "checkpoint", head.note)
    except OSError as wrong:
        raise OfficeError(
            f"the public folder {office.public} cannot be written: {wrong.strerror or wrong}"
        ) from None
    return head


def _published_size(office: Office) -> int:
    path = office.public / "checkpoint"
    return open_checkpoint(path.read_bytes(), [office.ledger_key]).size if path.exists() else 0


def receipt_of(office: Office, index: int) -> Proof:
    """The proof, under the checkpoint as it stands, that an entry is in the ledger."""
    head = checkpoint(office)
    return Proof(index, tuple(inclusion_path(index, head.size, node)), head.note)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
