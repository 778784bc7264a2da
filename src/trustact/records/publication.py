"""Signs checkpoints of the ledger and writes what anyone may read, as C2SP tlog-tiles in the public folder."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from django.db import transaction

from trustact.files import write_whole
from trustact.ledger.checkpoint import Checkpoint, open_checkpoint, sign
from trustact.ledger.cosignature import with_signatures
from trustact.ledger.errors import VerificationError
from trustact.ledger.merkle import consistency_path, inclusion_path, root_at
from trustact.ledger.policy import Policy, parse_policy
from trustact.ledger.proof import Proof
from trustact.ledger.tiles import published
from trustact.records.append import entry_bytes, lock_ledger, node, size, with_nodes
from trustact.records.models import LedgerCheckpoint
from trustact.records.office import Office, OfficeError

POLICY = "witnesses.policy"

Cosign = Callable[[Checkpoint, Checkpoint | None], Checkpoint]
"""Adds witnesses' lines to a checkpoint; it is given the one published before, if there is one."""


def checkpoint(office: Office) -> Checkpoint:
    """The signed checkpoint of the ledger as it stands; the one already signed where nothing was added since.

    Raises OfficeError where the record does not continue the newest it signed: no second history is signed.
    """
    with transaction.atomic():
        lock_ledger()
        entries = size()
        newest = LedgerCheckpoint.objects.order_by("-size").first()
        if newest:
            kept = open_checkpoint(bytes(newest.note), [office.ledger_key])
            _demand_continued(kept, entries, "the record's newest signed checkpoint")
            if kept.size == entries:
                return kept
        head = sign(
            Checkpoint(office.ledger_key.name, entries, with_nodes(partial(root_at, entries))),
            office.signing_key,
        )
        LedgerCheckpoint.objects.create(size=entries, note=head.note)
        return head


def publish_ledger(
    office: Office,
    cosign: Cosign | None = None,
    *,
    beside: Callable[[], None] | None = None,
    anew: bool = False,
) -> Checkpoint:
    """Write the ledger's tiles, entries and last of all its checkpoint into the public folder.

    Only what is new is written, or all of it `anew`, in place of a damaged checkpoint too; each file whole or not at
    all. `beside` writes what else an auditor of the new checkpoint asks for: it is called once the checkpoint is chosen,
    and before it is in public. Raises OfficeError when the folder cannot be written, or its checkpoint is damaged or
    one that the record does not continue.
    """
    try:
        with _only_publisher(office):
            return _publish(office, cosign, beside, anew=anew)
    except OSError as wrong:
        raise OfficeError(
            f"the public folder {office.public} cannot be written: {wrong.strerror or wrong}"
        ) from None


def _publish(
    office: Office, cosign: Cosign | None, beside: Callable[[], None] | None, *, anew: bool
) -> Checkpoint:
    head = checkpoint(office)
    before = _published(office, head, even_damaged=anew)
    since = 0 if anew or before is None else before.size
    for path, data in published(head.size, node, entry_bytes, since=since):
        write_whole(office.public / path, data)
    if beside:
        beside()
    if before and before.size == head.size:
        head = with_signatures(head, before.signatures)
    if cosign:
        head = cosign(head, before)
    write_whole(office.public / "ledger.vkey", (office.ledger_key.text + "\n").encode())
    if (office.folder / POLICY).is_file():
        write_whole(office.public / POLICY, (office.folder / POLICY).read_bytes())
    write_whole(office.public / "checkpoint", head.note)
    return head


@contextmanager
def _only_publisher(office: Office) -> Iterator[None]:
    """One process at a time publishes; the others wait, so that no older checkpoint replaces a newer one."""
    with (office.folder / "publish.lock").open("a", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _published(office: Office, head: Checkpoint, *, even_damaged: bool) -> Checkpoint | None:
    """The checkpoint published last; None where there is none, or one `even_damaged`.

    Raises OfficeError where it is damaged, or the ledger as it stands does not continue it: what was once said in
    public would be taken back.
    """
    path = office.public / "checkpoint"
    try:
        before = open_checkpoint(path.read_bytes(), [office.ledger_key])
    except FileNotFoundError:
        return None
    except VerificationError as wrong:
        if even_damaged:
            return None
        raise OfficeError(
            f"{path} is damaged, so that it cannot be told what was published: {wrong}. Put back a copy of it; or, "
            "where this record is surely its newest copy, write every file again: trustact publish --anew"
        ) from None
    _demand_continued(before, head.size, str(path))
    return before


def _demand_continued(before: Checkpoint, entries: int, where: str) -> None:
    if before.size > entries or with_nodes(partial(root_at, before.size)) != before.root:
        raise OfficeError(
            f"{where} counts {before.size} entries that the record, of {entries}, does not continue: the record "
            "was changed, or restored from an older copy. Restore the newest copy; publish nothing before that"
        )


def receipt_of(office: Office, index: int) -> Proof:
    """The proof that an entry is in the ledger, under the checkpoint in public where that counts the entry.

    Witnesses may have cosigned that one. Otherwise it is under a checkpoint of the ledger as it stands.
    """
    head = checkpoint(office)
    before = _published(office, head, even_damaged=True)
    if before and index < before.size:
        head = before
    return Proof(index, tuple(with_nodes(partial(inclusion_path, index, head.size))), head.note)


def continuation(old: int, new: int) -> tuple[bytes, ...]:
    """The proof that the ledger of `new` entries continues that of `old`; none is needed from an empty one."""
    return tuple(with_nodes(partial(consistency_path, old, new))) if 0 < old < new else ()


def witness_policy(office: Office) -> Policy | None:
    """The witnesses the office asks, from `witnesses.policy` in its folder; None where there is no such file.

    Raises OfficeError with the line that is wrong.
    """
    path = office.folder / POLICY
    try:
        return parse_policy(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError as wrong:
        raise OfficeError(f"{path}: {wrong}") from None
