"""Rotate the vault key: every data key is wrapped anew by the newest key, while the desk runs."""

import os
from collections.abc import Callable

import msgspec
from django.db import transaction
from django.db.models import QuerySet

from trustact.casework import Refused
from trustact.records.append import append, lock_ledger
from trustact.records.erasure import purge
from trustact.records.keys import RETIRED, destroy, in_files, key_file, new_key, retire, write_secret
from trustact.records.models import SealedRecord
from trustact.records.office import Office
from trustact.records.vault import Envelope

BATCH = 200


class Rotated(msgspec.Struct, frozen=True):
    """What a rotation did: the key that seals now, how many records were rewrapped, the keys retired."""

    newest: str
    rewrapped: int
    retired: tuple[str, ...]


def rotate_key(office: Office, by: str, on_progress: Callable[[int, int], None] | None = None) -> Rotated:
    """Wrap every data key by a new vault key and retire the old one; killed, it goes on when it is run again.

    Where the keys are files the new one is made here. Else the newest of those given is the new one, and the old
    one may be withdrawn when every process has been started with both and this has been run once more. Raises
    Refused where no new key is given, VaultError where a record does not open: it stays as it was.
    """
    ring = office.key_ring
    if len(ring.names) == 1 and in_files(os.environ):
        _make_key(office)
        ring = office.key_ring
    *old, newest = ring.names
    if not old:
        raise Refused(f"{newest} is the only vault key given: give the next one beside it first")
    total, done = _under_another(newest).count(), 0
    while changed := _rewrap_some(office, newest):
        done += changed
        if on_progress:
            on_progress(done, max(done, total))
    append(office, "vault-key-rotated", {"from": old, "records": done, "to": newest}, actor=by)
    if in_files(os.environ):
        for name in old:
            retire(office.keys, name)
    purge()
    return Rotated(newest, done, tuple(old))


def _make_key(office: Office) -> None:
    """The next vault key in its file; before it, the keys of the blind indexes, which outlive the first."""
    ring = office.key_ring
    for name, secret in ring.index_keys().items():
        if not key_file(office.keys, name).exists():
            write_secret(key_file(office.keys, name), secret.hex())
    number = int(ring.newest.rpartition("-")[2]) + 1
    write_secret(key_file(office.keys, f"vault-{number}"), new_key().hex())


def _under_another(key: str) -> QuerySet[SealedRecord]:
    """The records that open, whose data key another key wraps."""
    return SealedRecord.objects.exclude(wrapped_key=b"").exclude(key_id=key)


def _rewrap_some(office: Office, key: str) -> int:
    """Rewrap a few records, the ledger held, so that none is sealed or shredded meanwhile; returns how many."""
    with transaction.atomic():
        lock_ledger()
        rows = list(_under_another(key).order_by("pk").values_list("pk", "key_id", "wrapped_key")[:BATCH])
        for record, key_id, wrapped_key in rows:
            envelope = office.key_ring.rewrap(record, Envelope(key_id, bytes(wrapped_key), b""))
            SealedRecord.objects.filter(pk=record).update(key_id=key, wrapped_key=envelope.wrapped_key)
        return len(rows)


def destroy_retired(office: Office, by: str) -> tuple[str, ...]:
    """Destroy the retired vault keys, so that no backup made under them opens any more; returns their names."""
    files = sorted((office.keys / RETIRED).glob("vault-*.key"))
    names = tuple(file.stem for file in files)
    if names:
        append(office, "retired-keys-destroyed", {"keys": list(names)}, actor=by)
    for file in files:
        destroy(file)
    return names
